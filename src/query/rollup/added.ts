import { empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import type { Aggregate } from '../model/model.ts';
import type { Level } from '../model/rollup/levels.ts';
import { keyColumn } from '../render/key.ts';
import { contains } from '../time/time.ts';
import { ownRows } from './own-rows.ts';
import type { Side, StoredMeasure, Target } from './target.ts';

/** Whether a measure of a longer period is made of those of a level's: each row of the base lies in one of them. */
export function addsUp({ aggregate }: StoredMeasure, { grain }: Level): boolean {
  switch (aggregate.aggregate) {
    case 'count':
    case 'countIf':
    case 'sum':
    case 'mean':
    case 'min':
    case 'max':
      return true;
    case 'countPeriods':
      return grain !== 'ever' && contains(grain, aggregate.grain);
    default:
      return false;
  }
}

/** What the rollup's own rows of shorter periods add up to. */
export function addedSide(target: Target, finer: Level, measures: readonly StoredMeasure[]): Side {
  const keys = target.groupBy.map(({ name }) => keyColumn(name));
  const values = measures.flatMap(({ aggregate, columns }) =>
    columns.map((name) => sql`${sumOf(aggregate, ident(name))} as ${ident(name)}`),
  );
  const columns = measures.flatMap((each) => each.columns);
  return {
    columns,
    gives: 'groups',
    rows: sql`
      select ${join([...keys, ...values])}
        from (${ownRows(target, finer, columns)}) as finer${keys.length > 0 ? sql` group by ${join(keys)}` : empty}
      having count(*) > 0`,
  };
}

function sumOf({ aggregate }: Aggregate, column: Sql): Sql {
  if (aggregate === 'min') return sql`min(${column})`;
  return aggregate === 'max' ? sql`max(${column})` : sql`sum(${column})`;
}
