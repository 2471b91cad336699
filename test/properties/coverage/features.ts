import type { Answer } from '../../oracle/evaluate.ts';
import type { GroupKind } from '../../oracle/groups.ts';
import { fieldOf, LISTED } from '../../oracle/keys.ts';
import { type MetricKind, metricNamed } from '../../oracle/metrics.ts';
import type { Comparison, CustomMetric, Having, OrderTerm, Rolling } from '../../oracle/request.ts';
import { isCutByAsOf } from '../../oracle/windows.ts';
import type { Case, Selected, World } from '../cases.ts';
import { firstOf } from '../check/pages.ts';
import { havingNodes, operatorsOf, whereNodes } from './conditions.ts';

/** A case that was answered with rows. */
export interface Asked {
  readonly world: World;
  readonly asked: Case;
  readonly answer: Answer;
}

/** Whether a case shows a feature. */
type Shows = (asked: Asked) => boolean;

const grouped =
  (is: (field: string) => boolean): Shows =>
  ({ asked }) =>
    asked.request.groupBy.map(fieldOf).some(is);
const groupedBy = (...fields: string[]) => grouped((field) => fields.includes(field));
const isBand = (field: string) => field === 'firmSizeBand' || field === 'arrBand';

const GROUPS: Readonly<Record<string, Shows>> = {
  'group by day': groupedBy('day'),
  'group by week': groupedBy('week'),
  'group by month': groupedBy('month'),
  'group by quarter': groupedBy('quarter'),
  'group by year': groupedBy('year'),
  'group by entity': groupedBy('firm', 'user'),
  'group by enum': grouped((field) => field in LISTED && !isBand(field)),
  'group by band': grouped(isBand),
  'group by period attribute': groupedBy('firmCohortMonth', 'userCohortMonth'),
  'group by integer': groupedBy('interactionTypesUsed'),
  'group by boolean': groupedBy('powerUser'),
};

const nests =
  (name: 'and' | 'or' | 'not'): Shows =>
  ({ asked }) =>
    whereNodes(asked.request.where).some((node) => node[name] !== undefined);
const filters =
  (...operators: string[]): Shows =>
  ({ asked }) =>
    operatorsOf(asked.request.where).some((operator) => operators.includes(operator));
const keeps =
  (is: (node: Having) => boolean): Shows =>
  ({ asked }) =>
    havingNodes(asked.request.having).some(is);
const isMetric = (name: string) => !['and', 'or', 'not', 'compare', 'custom'].includes(name);

const CONDITIONS: Readonly<Record<string, Shows>> = {
  'where and': nests('and'),
  'where or': nests('or'),
  'where not': nests('not'),
  'where equal': filters('eq', 'neq', 'in', 'notIn'),
  'where ordered': filters('lt', 'lte', 'gt', 'gte', 'between'),
  'where null': filters('isNull'),
  'where text': filters('contains', 'startsWith'),
  'having metric': keeps((node) => Object.keys(node).some(isMetric)),
  'having compare': keeps((node) => node.compare !== undefined),
  'having custom': keeps((node) => node.custom !== undefined),
};

const sorts =
  (is: (term: OrderTerm) => boolean): Shows =>
  ({ asked }) =>
    (asked.request.orderBy ?? []).some(is);

const ORDERS: Readonly<Record<string, Shows>> = {
  'order by dimension': sorts((term) => 'dimension' in term),
  'order by metric': sorts((term) => 'metric' in term),
  'order by compare': sorts((term) => 'compare' in term),
  'order by custom': sorts((term) => 'custom' in term),
  'nulls first': sorts((term) => Object.values(term).some(({ nulls }) => nulls === 'FIRST')),
  paging: ({ asked, answer }) => answer.rows.length > firstOf(asked, answer.rows.length),
  limitBy: ({ asked }) => asked.request.limitBy?.other === false,
  'limitBy other': ({ answer }) => answer.rows.some(({ kind }) => kind === 'OTHER'),
};

const compares =
  (is: (comparison: Comparison) => boolean): Shows =>
  ({ asked }) =>
    (asked.request.compare ?? []).some(is);
