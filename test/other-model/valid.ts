import { type Grain, isMadeOf } from './oracle/calendar.ts';
import { METRIC_FIELDS } from './oracle/evaluate.ts';
import { METRICS } from './oracle/metrics.ts';
import { isPeriod } from './oracle/question.ts';
import { fieldOf, type Request, type Where } from './oracle/request.ts';

const STORE_FIELDS = ['store', 'areaBand', 'openingYear', 'outlet'];
export const ADDITIVE: readonly string[] = [
  'numLines',
  'bulkLines',
  'unitsSold',
  'revenue',
  'turnover',
  'visits',
];

/** The dimensions that a filter names, however deep. */
function named(where: Where | undefined): readonly string[] {
  return Object.entries(where ?? {}).flatMap(([name, value]) => {
    if (name === 'and' || name === 'or') return (value as readonly Where[]).flatMap(named);
    return name === 'not' ? named(value as Where) : [name];
  });
}

/** Whether the periods of a level tell those that are filtered by. */
function isJudged(where: Where | undefined, level: readonly string[]): boolean {
  const grains = level.map(fieldOf).filter(isPeriod) as Grain[];
  const filtered = named(where).filter(isPeriod) as Grain[];
  return filtered.every((grain) => grains.some((each) => isMadeOf(grain, each)));
}

/** The metrics that have a meaning in a request, at a level that is grouped by some of its dimensions. */
export function validMetrics(request: Request, level = request.groupBy ?? []): readonly string[] {
  const filtered = (request.custom ?? []).flatMap(({ filtered: own }) => named(own?.where));
  const dimensions = [...(request.groupBy ?? []).map(fieldOf), ...named(request.where), ...filtered];
  const isOfStores = dimensions.every((name) => STORE_FIELDS.includes(name) || isPeriod(name));
  const ends = Object.values(request.timeRange?.between ?? {});
  const isWhole = (of: (end: string) => boolean) => request.timeZone === undefined && ends.every(of);
  const isMonthly = level.includes('MONTH') && !dimensions.includes('day') && !dimensions.includes('week');
  const validity = {
    lines: true,
    orders: true,
    visits: isOfStores && isWhole((end) => !end.includes('T')),
    months: isOfStores && isMonthly && isWhole((end) => end.endsWith('-01')),
    stores: isOfStores && isWhole(() => true) && isJudged(request.where, level),
  };
  return METRIC_FIELDS.filter((name) => METRICS[name]!.of.every((fact) => validity[fact]));
}
