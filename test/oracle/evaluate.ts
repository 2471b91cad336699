import type { DataSet } from './data.ts';
import { both, divide, type Value } from './fraction.ts';
import { groupsOf } from './groups.ts';
import { stays } from './having.ts';
import { distinctKeys, pick } from './key-sets.ts';
import { fieldOf, type Keys } from './keys.ts';
import { rowOrder } from './order.ts';
import { type Question, questionOf } from './question.ts';
import type { LimitBy, Request } from './request.ts';
import { type Numbers, numbersOf, type Row, rowOf } from './row.ts';

/** The numbers of an answer are computed when they are asked for: a request need not make sense for every metric. */
export interface Answer {
  readonly question: Question;
  /** In order, after `limitBy`. */
  readonly rows: readonly Row[];
  readonly totals: Numbers;
  /** Dimensions as GraphQL's enum names them, as below. */
  subtotals(by: readonly string[]): readonly Row[];
  /** The share of a row, or of a subtotal's, in what remains of the same keys of some dimensions. */
  share(row: Row, of: readonly string[], metric: string): Value;
}

/**
 * Evaluates a request in the order that answers are defined by.
 * @param options.fiscalStart - the fiscal year's first month, from 1
 */
export function evaluate(data: DataSet, request: Request, { fiscalStart = 1 } = {}): Answer {
  const question = questionOf(data, request, fiscalStart);
  const rows = groupsOf(question).map(({ keys, kind }) => rowOf(question, { keys, kind, groups: [keys] }));
  const surviving = rows.filter((row) => stays(request.having, row)).sort(rowOrder(request));
  return {
    question,
    rows: limited(question, surviving),
    totals: numbersOf(question, belonging(question, surviving, {})),
    subtotals: (by) => subtotals(question, surviving, by),
    share: shareOf(question, surviving),
  };
}

function groupsWith(rows: readonly Row[], keys: Row['keys']): readonly Row[] {
  return rows.filter((row) => Object.entries(keys).every(([name, key]) => row.keys[name] === key));
}

/** The groups that a level is computed from: without `having` the level itself, even what no row shows. */
function belonging({ request }: Question, surviving: readonly Row[], keys: Keys): readonly Keys[] {
  return request.having === undefined ? [keys] : groupsWith(surviving, keys).flatMap(({ groups }) => groups);
}

function subtotals(question: Question, surviving: readonly Row[], by: readonly string[]): readonly Row[] {
  const levels = distinctKeys(surviving.map(({ keys }) => pick(keys as Keys, by.map(fieldOf))));
  const rows = levels.map((keys) => {
    const kinds = groupsWith(surviving, keys).map(({ kind }) => kind);
    const kind = (['GROUP', 'EMPTY', 'FILLED'] as const).find((each) => kinds.includes(each))!;
    return rowOf(question, { keys, kind, groups: belonging(question, surviving, keys) });
  });
  return rows.sort(rowOrder({ groupBy: by }));
}

/** What several rows are shares of is taken together once. */
function shareOf(question: Question, surviving: readonly Row[]): Answer['share'] {
  const wholes = new Map<string, Numbers>();
  return (row, of, metric) => {
    const keys = Object.fromEntries(of.map(fieldOf).map((name) => [name, row.keys[name]!]));
    const name = JSON.stringify(keys);
    const groups = () => groupsWith(surviving, keys).flatMap((each) => each.groups);
    const whole = wholes.get(name) ?? numbersOf(question, groups());
    wholes.set(name, whole);
    return both(row.metric(metric), whole.metric(metric), divide);
  };
}

/** The first rows of each combination, with one for the rest of it where that is asked. */
function limited(question: Question, surviving: readonly Row[]): readonly Row[] {
  const { limitBy } = question.request;
  if (limitBy === undefined) return surviving;
  const levels = distinctKeys(surviving.map(({ keys }) => pick(keys as Keys, limitBy.per.map(fieldOf))));
  const kept = levels.flatMap((keys) => {
    const rows = groupsWith(surviving, keys);
    return [...rows.slice(0, limitBy.n), ...otherOf(question, limitBy, keys, rows.slice(limitBy.n))];
  });
  return kept.sort(rowOrder(question.request));
}

function otherOf(question: Question, { other }: LimitBy, keys: Keys, folded: readonly Row[]): readonly Row[] {
  if (!other || folded.length === 0) return [];
  const unknown = Object.fromEntries(question.dimensions.map((name) => [name, null]));
  const groups = folded.flatMap((row) => row.groups);
  return [rowOf(question, { kind: 'OTHER', keys: { ...unknown, ...keys }, groups })];
}
