import type { Session } from '../../database/engine.ts';
import { constant, empty, ident, join, type Sql, sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION } from '../../database/version.ts';
import type { Progress } from '../../progress.ts';
import { OLDEST_KEPT } from './kept.ts';
import type { Turn } from './lanes.ts';
import type { Source } from './sources.ts';
import type { BuiltTable } from './tables.ts';
import { dropWorking, makeWorking } from './working.ts';

const SCHEMA = 'rollup';

/** A table that a model's queries read besides the marts. */
export interface RollupTable {
  /** Ends in a hash of its definition. */
  readonly name: string;
  readonly description: string;
  readonly columns: readonly { readonly name: string; readonly type: Sql; readonly isNullable: boolean }[];
  /** The columns of each of its indexes. */
  readonly indexes: readonly (readonly string[])[];
  /** What its levels are called, by the number in their column `level`. */
  readonly levels: ReadonlyMap<number, string>;
}

/** The rollups that a model asks for. */
export interface RollupPlan {
  readonly tables: readonly RollupTable[];
  /** The same as tables to fill for a version, each after those it is made from. */
  at(version: number): readonly RollupToFill[];
}

export interface RollupToFill extends BuiltTable {
  /** The rollups that it is made from. */
  readonly madeFrom: readonly string[];
  /** Selects the dates whose rows may differ from those of the version before. */
  readonly changedDates: Sql;
  /** How its rows at the version are made: all of them, or those of the periods that some dates lie in. */
  making(dates?: readonly string[]): Making;
}

export interface Making {
  /** Where they come from, once the marts, the rollups and the stages before are there. */
  readonly stages: readonly Stage[];
  /** Working tables that `rowsByMembers` are read from, in the order to make them. */
  readonly working: readonly WorkingTable[];
}

interface Stage extends Source {
  /** The same rows, with counts of members from the working tables; absent where it has none. */
  readonly rowsByMembers?: Sql;
}

interface WorkingTable {
  readonly table: Sql;
  readonly rows: Sql;
  /** Selects whether so much has changed that all is better made anew. */
  readonly isTooLarge?: Sql;
}

/** How a rollup is made: all of it, or the periods that changed; not at all when none did. */
export async function makingOf(
  turn: Turn,
  { name, changedDates, making }: RollupToFill,
  isWhole: boolean,
): Promise<Making> {
  if (isWhole) return making();
  const rows = await turn.read(`Looking for what changes ${name}`, (session) =>
    session.query(statement(sql`select distinct date from (${changedDates}) as changed order by date`)),
  );
  if (rows.length === 0) return { stages: [], working: [] };
  return making(rows.map(([date]) => date as string));
}

/** Calls `work` with the source of each stage in turn: by members, unless too many changed. */
export async function forEachStage(
  turn: Turn,
  { name }: RollupToFill,
  { stages, working }: Making,
  work: (source: Source, stage: number) => Promise<void>,
): Promise<void> {
  const label = `Computing ${name}`;
  const isByMembers = await turn.read(label, (session) => makeWorkingTables(session, working));
  for (const [stage, { rowsByMembers, ...anew }] of stages.entries())
    await work(isByMembers && rowsByMembers ? { ...anew, rows: rowsByMembers } : anew, stage);
  for (const { table } of working) await turn.read(label, (session) => dropWorking(session, table));
}

/** Whether they were made, and are not too large. */
async function makeWorkingTables(session: Session, working: readonly WorkingTable[]): Promise<boolean> {
  for (const { table, rows, isTooLarge } of working) {
    await makeWorking(session, table, rows);
    if (isTooLarge && (await isTrue(session, isTooLarge))) return false;
  }
  return true;
}

async function isTrue(session: Session, select: Sql): Promise<boolean> {
  const [row] = await session.query(statement(select));
  return row![0] as boolean;
}

/** Creates the tables that are not there, without their indexes. */
export async function createRollups(session: Session, { tables }: RollupPlan): Promise<void> {
  const existing = await existingRollups(session);
  const missing = tables.filter(({ name }) => !existing.includes(name));
  if (missing.length === 0) return;
  await session.transaction(async () => {
    await session.script(`create schema if not exists ${SCHEMA}`);
    for (const table of missing) await create(session, table);
  });
}

