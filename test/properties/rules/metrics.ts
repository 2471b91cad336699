import { FIRM_FIELDS } from '../../oracle/attributes.ts';
import type { BaseRows } from '../../oracle/base-rows.ts';
import { UTC } from '../../oracle/calendar.ts';
import { isMidnight } from '../../oracle/data.ts';
import { fieldOf, isPeriod } from '../../oracle/keys.ts';
import { METRIC_FIELDS, metricNamed } from '../../oracle/metrics.ts';
import { isMadeOf } from '../../oracle/periods.ts';
import type { Comparison, Request } from '../../oracle/request.ts';
import { named, spanOf } from '../../oracle/slice.ts';
import type { Where } from '../../oracle/where.ts';
import type { World } from '../cases.ts';

const BELOW_MONTHS = ['day', 'week', 'eventType'];
const OF_USER_MONTHS = ['engagementLevel', 'interactionTypesUsed', 'powerUser'];

/** Why a metric has no meaning at a level of a request, told by fields of dimensions; undefined where it has one. */
export function metricProblem(
  world: World,
  request: Request,
  field: string,
  level: readonly string[],
  and?: Where,
): string | undefined {
  const problems = metricNamed(field).reads.map((fact) => factProblem(world, request, fact, level, and));
  const problem = problems.find((each) => each !== undefined);
  return problem && `${field} ${problem}`;
}

function factProblem(
  world: World,
  request: Request,
  fact: keyof BaseRows,
  level: readonly string[],
  and: Where | undefined,
): string | undefined {
  if (fact === 'events') return undefined;
  if (request.timeZone !== undefined) return 'knows no time zones';
  const filtered = [...named(request.where), ...named(and)];
  const used = [...request.groupBy.map(fieldOf), ...filtered];
  if (fact === 'firms') return snapshotProblem(used, filtered, level);
  if (cutsMonths(world, request)) return 'needs whole months';
  const barred = fact === 'movements' ? [...BELOW_MONTHS, ...OF_USER_MONTHS] : BELOW_MONTHS;
  const wrong = used.find((name) => barred.includes(name));
  if (wrong !== undefined) return `does not go with ${wrong}`;
  return fact === 'movements' && !level.includes('month') ? 'needs the month' : undefined;
}

function snapshotProblem(
  used: readonly string[],
  filtered: readonly string[],
  level: readonly string[],
): string | undefined {
  const wrong = used.find((name) => !isPeriod(name) && !FIRM_FIELDS.includes(name));
  if (wrong !== undefined) return `does not go with ${wrong}`;
  return untoldPeriods(filtered, level).length > 0 ? 'needs a period that tells the filtered one' : undefined;
}

/** Filtered periods that no period of a level tells. */
export function untoldPeriods(filtered: readonly string[], level: readonly string[]): readonly string[] {
  const periods = level.filter(isPeriod);
  return filtered.filter(isPeriod).filter((grain) => !periods.some((fine) => isMadeOf(grain, fine)));
}

function cutsMonths({ data }: World, { timeRange }: Request): boolean {
  const { from, to } = spanOf(data, timeRange, UTC);
  return [from, to].some((end) => end !== undefined && !(isMidnight(end) && end.slice(8, 10) === '01'));
}

/** Levels that the metrics of rows are asked at: what is folded together is one of its own. */
export function rowLevels({ groupBy, limitBy }: Request): readonly (readonly string[])[] {
  const level = groupBy.map(fieldOf);
  return limitBy?.other ? [level, limitBy.per.map(fieldOf)] : [level];
}

export function rowMetricProblem(
  world: World,
  request: Request,
  field: string,
  and?: Where,
): string | undefined {
  const problems = rowLevels(request).map((level) => metricProblem(world, request, field, level, and));
  return problems.find((each) => each !== undefined);
}

/** As for rows; and what needs whole months can only be moved by months. */
export function comparedMetricProblem(
  world: World,
  request: Request,
  { shift }: Comparison,
  field: string,
): string | undefined {
  const needsMonths = metricNamed(field).reads.some((fact) => fact === 'monthEvents' || fact === 'movements');
  const isExact = shift !== undefined && ['DAY', 'WEEK'].includes(shift.unit);
  if (needsMonths && isExact) return `${field} is compared by whole months`;
  return rowMetricProblem(world, request, field);
}

/** The metrics that there is no problem with. */
export function validMetrics(problem: (field: string) => string | undefined): readonly string[] {
  return METRIC_FIELDS.filter((field) => problem(field) === undefined);
}
