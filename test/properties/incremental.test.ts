import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import { ident, sql, statement } from '../../src/database/sql.ts';
import { OPEN_VERSION, readServedVersion } from '../../src/database/version.ts';
import { build } from '../../src/pipeline/build/build.ts';
import type { RollupPlan } from '../../src/pipeline/build/rollups.ts';
import { BUILT_TABLES } from '../../src/pipeline/build/tables.ts';
import { runChecks } from '../../src/pipeline/checks/run.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { describeEngines, type TestEngine } from '../support/databases.ts';
import { rollupsFor } from '../support/rollups.ts';
import { happen, histories } from './histories.ts';

/** More histories look further; the report of a failure names their seed. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20240229);
const MANY = process.env.PROPERTY_HISTORIES;
const HISTORIES: Readonly<Record<TestEngine['name'], number>> = { embedded: 1, postgres: 4 };
/** For one history, by the slowest machine. */
const HISTORY_MS = 120_000;

describeEngines('a build of what has changed', (fixture) => {
  const count = Number(MANY ?? HISTORIES[fixture.name]);
  const seed = SEED + (fixture.name === 'embedded' ? 1_000_000 : 0);
  beforeAll(() => upgrade(fixture.engine, quiet));

  it('leaves the rows of a build of everything, and its record tells of them, whatever happened before', {
    timeout: 60_000 + count * HISTORY_MS,
  }, async () => {
    let built = 0;
    const everFound = new Set<string>();
    for (let number = 0; number < count; number++) {
      const [deeds] = fc.sample(histories, { numRuns: 1, seed: seed + number });
      const options = { progress: quiet, rollups: rollupsFor([1, 4, 12][number % 3]!), allowErrors: true };
      const told: string[] = [];
      for (const deed of deeds!) {
        told.push(deed.kind === 'killed build' ? `killed build after step ${deed.step}` : deed.kind);
        const report = await happen(fixture.engine, deed, options);
        if (!report) continue;
        built += 1;
        const history = `seed ${seed + number}: ${told.join(', ')}`;
        const found = await recordedFindings(fixture.engine);
        for (const { name, rows } of found) if (rows > 0) everFound.add(name);
        expect(found, history).toEqual(await foundInEverything(fixture.engine));
        const { rowCounts, rollups } = (await readServedVersion(fixture.engine)).record!;
        expect(rowCounts, history).toEqual(await countTables(fixture.engine));
        expect(rollups, history).toEqual(await countLevels(fixture.engine, options.rollups));
        const { changedRows } = await build(fixture.engine, { ...options, full: true });
        const wrong = Object.entries(changedRows).filter(([, { closed, inserted }]) => closed + inserted > 0);
        expect(wrong, history).toEqual([]);
      }
    }
    expect(built).toBeGreaterThan(2 * count);
    expect([...everFound]).toEqual(expect.arrayContaining(TOLD_BY_MONTH));
  });
});

const TOLD_BY_MONTH = ['suspected_duplicate_events', 'users_in_several_firms'];

async function recordedFindings(engine: Engine) {
  const { version } = await readServedVersion(engine);
  const rows = await engine.read(
    statement(
      sql`select name, rows, sample from mart.check_results where version = ${version} order by name`,
    ),
  );
  return rows.map(([name, rows, sample]) => ({ name: name as string, rows: rows as number, sample }));
}

async function foundInEverything(engine: Engine) {
  const { results, leftOut } = await runChecks(engine);
  expect(leftOut).toEqual([]);
  const found = results.map(({ name, rows, sample }) => ({ name, rows, sample }));
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function countTables(engine: Engine): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const tables = [{ schema: 'raw', name: 'events' }, ...BUILT_TABLES];
  for (const { schema, name } of tables) {
    const open = sql`select count(*) from ${ident(schema, name)} where until_version = ${OPEN_VERSION}`;
    counts[name] = (await engine.read(statement(open)))[0]![0] as number;
  }
  return counts;
}

async function countLevels(engine: Engine, { tables }: RollupPlan) {
  const counts: Record<string, Record<string, number>> = {};
  for (const { name, levels } of tables) {
    const rows = await engine.read(
      statement(sql`
        select level, count(*) from ${ident('rollup', name)} where until_version = ${OPEN_VERSION} group by level`),
    );
    const found = new Map(rows.map(([level, count]) => [level as number, count as number]));
    counts[name] = Object.fromEntries([...levels].map(([level, label]) => [label, found.get(level) ?? 0]));
  }
  return counts;
}
