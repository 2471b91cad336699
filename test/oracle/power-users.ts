import type { DataSet, EventRow, Level } from './data.ts';
import { compareKeys } from './metrics.ts';
import { previousPeriod } from './periods.ts';
import { factsOf, isWithin, passes, spanOf, type TimeRange, type Where } from './slice.ts';
import { isAtLeast, type UserMonth, userMonths } from './user-months.ts';

export interface Definition {
  readonly minLevel: Level;
  readonly consecutiveMonths: number;
  readonly minInteractionTypes: number;
  readonly levelMonths?: { readonly atLeast: number; readonly ofLast: number };
}

export interface PowerUserRequest {
  readonly where?: Where;
  readonly timeRange?: TimeRange;
  readonly definition: Definition;
}

export interface PowerUsers {
  /** By month, best first, then by user. */
  readonly rows: readonly UserMonth[];
  readonly summary: {
    readonly records: number;
    readonly distinctUsers: number;
    readonly activeUsers: number;
  };
  readonly byMonth: readonly {
    readonly month: string;
    readonly records: number;
    readonly activeUsers: number;
  }[];
}

/** The user-months that pass the filter and qualify; whether one does never depends on the filter. */
export function powerUsers(data: DataSet, { where, timeRange, definition }: PowerUserRequest): PowerUsers {
  const span = spanOf(data, timeRange);
  const everyone = userMonths(data);
  const facts = factsOf(data).filter((fact) => isWithin(span, fact) && passes(where, fact));
  const passing = new Set(facts.map(({ userMonth }) => nameOf(userMonth)));
  const population = everyone.filter((each) => passing.has(nameOf(each)));
  const rows = population.filter((each) => qualifies(everyone, each, definition)).sort(compare);
  const count = (some: readonly UserMonth[]) => new Set(some.map(({ user }) => user)).size;
  const months = [...new Set(population.map(({ month }) => month))].sort();
  return {
    rows,
    summary: { records: rows.length, distinctUsers: count(rows), activeUsers: count(population) },
    byMonth: months.map((month) => {
      const of = (some: readonly UserMonth[]) => some.filter((each) => each.month === month).length;
      return { month, records: of(rows), activeUsers: of(population) };
    }),
  };
}

function nameOf({ user, month }: UserMonth): string {
  return JSON.stringify([user, month]);
}

function qualifies(everyone: readonly UserMonth[], one: UserMonth, definition: Definition): boolean {
  const { minLevel, consecutiveMonths, minInteractionTypes, levelMonths } = definition;
  const { atLeast, ofLast } = levelMonths ?? { atLeast: 1, ofLast: 1 };
  const window = [one.month];
  while (window.length < ofLast) window.push(previousPeriod('month', window.at(-1)!));
  const atLevel = everyone.filter(
    ({ user, month, level }) => user === one.user && window.includes(month) && isAtLeast(level, minLevel),
  );
  return atLevel.length >= atLeast && one.streak >= consecutiveMonths && one.types >= minInteractionTypes;
}

function compare(a: UserMonth, b: UserMonth): number {
  if (a.month !== b.month) return a.month < b.month ? -1 : 1;
  if (a.score !== b.score) return a.score > b.score ? -1 : 1;
  return compareKeys('user', a.user, b.user);
}

/** The firm with most of a user-month's queries; of a tie the lower id. */
export function mainFirm({ events }: UserMonth): number {
  const queries = (firm: number) => events.filter((event: EventRow) => event.firm === firm).length;
  const firms = [...new Set(events.map(({ firm }) => firm))];
  return firms.sort((a, b) => queries(b) - queries(a) || a - b)[0]!;
}
