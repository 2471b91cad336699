import { asOf, type DataSet, EVENT_TYPES, LEVELS, midnight, TITLES } from './data.ts';
import { isFirstDay, nextPeriod, UNITS, type Unit } from './periods.ts';
import {
  type Fact,
  factsOf,
  isWithin,
  named,
  passes,
  type Span,
  spanOf,
  type TimeRange,
  type Where,
} from './slice.ts';
import { isPowerUser, sum } from './user-months.ts';

export interface Request {
  /** Dimensions as GraphQL's enum names them. */
  readonly groupBy: readonly string[];
  readonly where?: Where;
  readonly timeRange?: TimeRange;
  readonly orderBy?: readonly OrderTerm[];
}

type Direction = 'ASC' | 'DESC';
export type OrderTerm =
  | { readonly metric: { readonly name: string; readonly direction: Direction } }
  | { readonly dimension: { readonly name: string; readonly direction: Direction } };

export type Values = Readonly<Record<string, number | null>>;

export interface Row {
  readonly keys: Readonly<Record<string, string | number>>;
  readonly metrics: Values;
  readonly isPartial: boolean;
}

export interface Answer {
  readonly rows: readonly Row[];
  readonly totals: Values;
}

/** NUM_QUERIES, EVENT_TYPE → numQueries, eventType */
export function fieldOf(name: string): string {
  return name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

const distinct = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];
const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
const users = (facts: readonly Fact[]): number => distinct(facts.map(({ event }) => event.user)).length;
const count = (facts: readonly Fact[], keep: (fact: Fact) => boolean): number => facts.filter(keep).length;
const docs = (facts: readonly Fact[]): number => sum(facts.map(({ event }) => event.docs));

/** Each metric over the events of a slice, in the words of its definition. */
const METRICS: Readonly<Record<string, (facts: readonly Fact[]) => number | null>> = {
  numQueries: (facts) => facts.length,
  numDocs: docs,
  avgFeedback: (facts) => ratio(sum(facts.map(({ event }) => event.feedback)), facts.length),
  engagementScore: (facts) => {
    const scores = distinct(facts.map(({ userMonth }) => userMonth)).map(({ score }) => score);
    const total = scores.reduce((all, score) => all + score, 0n);
    return ratio(Number(total), scores.length * 1e12);
  },
  activeUsers: users,
  activeFirms: (facts) => distinct(facts.map(({ event }) => event.firm)).length,
  activeDays: (facts) => distinct(facts.map(({ event }) => event.created.slice(0, 10))).length,
  numAssistantQueries: (facts) => count(facts, ({ event }) => event.type === 'ASSISTANT'),
  numVaultQueries: (facts) => count(facts, ({ event }) => event.type === 'VAULT'),
  numWorkflowQueries: (facts) => count(facts, ({ event }) => event.type === 'WORKFLOW'),
  docsPerQuery: (facts) => ratio(docs(facts), facts.length),
  queriesPerActiveUser: (facts) => ratio(facts.length, users(facts)),
  numHighEngagementUsers: (facts) => users(facts.filter(({ userMonth }) => userMonth.level === 'HIGH')),
  numPowerUsers: (facts) => users(facts.filter(({ userMonth }) => isPowerUser(userMonth))),
  powerUserRate: (facts) =>
    ratio(users(facts.filter(({ userMonth }) => isPowerUser(userMonth))), users(facts)),
};

export const METRIC_FIELDS: readonly string[] = Object.keys(METRICS);
/** Metrics of user-months, which need whole months. */
export const MONTHLY_FIELDS: readonly string[] = [
  'engagementScore',
  'numHighEngagementUsers',
  'numPowerUsers',
  'powerUserRate',
];

/** Whether metrics of user-months have no meaning: below a month, by event type, or over a range that cuts a month. */
export function cutsMonths(data: DataSet, { groupBy, where, timeRange }: Request): boolean {
  const dimensions = [...groupBy.map(fieldOf), ...named(where)];
  const { from, to } = spanOf(data, timeRange);
  return (
    dimensions.some((name) => ['day', 'week', 'eventType'].includes(name)) ||
    [from, to].some((end) => end !== undefined && !isMonthStart(end))
  );
}

function isMonthStart(end: string): boolean {
  const date = end.slice(0, 10);
  return end === midnight(date) && isFirstDay('month', date);
}

/** All rows of an answer in their order, with every metric, and the totals. */
export function evaluate(data: DataSet, request: Request): Answer {
  const span = spanOf(data, request.timeRange);
  const facts = factsOf(data).filter((fact) => isWithin(span, fact) && passes(request.where, fact));
  const dimensions = request.groupBy.map(fieldOf);
  const groups = new Map<string, Fact[]>();
  for (const fact of facts) {
    const key = JSON.stringify(dimensions.map((name) => fact.keys[name]));
    groups.set(key, [...(groups.get(key) ?? []), fact]);
  }
  const rows = [...groups.values()].map((group): Row => {
    const keys = Object.fromEntries(dimensions.map((name) => [name, group[0]!.keys[name]!]));
    return { keys, metrics: measure(group), isPartial: isPartial(keys, span, asOf(data)) };
  });
  return { rows: rows.sort((a, b) => compareRows(request, a, b)), totals: measure(facts) };
}

function measure(facts: readonly Fact[]): Values {
  return Object.fromEntries(Object.entries(METRICS).map(([name, of]) => [name, of(facts)]));
}

function isPartial(keys: Row['keys'], { from, to }: Span, until: string | undefined): boolean {
  return UNITS.filter((unit) => Object.hasOwn(keys, unit)).some((unit) => {
    const [start, end] = bounds(unit, keys[unit] as string);
    return end > until! || (from !== undefined && from > start) || (to !== undefined && to < end);
  });
}

function bounds(unit: Unit, label: string): [start: string, end: string] {
  return [midnight(label), midnight(nextPeriod(unit, label))];
}

/** The asked terms, then the groups as grouped. */
function compareRows({ groupBy, orderBy = [] }: Request, a: Row, b: Row): number {
  const ties = groupBy.map((name) => ({ dimension: { name, direction: 'ASC' as const } }));
  for (const term of [...orderBy, ...ties]) {
    const order = compareBy(term, a, b);
    if (order !== 0) return order;
  }
  return 0;
}

function compareBy(term: OrderTerm, a: Row, b: Row): number {
  const { name, direction } = 'metric' in term ? term.metric : term.dimension;
  const field = fieldOf(name);
  const sign = direction === 'ASC' ? 1 : -1;
  if ('dimension' in term) return sign * compareKeys(field, a.keys[field]!, b.keys[field]!);
  const [left, right] = [a.metrics[field]!, b.metrics[field]!];
  if (left === null || right === null) return Number(left === null) - Number(right === null);
  return sign * (left - right);
}

const ORDERED: Readonly<Record<string, readonly string[]>> = {
  title: TITLES,
  eventType: EVENT_TYPES,
  engagementLevel: LEVELS,
};

/** Numbers as numbers, enums by their order, text by code point. */
export function compareKeys(field: string, a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  const values = ORDERED[field];
  if (values) return values.indexOf(String(a)) - values.indexOf(String(b));
  return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
}
