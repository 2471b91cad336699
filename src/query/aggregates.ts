import { ident, type Sql, sql } from '../database/sql.ts';
import type { Aggregate } from './model.ts';

interface AggregateSpec {
  /** The SQL over a group's rows, which are known as `source`. */
  readonly render: (aggregate: Aggregate) => Sql;
  /** Value over no rows. */
  readonly empty: 0 | null;
}

const column = (name: string): Sql => ident('source', name);
const of = (aggregate: Aggregate): Sql => column((aggregate as { column: string }).column);

/** Each aggregate, once. Sums and counts are exact integers or numerics; only metrics become doubles, last. */
const AGGREGATES: Readonly<Record<Aggregate['aggregate'], AggregateSpec>> = {
  count: { render: () => sql`count(*)`, empty: 0 },
  countIf: { render: (aggregate) => sql`count(*) filter (where ${of(aggregate)})`, empty: 0 },
  sum: { render: (aggregate) => sql`coalesce(sum(${of(aggregate)}), 0)::numeric`, empty: 0 },
  mean: { render: (aggregate) => sql`avg(${of(aggregate)}::numeric)`, empty: null },
  countDistinct: { render: countDistinct, empty: 0 },
  stored: { render: (aggregate) => sql`coalesce(max(${of(aggregate)}), 0)`, empty: 0 },
};

/** The SQL of an aggregate over the rows of `source`. */
export function renderAggregate(aggregate: Aggregate): Sql {
  return AGGREGATES[aggregate.aggregate].render(aggregate);
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

/** The columns that an aggregate reads. */
export function columnsOf(aggregate: Aggregate): readonly string[] {
  const { column: name, where } = aggregate as { column?: string; where?: string };
  return [name, where].filter((each) => each !== undefined);
}
