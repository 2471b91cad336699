import type { Session } from '../../database/engine.ts';
import { ident, join, type Sql, sql, statement } from '../../database/sql.ts';
import { changesAt, OPEN_VERSION, type VersionRecord } from '../../database/version.ts';
import type { ChangedRows } from './refresh.ts';
import { filledRollups, type RollupPlan, type RollupTable } from './rollups.ts';
import { BUILT_TABLES, RAW_EVENTS, tableName } from './tables.ts';

/** The numbers of rows in a version's record. */
export interface Counts {
  /** Rows that hold at the version, by table. */
  readonly rowCounts: Readonly<Record<string, number>>;
  /** Rows that hold at the version, by rollup's table and level. */
  readonly rollups: Readonly<Record<string, LevelCounts>>;
}

type LevelCounts = Readonly<Record<string, number>>;

/** Counts all rows of the newest state. */
export async function countAll(session: Session, plan: RollupPlan | undefined): Promise<Counts> {
  const tables = [
    { ...RAW_EVENTS, label: 'events' },
    ...BUILT_TABLES.map((each) => ({ ...each, label: each.name })),
  ];
  const counts = tables.map(
    (table) => sql`
      select ${table.label}::text, count(*) from ${tableName(table)} where until_version = ${OPEN_VERSION}`,
  );
  const rows = await session.query(statement(join(counts, sql` union all `)));
  return {
    rowCounts: Object.fromEntries(rows) as Record<string, number>,
    rollups: await ofEach(plan, (table) => countLevels(session, table)),
  };
}

/**
 * The same, from what the version before had and what has changed since, so that only changed rows are looked at.
 * @param changed what was written of each built table, and of the events
 */
export async function countChanged(
  session: Session,
  plan: RollupPlan | undefined,
  { rowCounts, rollups }: VersionRecord,
  next: number,
  changed: Readonly<Record<string, ChangedRows>>,
): Promise<Counts> {
  const labels = ['events', ...BUILT_TABLES.map(({ name }) => name)];
  const counts = labels.map((label) => {
    const { inserted, closed } = changed[label]!;
    return [label, rowCounts[label]! + inserted - closed] as const;
  });
  // One that this build had to make anew has all rows since then.
  const filled = await filledRollups(session, plan, next - 1);
  return {
    rowCounts: Object.fromEntries(counts),
    rollups: await ofEach(plan, (table) => {
      const before = rollups[table.name];
      return before && filled.has(table.name)
        ? countChangedLevels(session, table, before, next)
        : countLevels(session, table);
    }),
  };
}

async function ofEach(
  plan: RollupPlan | undefined,
  count: (table: RollupTable) => Promise<LevelCounts>,
): Promise<Counts['rollups']> {
  const counts: Record<string, LevelCounts> = {};
  for (const table of plan?.tables ?? []) counts[table.name] = await count(table);
  return counts;
}

async function countLevels(session: Session, table: RollupTable): Promise<LevelCounts> {
  const isOpen = sql`until_version = ${OPEN_VERSION}`;
  const found = await byLevel(session, table, sql`count(*)`, isOpen);
  return Object.fromEntries([...table.levels].map(([level, label]) => [label, found.get(level) ?? 0]));
}

async function countChangedLevels(
  session: Session,
  table: RollupTable,
  before: LevelCounts,
  next: number,
): Promise<LevelCounts> {
  const difference = sql`
    count(*) filter (where since_version = ${next}) - count(*) filter (where until_version = ${next})`;
  const found = await byLevel(session, table, difference, changesAt('rows', next));
  return Object.fromEntries(
    [...table.levels].map(([level, label]) => [label, (before[label] ?? 0) + (found.get(level) ?? 0)]),
  );
}

async function byLevel(
  session: Session,
  { name }: RollupTable,
  count: Sql,
  condition: Sql,
): Promise<ReadonlyMap<number, number>> {
  const rows = await session.query(
    statement(sql`
      select level, ${count} from ${ident('rollup', name)} as rows where ${condition} group by level`),
  );
  return new Map(rows.map(([level, number]) => [level as number, number as number]));
}
