import { expect, it } from 'vitest';
import type { Engine, Row } from '../../src/database/engine.ts';
import { ident, sql, statement } from '../../src/database/sql.ts';
import { holdsAt, readServedVersion } from '../../src/database/version.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { marts } from '../oracle/marts.ts';
import { eventsOf } from '../support/changing.ts';
import { describeEngines } from '../support/databases.ts';
import { rawOf, replaceRaw } from '../support/raw.ts';

const BUILDS = 10;
const READERS = 3;

/** What a reader that asks all marts should get, summed from the definitions alone. */
function expectedAnswer(version: number): Row {
  const built = marts(rawOf(eventsOf(version)));
  const sum = (rows: readonly (readonly unknown[])[], column: number) =>
    rows.reduce((total, row) => total + BigInt(String(row[column]).replace('.', '')), 0n);
  return [
    built.userEngagement.length,
    Number(sum(built.userEngagement, 4)),
    Number(sum(built.userEngagement, 9)),
    decimal(sum(built.userEngagement, 13)),
    built.firmUsageSummary.length,
    Number(sum(built.firmUsageSummary, 2)),
    built.dailyEventSummary.length,
    Number(sum(built.dailyEventSummary, 4)),
  ];
}

function decimal(scaled: bigint): string {
  const digits = scaled.toString().padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

/** An operation: it reads the pointer, then binds that version in a statement for each mart. */
async function operation(engine: Engine): Promise<{ version: number; answer: Row }> {
  const { version } = await readServedVersion(engine);
  const of = async (table: string, columns: ReturnType<typeof sql>) =>
    (
      await engine.read(
        statement(sql`
          select ${columns} from ${ident('mart', table)} as made where ${holdsAt('made', version)} /* reader */`),
      )
    )[0]!;
  const answer = [
    ...(await of(
      'user_engagement',
      sql`count(*), sum(num_queries)::bigint, sum(num_docs)::bigint, sum(engagement_score)`,
    )),
    ...(await of('firm_usage_summary', sql`count(*), sum(num_active_users)::bigint`)),
    ...(await of('daily_event_summary', sql`count(*), sum(num_docs)::bigint`)),
  ];
  return { version, answer };
}

const LOCKED_READERS = statement(sql`
  select query from pg_stat_activity
   where wait_event_type = 'Lock' and query like '%/* reader */%' and pid <> pg_backend_pid()`);

describeEngines('readers during builds', (fixture) => {
  it('get whole answers of the version that they name, and never wait for a lock', {
    timeout: 240_000,
  }, async () => {
    const { engine } = fixture;
    await upgrade(engine, quiet);
    const expected = new Map<number, Row>();
    const buildOne = async (version: number) => {
      expected.set(version, expectedAnswer(version));
      await replaceRaw(engine, rawOf(eventsOf(version)));
      expect((await build(engine, { progress: quiet })).version).toBe(version);
    };
    await buildOne(1);

    let building = true;
    const seen = new Map<number, number>();
    const read = async () => {
      while (building) {
        const { version, answer } = await operation(engine);
        expect(answer, `version ${version}`).toEqual(expected.get(version));
        seen.set(version, (seen.get(version) ?? 0) + 1);
      }
    };
    const watch = async () => {
      const locked: Row[] = [];
      while (building && engine.kind === 'postgres') locked.push(...(await engine.read(LOCKED_READERS)));
      return locked;
    };
    const buildAll = async () => {
      try {
        for (let version = 2; version <= BUILDS + 1; version++) await buildOne(version);
      } finally {
        building = false;
      }
    };
    const [locked] = await Promise.all([watch(), buildAll(), ...Array.from({ length: READERS }, read)]);
    expect(locked).toEqual([]);
    expect(seen.size).toBeGreaterThan(BUILDS / 2);
  });
});