const rolls =
  (is: (rolling: Rolling) => boolean): Shows =>
  ({ asked }) =>
    (asked.request.rolling ?? []).some(is);
const addsRows =
  (of: 'fill' | 'emptyGroups', kinds: readonly GroupKind[]): Shows =>
  ({ asked, answer }) =>
    asked.request[of] === true && answer.rows.some(({ kind }) => kind !== 'OTHER' && kinds.includes(kind));

const PERIODS: Readonly<Record<string, Shows>> = {
  'range between': ({ asked: { request } }) =>
    request.timeRange !== undefined && 'between' in request.timeRange,
  'range last': ({ asked: { request } }) => request.timeRange !== undefined && 'last' in request.timeRange,
  'time zone': ({ asked }) => asked.request.timeZone !== undefined,
  'fiscal year': ({ world, asked: { request } }) =>
    world.fiscalStart !== 1 && /QUARTER|YEAR"/i.test(JSON.stringify(request)),
  'compare previous period': compares(({ to, shift }) => shift === undefined && to !== 'YEAR_BEFORE'),
  'compare year before': compares(({ to }) => to === 'YEAR_BEFORE'),
  'compare shift': compares(({ shift }) => shift !== undefined),
  'compare to date': ({ asked, answer }) =>
    (asked.request.compare ?? []).some((comparison) =>
      answer.rows.some(
        (row) => row.comparison(comparison.key) && isCutByAsOf(answer.question, row.groups[0]!, comparison),
      ),
    ),
  'rolling trailing': rolls(({ trailing }) => trailing !== undefined),
  'rolling to date': rolls(({ toDate }) => toDate !== undefined),
  fill: addsRows('fill', ['FILLED']),
  emptyGroups: addsRows('emptyGroups', ['EMPTY', 'FILLED']),
};

const makes =
  (formula: keyof CustomMetric): Shows =>
  ({ asked }) =>
    (asked.request.custom ?? []).some((custom) => custom[formula] !== undefined);
const shares =
  (is: (of: readonly string[]) => boolean): Shows =>
  ({ asked: { selected } }) =>
    [...selected.rows.shares, ...selected.subtotals.flatMap((level) => level.shares)].some(({ of }) =>
      is(of),
    );

const NUMBERS: Readonly<Record<string, Shows>> = {
  'custom ratio': makes('ratio'),
  'custom difference': makes('difference'),
  'custom sum': makes('sum'),
  'custom product': makes('product'),
  'custom filtered': makes('filtered'),
  totals: ({ asked }) => asked.selected.totals !== undefined,
  subtotals: ({ asked }) => asked.selected.subtotals.length > 0,
  'share of total': shares((of) => of.length === 0),
  'share of parent': shares((of) => of.length > 0),
};

function selectedMetrics({ rows, totals, subtotals }: Selected): readonly string[] {
  const levels = [rows, ...(totals ? [totals] : []), ...subtotals, ...rows.comparisons, ...rows.rolling];
  return levels.flatMap(({ metrics }) => metrics);
}

const KINDS: readonly MetricKind[] = ['additive', 'ratio', 'distinct count', 'mean', 'snapshot', 'movement'];
const MORE_KINDS: readonly MetricKind[] = ['min', 'max', 'median', 'percentile', 'derived'];
const METRICS = Object.fromEntries(
  [...KINDS, ...MORE_KINDS].map((kind): [string, Shows] => [
    `metric: ${kind}`,
    ({ asked }) => selectedMetrics(asked.selected).some((field) => metricNamed(field).kind === kind),
  ]),
);

const FEATURES: Readonly<Record<string, Shows>> = {
  ...GROUPS,
  ...CONDITIONS,
  ...ORDERS,
  ...PERIODS,
  ...NUMBERS,
  ...METRICS,
};
export const FEATURE_NAMES: readonly string[] = Object.keys(FEATURES);

/** The features that a case shows; none without rows. */
export function featuresOf(asked: Asked): readonly string[] {
  return asked.answer.rows.length === 0 ? [] : FEATURE_NAMES.filter((name) => FEATURES[name]!(asked));
}
