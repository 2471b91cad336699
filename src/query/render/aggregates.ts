import { empty, ident, type Sql, sql } from '../../database/sql.ts';
import type { Aggregate } from '../model/model.ts';
import { quotient } from './quotient.ts';

const column = (name: string): Sql => ident('source', name);
const of = (aggregate: Aggregate): Sql => column((aggregate as { column: string }).column);

/** Each aggregate over a group's rows, which are known as `source`. Sums and counts are exact integers or numerics; only values of rows become doubles, last. */
const AGGREGATES: Readonly<Record<Aggregate['aggregate'], (aggregate: Aggregate) => Sql>> = {
  count: () => sql`count(*)`,
  countIf: (aggregate) => sql`count(*) filter (where ${of(aggregate)})`,
  sum: (aggregate) => sql`${added(of(aggregate))}::numeric`,
  // Planned as its two parts, which are exact; see `renderMeasure`.
  mean: (aggregate) => quotient(sql`sum(${of(aggregate)}::numeric)`, sql`nullif(count(${of(aggregate)}), 0)`),
  min: (aggregate) => sql`min(${of(aggregate)})`,
  max: (aggregate) => sql`max(${of(aggregate)})`,
  percentile: percentile,
  countDistinct: countDistinct,
  countPeriods: (aggregate) => sql`count(distinct ${column(periodColumn(aggregate as CountPeriods))})`,
  stored: (aggregate) => added(of(aggregate)),
  storedMean: (aggregate) => {
    const { sum, count } = aggregate as StoredMean;
    return quotient(added(column(sum)), sql`nullif(${added(column(count))}, 0)`);
  },
};

type StoredMean = Extract<Aggregate, { aggregate: 'storedMean' }>;

/** Each group is one row, or several that add up. */
function added(value: Sql): Sql {
  return sql`coalesce(sum(${value}), 0)`;
}

type CountPeriods = Extract<Aggregate, { aggregate: 'countPeriods' }>;

/**
 * The SQL of an aggregate, or of one part of a mean, over the rows of `source`.
 * @param isOne whether what is counted is the same for all rows of a group, which then need not be sorted by it
 */
export function renderMeasure(aggregate: Aggregate, part?: 'sum' | 'count', isOne = false): Sql {
  if (isOne) return sql`(${counted(aggregate)} > 0)::int`;
  if (part && aggregate.aggregate === 'storedMean') return added(column(aggregate[part]));
  if (part === 'sum') return AGGREGATES.sum(aggregate);
  return part === 'count' ? sql`count(${of(aggregate)})` : AGGREGATES[aggregate.aggregate](aggregate);
}

/** The same of a group that is one row of a rollup, whose columns are exact numbers already. */
export function renderOwnNumber(aggregate: Aggregate, part?: 'sum' | 'count'): Sql {
  if (aggregate.aggregate === 'min' || aggregate.aggregate === 'max') return of(aggregate);
  const own = aggregate.aggregate === 'storedMean' ? column(aggregate[part!]) : of(aggregate);
  return sql`coalesce(${own}, 0)`;
}

function countDistinct(aggregate: Aggregate): Sql {
  return sql`count(distinct ${of(aggregate)})${filterOf(aggregate)}`;
}

/** How many rows have what a distinct count counts. */
function counted(aggregate: Aggregate): Sql {
  if (aggregate.aggregate === 'countPeriods') return sql`count(*)`;
  return sql`count(${of(aggregate)})${filterOf(aggregate)}`;
}

function filterOf(aggregate: Aggregate): Sql {
  const { where } = aggregate as { where?: string };
  return where === undefined ? empty : sql` filter (where ${column(where)})`;
}

/** A double's text is exact, and its cast to numeric is not. */
function percentile(aggregate: Aggregate): Sql {
  const { fraction } = aggregate as { fraction: number };
  return sql`(percentile_cont(${fraction}::float8) within group (order by ${of(aggregate)}::float8))::text::numeric`;
}

/** The column of the periods that an aggregate counts, which comes from the relation's time. */
export function periodColumn({ grain }: CountPeriods): string {
  return `period_${grain}`;
}
