import { hasTimes } from '../../oracle/data.ts';
import { fieldOf, isPeriod } from '../../oracle/keys.ts';
import { isMadeOf, UNITS, type Unit } from '../../oracle/periods.ts';
import type { Comparison, Having, OrderTerm, Request } from '../../oracle/request.ts';
import { named } from '../../oracle/slice.ts';
import type { World } from '../cases.ts';
import { customProblem, operandsOf } from './custom.ts';
import { comparedMetricProblem, rowLevels, rowMetricProblem, untoldPeriods } from './metrics.ts';

type Problem = string | undefined;

/** Why a request has no answer. Names and values are taken to be those that there are. */
export function requestProblems(world: World, request: Request): readonly string[] {
  const { compare = [], orderBy = [], having } = request;
  const found: readonly Problem[] = [
    ...periodProblems(request),
    timeProblem(world, request),
    limitProblem(request),
    ...compare.map((each) => shiftProblem(request, each)),
    ...customProblems(world, request),
    ...orderBy.map((term) => orderProblem(world, request, term)),
    ...havingProblems(world, request, having),
  ];
  return found.filter((each) => each !== undefined);
}

/** The finest grouped period. */
export function unitOf({ groupBy }: Request): Unit | undefined {
  return UNITS.find((unit) => groupBy.map(fieldOf).includes(unit));
}

function periodProblems(request: Request): readonly Problem[] {
  const { compare = [], rolling = [], fill, groupBy, where, timeRange } = request;
  const unit = unitOf(request);
  const fields = groupBy.map(fieldOf);
  const readsOthers = compare.length + rolling.length > 0;
  const isNested = fields.filter(isPeriod).every((grain) => isMadeOf(grain, unit!));
  const toDate = rolling
    .filter(({ toDate }) => toDate !== undefined)
    .map(({ toDate }) => fieldOf(toDate!) as Unit);
  return [
    new Set(fields).size < fields.length || fields.length > 5 ? 'up to five different dimensions' : undefined,
    (readsOthers || fill) && !isNested ? 'periods are not made of the finest' : undefined,
    (rolling.length > 0 || fill) && unit === undefined ? 'no period is grouped' : undefined,
    compare.length > 0 && unit === undefined && timeRange === undefined
      ? 'nothing to compare with'
      : undefined,
    readsOthers && untoldPeriods(named(where), fields).length > 0
      ? 'a filtered period is not told'
      : undefined,
    unit !== undefined && toDate.some((grain) => !isMadeOf(grain, unit))
      ? 'not made of the finest period'
      : undefined,
  ];
}

function timeProblem({ data }: World, { timeZone, timeRange }: Request): Problem {
  if (timeZone === undefined) return undefined;
  if (!hasTimes(data)) return 'no times of day to shift';
  const ends = timeRange && 'between' in timeRange ? Object.values(timeRange.between) : [];
  return ends.some((end) => end.endsWith('Z'))
    ? 'ends of a range in a time zone are wall-clock times'
    : undefined;
}

function limitProblem({ groupBy, limitBy }: Request): Problem {
  const { per = [], n = 1 } = limitBy ?? {};
  const isWrong = n < 1 || new Set(per).size < per.length || per.some((name) => !groupBy.includes(name));
  return isWrong ? 'limitBy.per are grouped dimensions' : undefined;
}

const SHIFTS: Readonly<Record<Unit | 'none', readonly string[]>> = {
  none: ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'],
  day: ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'],
  week: ['DAY', 'WEEK', 'YEAR'],
  month: ['MONTH', 'QUARTER', 'YEAR'],
  quarter: ['MONTH', 'QUARTER', 'YEAR'],
  year: ['MONTH', 'QUARTER', 'YEAR'],
};
const MONTHS: Readonly<Record<string, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

function shiftProblem(request: Request, { to, shift }: Comparison): Problem {
  if (shift === undefined) return undefined;
  const unit = unitOf(request) ?? 'none';
  const isWhole =
    (unit !== 'week' || shift.unit !== 'DAY' || shift.count % 7 === 0) &&
    (!(unit.toUpperCase() in MONTHS) ||
      (shift.count * MONTHS[shift.unit]!) % MONTHS[unit.toUpperCase()]! === 0);
  if (to !== undefined || !SHIFTS[unit].includes(shift.unit)) return `no shift of ${unit}`;
  return isWhole ? undefined : `not a whole number of ${unit}s`;
}

function customProblems(world: World, request: Request): readonly Problem[] {
  const { custom = [] } = request;
  return custom.flatMap((each, index) => {
    const before = custom.slice(0, index).map(({ key }) => key);
    const later = operandsOf(each).find(
      (operand) => operand.custom !== undefined && !before.includes(operand.custom),
    );
    if (later !== undefined) return [`${later.custom} is not before ${each.key}`];
    return rowLevels(request).map((level) => customProblem(world, request, each.key, level));
  });
}

function orderProblem(world: World, request: Request, term: OrderTerm): Problem {
  if ('dimension' in term) return request.groupBy.includes(term.dimension.name) ? undefined : 'not grouped';
  if ('metric' in term) return rowMetricProblem(world, request, fieldOf(term.metric.name));
  if ('custom' in term) return keyProblem(request.custom, term.custom.key);
  return comparedProblem(world, request, term.compare);
}

function havingProblems(world: World, request: Request, having: Having = {}): readonly Problem[] {
  return Object.entries(having).flatMap(([name, value]) => {
    if (name === 'and' || name === 'or')
      return (value as readonly Having[]).flatMap((each) => havingProblems(world, request, each));
    if (name === 'not') return havingProblems(world, request, value as Having);
    if (name === 'custom') return [keyProblem(request.custom, having.custom!.key)];
    return [
      name === 'compare'
        ? comparedProblem(world, request, having.compare!)
        : rowMetricProblem(world, request, name),
    ];
  });
}

function comparedProblem(world: World, request: Request, named: { key: string; metric: string }): Problem {
  const comparison = request.compare?.find(({ key }) => key === named.key);
  if (comparison === undefined) return `there is no comparison ${named.key}`;
  return comparedMetricProblem(world, request, comparison, fieldOf(named.metric));
}

function keyProblem(list: readonly { readonly key: string }[] = [], key: string): Problem {
  return list.some((each) => each.key === key) ? undefined : `there is no ${key}`;
}
