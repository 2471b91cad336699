import type { Session, Value } from '../../database/engine.ts';
import { all, ident, join, type Sql, sameKey, sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION } from '../../database/version.ts';
import { workingTable } from '../../database/working.ts';
import type { Progress } from '../../progress.ts';
import type { Turn } from './lanes.ts';
import type { Source } from './sources.ts';
import { type BuiltTable, tableName, valueColumns } from './tables.ts';
import { analyzeIfStale } from './vacuum.ts';
import { dropWorking, makeWorking } from './working.ts';

/** How many rows a build wrote to a table. */
export interface ChangedRows {
  /** Rows that no longer hold: changed or gone. */
  readonly closed: number;
  /** Rows that hold from the new version on: changed or new. */
  readonly inserted: number;
}

interface Filling {
  readonly next: number;
  /** Whether none of the rows that the source makes is there yet. */
  readonly isEmpty: boolean;
  /** Which of several sources of the table it is. */
  readonly stage?: number;
}

interface Refresh extends Omit<Source, 'rows'>, Filling {
  readonly table: BuiltTable;
  readonly values: readonly string[];
  /** The newest state, computed once. */
  readonly fresh: Sql;
}

/**
 * Brings a table, or those of its rows that may have changed, to the newest state at version `next`: rows whose
 * values change are closed and inserted anew, unchanged rows stay as they are. Restartable; nothing shows before
 * `next` is served.
 */
export async function refreshTable(
  turn: Turn,
  table: BuiltTable,
  { rows, ...source }: Source,
  filling: Filling,
): Promise<ChangedRows> {
  const fresh = workingTable(`fresh_${table.name}_${filling.stage ?? 0}`);
  const refresh = await turn.read(`Computing ${table.name}`, async (session) => {
    const values = await valueColumns(session, table);
    const made = { table, values, fresh, ...source, ...filling };
    await materialise(session, made, rows);
    return made;
  });
  return turn.write(`Writing ${table.name}`, async (session, progress) => {
    const changed = await (filling.isEmpty
      ? insertAll(session, refresh)
      : writeSlices(session, refresh, progress));
    if (changed.closed + changed.inserted > 0) await analyzeIfStale(session, table);
    await dropWorking(session, fresh);
    return changed;
  });
}

/** The rows are computed once for all slices: twice as fast as once for each of 24 months of two million events. */
async function materialise(
  session: Session,
  { table, values, fresh, within = everything }: Refresh,
  rows: Sql,
): Promise<void> {
  const columns = join([...table.keys, ...values].map((name) => ident(name)));
  const source = sql`select ${columns} from ${rows} as source where ${within('source')}`;
  await makeWorking(session, fresh, source);
}

function everything(): Sql {
  return sql`true`;
}

/** Without looking for rows that are there, and all at once: nobody reads a table before it has rows of some version. */
async function insertAll(session: Session, refresh: Refresh): Promise<ChangedRows> {
  const { table, values, fresh, next } = refresh;
  const columns = join([...table.keys, ...values].map((name) => ident(name)));
  const inserted = await session.execute(
    statement(sql`
      insert into ${tableName(table)} (${columns}, since_version)
      select ${columns}, ${next}::int from ${fresh} as fresh`),
  );
  return { closed: 0, inserted };
}

/**
 * A table that was empty at its last ANALYZE is planned as empty; a nested loop over it then reads, for each row,
 * all rows that the same statement has inserted (seven seconds instead of a fifth for 40,000 users).
 */
const NO_NESTED_LOOPS = 'set local enable_nestloop = off';

async function writeSlices(session: Session, refresh: Refresh, progress: Progress): Promise<ChangedRows> {
  const slices = await slicesOf(session, refresh);
  const isLong = slices.length > 1;
  if (isLong) progress.phase(`Writing ${refresh.table.name}`, slices.length, 'parts');
  let closed = 0;
  let inserted = 0;
  for (const slice of slices) {
    await session.transaction(async () => {
      if (refresh.isWhole) await session.script(NO_NESTED_LOOPS);
      closed += await session.execute(statement(close(refresh, slice)));
      inserted += await session.execute(statement(insert(refresh, slice)));
    });
    if (isLong) progress.advance(1);
  }
  return { closed, inserted };
}

