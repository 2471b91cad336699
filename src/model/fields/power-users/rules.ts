import type { NumberFilter } from './number-filter.ts';
import type { NumberName } from './numbers.ts';

/** At least so many of the last months, counting the month itself. */
export interface LevelMonths {
  readonly atLeast: number;
  readonly ofLast: number;
}

/** When a user-month makes a power user: it must pass every rule. */
export interface Rules {
  /** What a month must reach: a level, a percent rank of the engagement score, or both. */
  readonly minLevel: string | undefined;
  readonly minPercentRank: number | undefined;
  /** In how many months it must be reached; the month itself must be one with activity. */
  readonly levelMonths: LevelMonths;
  /** Months in a row with activity, up to and with the month itself. */
  readonly consecutiveMonths: number;
  /** The least number of event types used in the month. */
  readonly minInteractionTypes: number;
  /** Event types that must all have been used in the month; sorted. */
  readonly interactionTypes: readonly string[];
  /** What the month's own numbers must be. */
  readonly userMonth: Readonly<Partial<Record<NumberName, NumberFilter>>>;
}

const ANY_ACTIVITY = {
  minPercentRank: undefined,
  levelMonths: { atLeast: 1, ofLast: 1 },
  consecutiveMonths: 1,
  minInteractionTypes: 1,
  interactionTypes: [],
  userMonth: {},
} as const;

/** Definitions that go by a name. */
export const NAMED = {
  USUAL: {
    description:
      'The definition wherever none is given, of the metrics num_power_users and power_user_rate too: engagement level HIGH in the month, active in the month before as well, and at least two of the three event types used in the month.',
    rules: { ...ANY_ACTIVITY, minLevel: 'HIGH', consecutiveMonths: 2, minInteractionTypes: 2 },
  },
  HIGH_IN_TWO_OF_THREE: {
    description:
      'Engagement level HIGH in at least two of the last three months, of which the month itself, with activity in it, is one. Nothing else is asked.',
    rules: { ...ANY_ACTIVITY, minLevel: 'HIGH', levelMonths: { atLeast: 2, ofLast: 3 } },
  },
} as const satisfies Readonly<Record<string, { readonly description: string; readonly rules: Rules }>>;

export type DefinitionName = keyof typeof NAMED;
