import type { ServedVersion } from '../../database/version.ts';
import { definitionOf, viewDefinitions } from '../view-definitions.ts';
import type { Lanes, Turn } from './lanes.ts';
import { type ChangedRows, refreshTable } from './refresh.ts';
import { forEachStage, indexRollup, makingOf, type RollupPlan } from './rollups.ts';
import { sourceOf } from './sources.ts';
import { BUILT_TABLES, keptOf, type Mart } from './tables.ts';
import { gatherTouched, type Touched } from './touched.ts';

/** What was written, by table. */
export type ChangedTables = Readonly<Record<string, ChangedRows>>;

/** Brings the marts to the newest state: from what has changed where that is enough, which is told then. */
export async function makeMarts(
  lanes: Lanes,
  { version, record }: ServedVersion,
  full: boolean,
): Promise<{ readonly changedRows: ChangedTables; readonly touched: Touched | undefined }> {
  const next = version + 1;
  const views = viewDefinitions();
  const make = async (turn: Turn, mart: Mart, touched?: Touched) => {
    const source = await turn.read(`Computing ${mart.name}`, (session) =>
      sourceOf(session, mart, views, touched),
    );
    return refreshTable(turn, mart, source, { next, isEmpty: version === 0 });
  };
  const entities = BUILT_TABLES.filter(({ madeFrom }) => !madeFrom);
  const entityRows = await inOrder(lanes, entities, none, make);
  const found = full
    ? undefined
    : await lanes.turn().read('Looking for what changed', (session) => gatherTouched(session, next));
  // Where more events changed than were served, making everything is less work than finding out what changed.
  const isMost = found && found.events.inserted + found.events.closed > record!.rowCounts.events!;
  const touched = isMost ? undefined : found;
  const marts = BUILT_TABLES.filter(({ madeFrom }) => madeFrom);
  const read = ({ view }: Mart) => keptOf(definitionOf(views, view).reads);
  const martRows = await inOrder(lanes, marts, read, (turn, mart) => make(turn, mart, touched));
  return { changedRows: { ...entityRows, ...martRows }, touched };
}

/**
 * Brings the rollups to the newest state, once the marts are there.
 * @param filled those that have rows of the version before
 */
export async function makeRollups(
  lanes: Lanes,
  { version }: ServedVersion,
  plan: RollupPlan,
  filled: ReadonlySet<string>,
  touched: Touched | undefined,
): Promise<ChangedTables> {
  const next = version + 1;
  const rollups = plan.at(next);
  // Those after one that is made whole may be made from it, and would find nothing of the version before there.
  const firstWhole = touched ? rollups.findIndex(({ name }) => !filled.has(name)) : 0;
  const isWhole = (place: number) => firstWhole >= 0 && place >= firstWhole;
  return inOrder(
    lanes,
    rollups,
    ({ madeFrom }) => madeFrom,
    async (turn, rollup) => {
      const isEmpty = !filled.has(rollup.name);
      const making = await makingOf(turn, rollup, isWhole(rollups.indexOf(rollup)));
      const total = { closed: 0, inserted: 0 };
      await forEachStage(turn, rollup, making, async (source, stage) => {
        const { closed, inserted } = await refreshTable(turn, rollup, source, { next, isEmpty, stage });
        total.closed += closed;
        total.inserted += inserted;
      });
      return total;
    },
    (turn, { name }) => {
      const table = plan.tables.find((each) => each.name === name)!;
      return turn.write(`Indexing ${name}`, (session) => indexRollup(session, table));
    },
  );
}

function none(): readonly string[] {
  return [];
}

/** Calls `work` for each table, once it is done for those that it is made from, and `after` when it is done for it. */
async function inOrder<T extends { readonly name: string }>(
  lanes: Lanes,
  tables: readonly T[],
  madeFrom: (table: T) => readonly string[],
  work: (turn: Turn, table: T) => Promise<ChangedRows>,
  after: (turn: Turn, table: T) => Promise<void> = async () => undefined,
): Promise<ChangedTables> {
  const made = new Map<string, Promise<ChangedRows>>();
  const done = tables.map(async (table) => {
    const turn = lanes.turn();
    const before = Promise.all(madeFrom(table).map((name) => made.get(name)));
    const own = before.then(() => work(turn, table));
    made.set(table.name, own);
    const rows = await own;
    await after(turn, table);
    return [table.name, rows] as const;
  });
  return Object.fromEntries(await Promise.all(done));
}