/** A condition on one table's rows, given the table's alias. */
type Slice = (alias: string) => Sql;

/** Rows of several values that are written in one transaction, which is short all the same. */
const ROWS_OF_A_SLICE = 100_000;

/** Slices of values of the slicing column in a row, in order: each of one value, or of few rows. */
async function slicesOf(session: Session, refresh: Refresh): Promise<Slice[]> {
  const { table, fresh, within = everything } = refresh;
  const { slicedBy } = table;
  if (slicedBy === undefined) return [within];
  const column = ident(slicedBy);
  const open = sql`${tableName(table)} as kept where until_version = ${OPEN_VERSION} and ${within('kept')}`;
  const rows = await session.query(
    statement(sql`
      select value, max(rows)
        from (select ${column} as value, count(*) as rows from ${fresh} group by 1
              union all
              select ${column}, count(*) from ${open} group by 1) as counted
       group by value order by value`),
  );
  return gathered(rows as unknown as readonly (readonly [Value, number])[]).map(
    ([from, to]) =>
      (alias) =>
        sql`${ident(alias, slicedBy)} between ${from} and ${to} and ${within(alias)}`,
  );
}

/** The first and the last of values in a row that have few rows together. */
function gathered(counts: readonly (readonly [value: Value, rows: number])[]): [Value, Value][] {
  const slices: { from: Value; to: Value; rows: number }[] = [];
  for (const [value, rows] of counts) {
    const last = slices.at(-1);
    if (last === undefined || last.rows + rows > ROWS_OF_A_SLICE)
      slices.push({ from: value, to: value, rows });
    else Object.assign(last, { to: value, rows: last.rows + rows });
  }
  return slices.map(({ from, to }) => [from, to]);
}

/** Finds the rows to close by a join first: distributed tables take no correlated subquery. */
function close({ table, values, fresh, next }: Refresh, slice: Slice): Sql {
  const keys = join(table.keys.map((name) => ident('kept', name)));
  return sql`
    update ${tableName(table)} as written
       set until_version = ${next}
      from (select ${keys}
              from ${tableName(table)} as kept
              left join ${fresh} as fresh on ${sameKeys(table, 'kept', 'fresh')}
             where kept.until_version = ${OPEN_VERSION} and ${slice('kept')}
               and (${ident('fresh', table.keys[0]!)} is null
                    or ${row(values, 'kept')} is distinct from ${row(values, 'fresh')})) as changed
     where ${sameKeys(table, 'written', 'changed')}
       and written.until_version = ${OPEN_VERSION} and ${slice('written')}`;
}

/** After {@link close}, the rows that still hold are the unchanged ones. */
function insert({ table, values, fresh, next }: Refresh, slice: Slice): Sql {
  const columns = [...table.keys, ...values];
  return sql`
    insert into ${tableName(table)} (${join(columns.map((name) => ident(name)))}, since_version)
    select ${join(columns.map((name) => ident('fresh', name)))}, ${next}::int
      from ${fresh} as fresh
      left join ${tableName(table)} as kept
        on ${sameKeys(table, 'kept', 'fresh')} and kept.until_version = ${OPEN_VERSION} and ${slice('kept')}
     where ${slice('fresh')} and ${ident('kept', table.keys[0]!)} is null`;
}

function sameKeys({ keys, nullable = [] }: BuiltTable, left: string, right: string): Sql {
  return all(
    keys.map((name) => {
      const [a, b] = [ident(left, name), ident(right, name)];
      return nullable.includes(name) ? sameKey(a, b) : sql`${a} = ${b}`;
    }),
  );
}

function row(columns: readonly string[], alias: string): Sql {
  return sql`row(${join(columns.map((name) => ident(alias, name)))})`;
}
