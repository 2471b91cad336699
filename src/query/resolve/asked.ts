import type { Catalog } from '../catalog.ts';
import { type Basis, checkFirst } from './basis.ts';
import type { ResolvedCustoms } from './custom.ts';
import { type Named, resolveHaving } from './having.ts';
import { resolveOrder } from './order.ts';
import type { Problems } from './problems.ts';
import type { Question, ResolvedSubtotal } from './question.ts';
import type { MetricsRequest, Path, Selection, SubtotalSelection } from './request.ts';
import { checkGroups, checkLimit, resolveNumbers, resolveRows, resolveSelectedRolling } from './rows.ts';
import { checkUnused } from './unused.ts';
import { Usage } from './usage.ts';
import type { Place } from './validity.ts';

/** What is asked of each level of the answer, all of it with a meaning there. */
export interface Asked extends Pick<Question, 'order' | 'having' | 'parents' | 'totals' | 'subtotals'> {
  readonly rows: Usage;
  /** Whether anything is asked that holds from a time on. */
  readonly hasSnapshots: boolean;
}

/** Resolves selection, order and conditions on numbers, and checks every number at every level it is asked at. */
export function resolveAsked(
  catalog: Catalog,
  request: MetricsRequest,
  selection: Selection,
  basis: Basis,
  customs: ResolvedCustoms,
  path: Path,
  problems: Problems,
): Asked {
  const { groupBy, where, range, timeZone } = basis;
  const { parts } = customs;
  const rows = new Usage();
  const named: Named = {
    comparisons: request.compare.map(({ key }) => key),
    customs: request.custom.map(({ key }) => key),
    problems,
    use: rows.add,
  };
  const parents = selection.rows ? resolveRows(groupBy, selection.rows, named, rows) : [];
  const rolling = request.rolling.map(({ key }) => key);
  resolveSelectedRolling(selection.rows?.rolling ?? [], rolling, rows, problems);
  for (const { first, path: at } of selection.rows?.sourceRows ?? [])
    checkFirst(first, [...at, 'first'], problems);
  const order = resolveOrder(groupBy, request.orderBy, named, [...path, 'orderBy']);
  const having = request.having
    ? resolveHaving(catalog, request.having, named, [...path, 'having'])
    : undefined;

  const levels: Usage[] = [];
  const check = (usage: Usage, place: Pick<Place, 'level' | 'keys' | 'within'>) => {
    levels.push(usage);
    usage.check(catalog, where, { range, timeZone, ...place }, (custom) => parts[custom]!, problems);
  };
  check(rows, { level: 'rows', keys: groupBy });
  const { limitBy } = request;
  if (limitBy) checkLimit(limitBy, groupBy, [...path, 'limitBy'], problems);
  if (limitBy?.other) {
    const per = groupBy.filter(({ name }) => limitBy.per.includes(name));
    check(rows, { level: 'other', keys: per, within: groupBy });
  }
  // Totals come from the base rows of the groups that survive, which must be told apart.
  const within = having ? groupBy : [];
  const totals = new Usage();
  if (selection.totals) resolveNumbers(selection.totals, named, totals);
  check(totals, { level: 'totals', keys: [], within });
  const subtotals = selection.subtotals.map((each) =>
    resolveSubtotal(catalog, each, groupBy, named, (usage, keys) =>
      check(usage, { level: 'subtotals', keys, within }),
    ),
  );
  checkUnused(catalog, basis, customs, levels, having !== undefined, problems);
  const metrics = levels.flatMap((usage) => [...usage.metrics(catalog, (custom) => parts[custom]!)]);
  const hasSnapshots = metrics.some((metric) => catalog.isOfSnapshot(metric));
  return { rows, order, having, parents, totals: selection.totals && totals.values, subtotals, hasSnapshots };
}

/** Its own level, whose rows have no windows: those are of the rows of the question. */
function resolveSubtotal(
  catalog: Catalog,
  { by, first, after, path, rows, totalCount }: SubtotalSelection,
  groupBy: Basis['groupBy'],
  named: Named,
  check: (usage: Usage, keys: Basis['groupBy']) => void,
): ResolvedSubtotal {
  const { problems } = named;
  checkGroups(by, groupBy, 'by', [...path, 'by'], problems);
  checkFirst(first, [...path, 'first'], problems);
  for (const [field, selected] of Object.entries({
    comparison: rows.comparisons,
    rolling: rows.rolling,
    sourceRows: rows.sourceRows,
  })) {
    for (const each of selected) problems.add('ONLY_ON_ROWS', { field }, each.path);
  }
  const keys = [...new Set(by)].map((name) => catalog.dimension(name));
  const usage = new Usage();
  const parents = resolveRows(keys, { ...rows, comparisons: [] }, named, usage);
  check(usage, keys);
  return {
    by: keys,
    first,
    after: after ?? undefined,
    values: usage.values,
    parents,
    wantsCount: totalCount,
  };
}
