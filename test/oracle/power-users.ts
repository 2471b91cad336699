import { periodsOf, UTC } from './calendar.ts';
import { type DataSet, type EventRow, hasBegun, midnight } from './data.ts';
import { compareKeys } from './keys.ts';
import { nextPeriod, previousPeriod } from './periods.ts';
import { type Definition, qualifies } from './power-user-rules.ts';
import { type Fact, factsOf, isWithin, passes, spanOf, type TimeRange, type Where } from './slice.ts';
import { type UserMonth, userMonths } from './user-months.ts';

interface Slice {
  readonly where?: Where;
  readonly timeRange?: TimeRange;
}

export interface PowerUserRequest extends Slice {
  readonly definition?: Definition;
}

export type Transition = 'KEPT' | 'GAINED' | 'LOST';

/** A user in a month, and what became of them in it. */
export interface Move {
  readonly month: string;
  readonly transition: Transition;
  readonly isActive: boolean;
  /** The user-month in which they qualified: of the month, or of who is lost the one before. */
  readonly userMonth: UserMonth;
}

export interface Counts {
  readonly records: number;
  readonly distinctUsers: number;
  readonly activeUsers: number;
  readonly kept: number;
  readonly gained: number;
  readonly lost: number;
}

export interface PowerUsers {
  /** By month, best first, then by user. */
  readonly moves: readonly Move[];
  readonly summary: Counts;
  readonly byMonth: readonly (Counts & { readonly month: string })[];
}

/** What passes the filter and the range; whether a user-month qualifies never depends on them. */
export function powerUsers(data: DataSet, { definition, ...slice }: PowerUserRequest): PowerUsers {
  const everyone = userMonths(data);
  const qualifying = everyone.filter((each) => qualifies(everyone, each, definition ?? {}));
  const isIn = (some: readonly UserMonth[], user: string, month: string) =>
    some.some((each) => each.user === user && each.month === month);
  const present = qualifying.map((userMonth): Move => {
    const { user, month } = userMonth;
    const wasBefore = isIn(qualifying, user, previousPeriod('month', month));
    return { month, transition: wasBefore ? 'KEPT' : 'GAINED', isActive: true, userMonth };
  });
  const lost = qualifying
    .map((userMonth): Move => {
      const month = nextPeriod('month', userMonth.month);
      return { month, transition: 'LOST', isActive: isIn(everyone, userMonth.user, month), userMonth };
    })
    .filter(({ month, userMonth }) => hasBegun(data, month) && !isIn(qualifying, userMonth.user, month));
  const moves = [...present, ...lost].filter(({ month, userMonth }) =>
    isChosen(data, slice, userMonth, month),
  );
  const population = populationOf(data, slice);
  const months = [...population, ...moves].map(({ month }) => month);
  return {
    moves: moves.sort(compare),
    summary: count(population, moves),
    byMonth: [...new Set(months)].sort().map((month) => ({
      month,
      ...count(
        population.filter((each) => each.month === month),
        moves.filter((each) => each.month === month),
      ),
    })),
  };
}

function count(population: readonly UserMonth[], moves: readonly Move[]): Counts {
  const distinct = (users: readonly string[]) => new Set(users).size;
  const of = (transition: Transition) => moves.filter((move) => move.transition === transition);
  const now = [...of('KEPT'), ...of('GAINED')];
  return {
    records: now.length,
    distinctUsers: distinct(now.map(({ userMonth }) => userMonth.user)),
    activeUsers: distinct(population.map(({ user }) => user)),
    kept: of('KEPT').length,
    gained: of('GAINED').length,
    lost: of('LOST').length,
  };
}

function populationOf(data: DataSet, slice: Slice): readonly UserMonth[] {
  return userMonths(data).filter((each) => isChosen(data, slice, each, each.month));
}

/** Whether a user-month passes with a month for its time: its own, or the one in which its user is lost. */
function isChosen(data: DataSet, { where, timeRange }: Slice, userMonth: UserMonth, month: string): boolean {
  const span = spanOf(data, timeRange);
  return factsOf(data)
    .filter((fact) => fact.userMonth === userMonth)
    .map((fact) => inMonth(fact, month))
    .some((fact) => isWithin(span, fact) && passes(where, fact));
}

function inMonth(fact: Fact, month: string): Fact {
  return { ...fact, at: midnight(month), keys: { ...fact.keys, ...periodsOf(UTC, month) } };
}

function compare(a: Move, b: Move): number {
  if (a.month !== b.month) return a.month < b.month ? -1 : 1;
  const [left, right] = [a.userMonth, b.userMonth];
  if (left.score !== right.score) return left.score > right.score ? -1 : 1;
  return compareKeys('user', left.user, right.user);
}

/** The firm with most of a user-month's queries; of a tie the lower id. */
export function mainFirm({ events }: UserMonth): number {
  const queries = (firm: number) => events.filter((event: EventRow) => event.firm === firm).length;
  const firms = [...new Set(events.map(({ firm }) => firm))];
  return firms.sort((a, b) => queries(b) - queries(a) || a - b)[0]!;
}

export interface OverlapRequest extends Slice {
  readonly a?: Definition;
  readonly b: Definition;
}

type Part = 'both' | 'onlyA' | 'onlyB' | 'neither';

export interface Overlap {
  readonly records: Readonly<Record<Part, readonly UserMonth[]>>;
  /** Ids. */
  readonly users: Readonly<Record<Part, readonly string[]>>;
  readonly months: readonly string[];
}

/** Which user-months of the population, and which users, are power users' by which of two definitions. */
export function overlap(data: DataSet, { a = {}, b, ...slice }: OverlapRequest): Overlap {
  const everyone = userMonths(data);
  const population = populationOf(data, slice);
  const byA = population.filter((each) => qualifies(everyone, each, a));
  const byB = population.filter((each) => qualifies(everyone, each, b));
  const users = (some: readonly UserMonth[]) => [...new Set(some.map(({ user }) => user))];
  return {
    records: parts(population, byA, byB),
    users: parts(users(population), users(byA), users(byB)),
    months: [...new Set(population.map(({ month }) => month))].sort(),
  };
}

function parts<T>(all: readonly T[], a: readonly T[], b: readonly T[]): Record<Part, readonly T[]> {
  const of = (inA: boolean, inB: boolean) =>
    all.filter((each) => a.includes(each) === inA && b.includes(each) === inB);
  return { both: of(true, true), onlyA: of(true, false), onlyB: of(false, true), neither: of(false, false) };
}
