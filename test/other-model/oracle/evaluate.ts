import { distinctKeys, groupsOf, isSame } from './groups.ts';
import { METRICS } from './metrics.ts';
import { compareRows, passesHaving } from './order.ts';
import { isPartial, ownScope, pick, type Question, questionOf } from './question.ts';
import {
  type Change,
  type Comparison,
  fieldOf,
  type Keys,
  type Request,
  type Rolling,
  type Row,
  type Values,
} from './request.ts';
import { customs, measure, type Scope } from './scope.ts';
import { comparedScope, isComparisonPartial, isRollingPartial, rollingScope } from './windows.ts';

export interface Answer {
  readonly rows: readonly Row[];
  readonly totals: { readonly metrics: Values; readonly custom: Values };
  subtotals(
    by: readonly string[],
  ): readonly Pick<Row, 'kind' | 'keys' | 'metrics' | 'custom' | 'isPartial'>[];
  /** Of additive metrics: the value of a row ÷ that of the rows with equal keys of `of`. */
  share(row: Row, of: readonly string[]): Values;
}

/** Everything that an answer can have, of the metrics named; only ask for what is valid. */
export function evaluate(request: Request, metrics: readonly string[]): Answer {
  const question = questionOf(request);
  const { where, custom = [], having } = request;
  const make = (kind: Row['kind'], keys: Keys, groups: readonly Keys[]) =>
    rowOf(question, { kind, keys, groups }, metrics);
  const surviving = groupsOf(question)
    .map(({ kind, keys }) => make(kind, keys, [keys]))
    .filter((row) => passesHaving(having, row))
    .sort(compareRows(question));

  const scopesOf = (keys: Keys) =>
    surviving.filter((row) => isSame(keys, row.keys)).map((row) => ownScope(question, row.keys));
  const level = (keys: Keys): readonly Scope[] => (having ? scopesOf(keys) : [ownScope(question, keys)]);
  const valuesAt = (keys: Keys) => ({
    metrics: measure(question.data, level(keys), [where], metrics),
    custom: customs(question.data, level(keys), where, custom),
  });
  return {
    rows: limited(question, surviving, (keys, groups) => make('OTHER', keys, groups)),
    totals: valuesAt({}),
    subtotals: (by) => {
      const names = by.map(fieldOf);
      const levels = distinctKeys(surviving.map(({ keys }) => pick(keys, names)));
      const made = levels.map((keys) => {
        const kinds = surviving.filter((row) => isSame(keys, row.keys)).map(({ kind }) => kind);
        const kind = (['GROUP', 'EMPTY', 'FILLED'] as const).find((each) => kinds.includes(each))!;
        return { kind, keys, ...valuesAt(keys), isPartial: isPartial(question, keys) };
      });
      return made.sort(compareRows({ ...question, dimensions: names, request: {} }));
    },
    share: (row, of) => {
      const parent = measure(question.data, scopesOf(pick(row.keys, of.map(fieldOf))), [where], metrics);
      return Object.fromEntries(
        metrics.map((name) => [name, parent[name] ? row.metrics[name]! / parent[name] : null]),
      );
    },
  };
}

interface Folded {
  readonly kind: Row['kind'];
  readonly keys: Keys;
  /** The groups that it is made of: itself, or those folded together. */
  readonly groups: readonly Keys[];
}

function rowOf(question: Question, { kind, keys, groups }: Folded, metrics: readonly string[]): Row {
  const { data, request, unit, dimensions } = question;
  const { where, compare = [], rolling = [], custom = [] } = request;
  const own = groups.map((group) => ownScope(question, group));
  const values = measure(data, own, [where], metrics);
  // A row that folds together groups of several periods has no period to look back from.
  const isOfOnePeriod = unit === undefined || keys[unit] !== null;
  const known = pick(
    keys,
    dimensions.filter((name) => keys[name] !== null),
  );
  const comparedBy = (comparison: Comparison) => {
    const scopes = groups.map((group) => comparedScope(question, group, comparison));
    const before = measure(data, scopes, [where], metrics);
    return {
      isPartial: isComparisonPartial(question, known, scopes[0]!),
      metrics: Object.fromEntries(metrics.map((name) => [name, changeOf(values[name]!, before[name]!)])),
    };
  };
  const rolledBy = (window: Rolling) => {
    const scopes = groups.map((group) => rollingScope(question, group, window));
    return {
      isPartial: isRollingPartial(question, known, scopes[0]!),
      metrics: measure(data, scopes, [where], metrics),
    };
  };
  return {
    kind,
    keys,
    metrics: values,
    isPartial: isPartial(question, known),
    comparisons: Object.fromEntries(
      compare.map((each) => [each.key, isOfOnePeriod ? comparedBy(each) : null]),
    ),
    rolling: Object.fromEntries(rolling.map((each) => [each.key, isOfOnePeriod ? rolledBy(each) : null])),
    custom: customs(data, own, where, custom),
  };
}

function changeOf(current: number | null, previous: number | null): Change {
  const delta = current === null || previous === null ? null : current - previous;
  return { current, previous, delta, relativeChange: delta === null || !previous ? null : delta / previous };
}

/** The first rows of each combination, and the rest folded together. */
function limited(
  question: Question,
  rows: readonly Row[],
  fold: (keys: Keys, groups: readonly Keys[]) => Row,
): readonly Row[] {
  const { limitBy } = question.request;
  if (!limitBy) return rows;
  const per = (limitBy.per ?? []).map(fieldOf);
  const kept: Row[] = [];
  const others: Row[] = [];
  for (const keys of distinctKeys(rows.map((row) => pick(row.keys, per)))) {
    const own = rows.filter((row) => isSame(keys, row.keys));
    const rest = own.slice(limitBy.n).map((row) => row.keys);
    kept.push(...own.slice(0, limitBy.n));
    const none = Object.fromEntries(question.dimensions.map((name) => [name, null]));
    if (limitBy.other && rest.length > 0) others.push(fold({ ...none, ...keys }, rest));
  }
  return [...kept, ...others].sort(compareRows(question));
}

export const METRIC_FIELDS: readonly string[] = Object.keys(METRICS);
