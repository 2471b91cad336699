import type { EventRow, EventType, Level } from './data.ts';
import { sum } from './measures.ts';
import { previousPeriod } from './periods.ts';
import { isAtLeast, type UserMonth } from './user-months.ts';

export interface NumberFilter {
  readonly eq?: number;
  readonly neq?: number;
  readonly in?: readonly number[];
  readonly notIn?: readonly number[];
  readonly lt?: number;
  readonly lte?: number;
  readonly gt?: number;
  readonly gte?: number;
  readonly between?: { readonly from: number; readonly to: number };
  readonly isNull?: boolean;
}

/** As GraphQL takes it: what is left out is that of the named definition. */
export interface Definition {
  readonly named?: 'USUAL' | 'HIGH_IN_TWO_OF_THREE';
  readonly minLevel?: Level;
  readonly minPercentRank?: number;
  readonly levelMonths?: { readonly atLeast: number; readonly ofLast: number };
  readonly consecutiveMonths?: number;
  readonly minInteractionTypes?: number;
  readonly interactionTypes?: readonly EventType[];
  readonly userMonth?: Readonly<Record<string, NumberFilter>>;
}

/** Whether a user-month makes a power user. */
export function qualifies(everyone: readonly UserMonth[], one: UserMonth, definition: Definition): boolean {
  const isVariant = definition.named === 'HIGH_IN_TWO_OF_THREE';
  const {
    levelMonths = isVariant ? { atLeast: 2, ofLast: 3 } : { atLeast: 1, ofLast: 1 },
    consecutiveMonths = isVariant ? 1 : 2,
    minInteractionTypes = isVariant ? 1 : 2,
    interactionTypes = [],
    userMonth = {},
  } = definition;
  const window = [one.month];
  while (window.length < levelMonths.ofLast) window.push(previousPeriod('month', window.at(-1)!));
  const reached = everyone.filter(
    (each) => each.user === one.user && window.includes(each.month) && reaches(everyone, each, definition),
  );
  return (
    reached.length >= levelMonths.atLeast &&
    one.streak >= consecutiveMonths &&
    one.types >= minInteractionTypes &&
    interactionTypes.every((type) => one.events.some((event) => event.type === type)) &&
    Object.entries(userMonth).every(([name, filter]) => holds(filter, NUMBERS[name]!(one)))
  );
}

function reaches(
  everyone: readonly UserMonth[],
  one: UserMonth,
  { minLevel, minPercentRank }: Definition,
): boolean {
  const level = minLevel ?? (minPercentRank === undefined ? 'HIGH' : 'LOW');
  return isAtLeast(one.level, level) && isRankAtLeast(everyone, one, minPercentRank ?? 0);
}

/** Whether (users below) ÷ (other users) is at least a decimal number, in whole numbers; 0 for a user alone. */
function isRankAtLeast(everyone: readonly UserMonth[], one: UserMonth, least: number): boolean {
  const month = everyone.filter(({ month }) => month === one.month);
  const below = month.filter(({ score }) => score < one.score).length;
  const others = Math.max(month.length - 1, 1);
  const digits = least.toFixed(12).replace('.', '');
  return BigInt(below) * 10n ** 12n >= BigInt(digits) * BigInt(others);
}

/** The numbers of a user-month that a definition can ask for, in the words of their definitions. */
export const NUMBERS: Readonly<Record<string, (one: UserMonth) => number>> = {
  numQueries: ({ events }) => events.length,
  numDocs: ({ events }) => docs(events),
  numActiveDays: ({ events }) => days(events),
  numAssistantQueries: ({ events }) => ofType(events, 'ASSISTANT'),
  numVaultQueries: ({ events }) => ofType(events, 'VAULT'),
  numWorkflowQueries: ({ events }) => ofType(events, 'WORKFLOW'),
  avgQueriesPerActiveDay: ({ events }) => events.length / days(events),
  avgDocsPerQuery: ({ events }) => docs(events) / events.length,
  avgFeedbackScore: ({ events }) => sum(events.map(({ feedback }) => feedback)) / events.length,
  engagementScore: ({ score }) => Number(score) / 1e12,
};

const docs = (events: readonly EventRow[]) => sum(events.map((event) => event.docs));
const days = (events: readonly EventRow[]) => new Set(events.map(({ created }) => created.slice(0, 10))).size;
const ofType = (events: readonly EventRow[], type: EventType) =>
  events.filter((event) => event.type === type).length;

function holds(filter: NumberFilter, value: number): boolean {
  const { eq, neq, notIn, lt, lte, gt, gte, between, isNull } = filter;
  return (
    (eq === undefined || value === eq) &&
    (neq === undefined || value !== neq) &&
    (filter.in === undefined || filter.in.includes(value)) &&
    (notIn === undefined || !notIn.includes(value)) &&
    (lt === undefined || value < lt) &&
    (lte === undefined || value <= lte) &&
    (gt === undefined || value > gt) &&
    (gte === undefined || value >= gte) &&
    (between === undefined || (between.from <= value && value <= between.to)) &&
    isNull !== true
  );
}