/** Creates the indexes that are not there: of a filled table, that takes a third of what filling it with them would. */
export async function indexRollup(session: Session, table: RollupTable): Promise<void> {
  const rows = await session.query(
    statement(
      sql`select indexname::text from pg_indexes where schemaname = ${SCHEMA} and tablename = ${table.name}`,
    ),
  );
  const existing = rows.map(([name]) => name as string);
  for (const { name, create } of indexesOf(table))
    if (!existing.includes(name)) await session.execute(statement(create));
}

/**
 * The indexes of a table. By its versions, a build finds the few rows that it changed, or that are to go, however many
 * there are: rows that still hold are in neither index, since one is by block ranges, the other of rows that have ended.
 */
function indexesOf({
  name,
  indexes,
}: RollupTable): readonly { readonly name: string; readonly create: Sql }[] {
  const table = ident(SCHEMA, name);
  const named = (ending: string | number, on: Sql) => {
    const index = `${name}_${ending}`;
    return { name: index, create: sql`create index ${ident(index)} on ${table} ${on}` };
  };
  return [
    ...indexes.map((columns, place) =>
      named(place + 1, sql`(${join([...columns, 'since_version'].map((column) => ident(column)))})`),
    ),
    named('since', sql`using brin (since_version)`),
    named('until', sql`(until_version) where until_version < ${constant(OPEN_VERSION)}`),
  ];
}

/**
 * The tables that have rows of the served version or of one before. One has none where this build created it, or one
 * that was not published: then all of its rows are to be made.
 */
export async function filledRollups(
  session: Session,
  plan: RollupPlan | undefined,
  served: number,
): Promise<ReadonlySet<string>> {
  const filled = new Set<string>();
  for (const { name } of plan?.tables ?? []) {
    const [row] = await session.query(
      statement(sql`select exists (select from ${ident(SCHEMA, name)} where since_version <= ${served})`),
    );
    if (row![0]) filled.add(name);
  }
  return filled;
}

async function create(session: Session, { name, description, columns }: RollupTable): Promise<void> {
  const table = ident(SCHEMA, name);
  const defined = columns.map(
    (column) => sql`${ident(column.name)} ${column.type}${column.isNullable ? empty : sql` not null`}`,
  );
  const versions = [
    sql`since_version int not null`,
    // A statement that defines a table takes no parameters.
    sql`until_version int not null default 2147483647`,
  ];
  await session.execute(statement(sql`create table ${table} (${join([...defined, ...versions])})`));
  await session.script(`comment on table ${SCHEMA}."${name}" is '${description.replaceAll("'", "''")}'`);
}

/** The rollups' tables that the database has. */
export async function existingRollups(session: Session): Promise<readonly string[]> {
  const rows = await session.query(
    statement(sql`select tablename::text from pg_tables where schemaname = ${SCHEMA} order by 1`),
  );
  return rows.map(([name]) => name as string);
}

/** How long to wait for readers of a table that nobody needs. */
const LOCK_TIMEOUT = '2s';

/** Drops the tables that neither a version that may be read nor the next one has. One that is in use stays a while. */
export async function dropUnlisted(
  session: Session,
  wanted: RollupPlan | undefined,
  progress: Progress,
): Promise<void> {
  const rows = await session.query(
    statement(sql`
      select distinct jsonb_object_keys(rollups)
        from mart.data_versions
       where jsonb_typeof(rollups) = 'object'
         and version >= coalesce(${OLDEST_KEPT}, 0)`),
  );
  const listed = new Set([
    ...rows.map(([name]) => name as string),
    ...(wanted?.tables ?? []).map(({ name }) => name),
  ]);
  for (const name of await existingRollups(session)) {
    if (listed.has(name)) continue;
    try {
      await session.transaction(async () => {
        await session.script(`set local lock_timeout = '${LOCK_TIMEOUT}'`);
        await session.execute(statement(sql`drop table ${ident(SCHEMA, name)}`));
      });
    } catch (error) {
      progress.note(
        `The old rollup ${name} is in use and stays until a later build: ${(error as Error).message}`,
      );
    }
  }
}
