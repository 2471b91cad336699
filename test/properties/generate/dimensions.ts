import { FIRM_FIELDS, USER_FIELDS } from '../../oracle/attributes.ts';
import { isPeriod } from '../../oracle/keys.ts';
import { UNITS } from '../../oracle/periods.ts';
import type { Choices } from './choices.ts';

/** NUM_QUERIES for numQueries */
export function enumOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

const OF_EVENTS = ['eventType'];
const OF_USER_MONTHS = ['engagementLevel', 'interactionTypesUsed', 'powerUser'];
const PERIODS: readonly string[] = UNITS;
const WHOLE_MONTHS = ['month', 'quarter', 'year'];

export const DIMENSION_FIELDS: readonly string[] = [
  ...PERIODS,
  ...FIRM_FIELDS,
  ...USER_FIELDS,
  ...OF_EVENTS,
  ...OF_USER_MONTHS,
];

/** What requests are made for: the dimensions that all of some metrics know, and one that they need. */
export interface Family {
  readonly dimensions: readonly string[];
  readonly needs?: string;
  /** Whether a range must be of whole months. */
  readonly wholeMonths: boolean;
  /** Whether filtered periods must be told by a grouped one. */
  readonly isSnapshot: boolean;
}

const EVENTS: Family = { dimensions: DIMENSION_FIELDS, wholeMonths: false, isSnapshot: false };
export const USER_MONTHS: Family = {
  dimensions: [...WHOLE_MONTHS, ...FIRM_FIELDS, ...USER_FIELDS, ...OF_USER_MONTHS],
  wholeMonths: true,
  isSnapshot: false,
};
const MOVEMENTS: Family = {
  dimensions: [...WHOLE_MONTHS, ...FIRM_FIELDS, ...USER_FIELDS],
  needs: 'month',
  wholeMonths: true,
  isSnapshot: false,
};
const SNAPSHOTS: Family = { dimensions: [...PERIODS, ...FIRM_FIELDS], wholeMonths: false, isSnapshot: true };
const ALL: Family = {
  dimensions: [...WHOLE_MONTHS, ...FIRM_FIELDS],
  needs: 'month',
  wholeMonths: true,
  isSnapshot: true,
};

/** The more metrics a family has for itself, the less its rarer pairs need a chance of their own. */
export const FAMILIES: readonly Family[] = [
  ...[
    EVENTS,
    EVENTS,
    EVENTS,
    EVENTS,
    USER_MONTHS,
    USER_MONTHS,
    MOVEMENTS,
    MOVEMENTS,
    SNAPSHOTS,
    SNAPSHOTS,
    ALL,
    ALL,
  ],
];

const COUNTS = [0, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5];

/** Dimensions to group by, as fields; most often one of them is a period. */
export function groupedFields(choices: Choices, { dimensions, needs }: Family): readonly string[] {
  const count = choices.one(COUNTS);
  const first =
    needs ?? (choices.chance(0.7) ? choices.one(dimensions.filter(isPeriod)) : choices.one(dimensions));
  const rest = choices.some(
    dimensions.filter((name) => name !== first && choices.chance(isPeriod(name) ? 0.4 : 0.9)),
    count - 1,
    count - 1,
  );
  return needs === undefined && count === 0 ? [] : choices.shuffled([first, ...rest]);
}
