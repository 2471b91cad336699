import { ident, type Sql, sql } from '../../database/sql.ts';
import type { Aggregate } from '../model/model.ts';

interface AggregateSpec {
  /** The SQL over a group's rows, which are known as `source`. */
  readonly render: (aggregate: Aggregate) => Sql;
  /** Value over no rows. */
  readonly empty: 0 | null;
}

const column = (name: string): Sql => ident('source', name);
const of = (aggregate: Aggregate): Sql => column((aggregate as { column: string }).column);

/** Each aggregate, once. Sums and counts are exact integers or numerics; only values of rows become doubles, last. */
const AGGREGATES: Readonly<Record<Aggregate['aggregate'], AggregateSpec>> = {
  count: { render: () => sql`count(*)`, empty: 0 },
  countIf: { render: (aggregate) => sql`count(*) filter (where ${of(aggregate)})`, empty: 0 },
  sum: { render: (aggregate) => sql`coalesce(sum(${of(aggregate)}), 0)::numeric`, empty: 0 },
  // Planned as its two parts, which are exact; see `renderMeasure`.
  mean: { render: (aggregate) => sql`avg(${of(aggregate)}::numeric)`, empty: null },
  min: { render: (aggregate) => sql`min(${of(aggregate)})`, empty: null },
  max: { render: (aggregate) => sql`max(${of(aggregate)})`, empty: null },
  percentile: { render: percentile, empty: null },
  countDistinct: { render: countDistinct, empty: 0 },
  countPeriods: {
    render: (aggregate) => sql`count(distinct ${column(periodColumn(aggregate as CountPeriods))})`,
    empty: 0,
  },
  stored: { render: (aggregate) => stored(of(aggregate)), empty: 0 },
  storedMean: {
    render: (aggregate) => {
      const { sum, count } = aggregate as StoredMean;
      return sql`${stored(column(sum))} / nullif(${stored(column(count))}, 0)`;
    },
    empty: null,
  },
};

type StoredMean = Extract<Aggregate, { aggregate: 'storedMean' }>;

/** Each group is one row, or several of the same. */
function stored(value: Sql): Sql {
  return sql`coalesce(max(${value}), 0)`;
}

type CountPeriods = Extract<Aggregate, { aggregate: 'countPeriods' }>;

/** The SQL of an aggregate, or of one part of a mean, over the rows of `source`. */
export function renderMeasure(aggregate: Aggregate, part?: 'sum' | 'count'): Sql {
  if (part && aggregate.aggregate === 'storedMean') return stored(column(aggregate[part]));
  if (part === 'sum') return AGGREGATES.sum.render(aggregate);
  return part === 'count' ? sql`count(${of(aggregate)})` : AGGREGATES[aggregate.aggregate].render(aggregate);
}

/** Its value over no rows. */
export function emptyValue(aggregate: Aggregate): 0 | null {
  return AGGREGATES[aggregate.aggregate].empty;
}

function countDistinct(aggregate: Aggregate): Sql {
  const { where } = aggregate as { where?: string };
  const distinct = sql`count(distinct ${of(aggregate)})`;
  return where === undefined ? distinct : sql`${distinct} filter (where ${column(where)})`;
}

/** A double's text is exact, and its cast to numeric is not. */
function percentile(aggregate: Aggregate): Sql {
  const { fraction } = aggregate as { fraction: number };
  return sql`(percentile_cont(${fraction}::float8) within group (order by ${of(aggregate)}::float8))::text::numeric`;
}

/** The columns of the relation that an aggregate reads. */
export function columnsOf(aggregate: Aggregate): readonly string[] {
  if (aggregate.aggregate === 'countPeriods') return [];
  if (aggregate.aggregate === 'storedMean') return [aggregate.sum, aggregate.count];
  const { column: name, where } = aggregate as { column?: string; where?: string };
  return [name, where].filter((each) => each !== undefined);
}

/** The column of the periods that an aggregate counts, which comes from the relation's time. */
export function periodColumn({ grain }: CountPeriods): string {
  return `period_${grain}`;
}
