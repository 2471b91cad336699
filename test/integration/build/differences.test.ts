import { beforeAll, beforeEach, expect, it } from 'vitest';
import { ident, type Sql, sql, statement } from '../../../src/database/sql.ts';
import { OPEN_VERSION } from '../../../src/database/version.ts';
import { build } from '../../../src/pipeline/build/build.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { describeEngines } from '../../support/databases.ts';
import { event, firm, rawOf, replaceRaw } from '../../support/raw.ts';
import { rollups } from '../../support/rollups.ts';

const JANUARY = '2024-01-15T10:00:00';
const FEBRUARY = '2024-02-10T09:00:00';
const NEXT_YEAR = '2025-03-01T00:00:00';

/** Three users, two firms, three months and two years. */
const EVENTS = [
  event({ userId: 'u1', created: JANUARY, numDocs: 4 }),
  event({ userId: 'u2', created: JANUARY, numDocs: 9 }),
  event({ userId: 'u1', created: FEBRUARY, numDocs: 5 }),
  event({ userId: 'u3', created: FEBRUARY, firmId: 2, numDocs: 1 }),
  event({ userId: 'u1', created: NEXT_YEAR, numDocs: 6 }),
  event({ userId: 'u2', created: NEXT_YEAR, numDocs: 3 }),
];
const RAW = { ...rawOf(EVENTS), firms: [firm({ id: 1 }), firm({ id: 2, firmSize: 60 })] };

describeEngines('counts that a build changes by what changed', (fixture) => {
  /** Each engine runs the same statements; the slower one shows with some that it does. */
  const onPostgres = it.runIf(fixture.name === 'postgres');
  const run = (fragment: Sql) => fixture.engine.exclusive((session) => session.execute(statement(fragment)));
  const next = sql`(select version + 1 from mart.served_version)`;

  beforeAll(() => upgrade(fixture.engine, quiet));
  beforeEach(async () => {
    await replaceRaw(fixture.engine, RAW);
    await build(fixture.engine, { progress: quiet, rollups, full: true });
  });

  /** What an import of today would bring in. */
  const add = (userId: string, firmId: number, created: string) =>
    run(sql`
      insert into raw.events
        (user_id, created, firm_id, event_type, num_docs, feedback_score, batch_id, since_version)
      values (${userId}, ${created}::timestamp, ${firmId}, 'ASSISTANT', 2, 5, 1, ${next})`);

  /** What an undone import takes out. */
  const remove = (only: Sql) =>
    run(sql`
      update raw.events set until_version = ${next} where until_version = ${OPEN_VERSION} and ${only}`);

  /** The rows of a level of a cube after a build of what changed, which leaves nothing to a full one. */
  const built = async (level: string, columns: Sql) => {
    const options = { progress: quiet, rollups, allowErrors: true };
    await build(fixture.engine, options);
    const table = rollups.tables.find(({ levels }) => [...levels.values()].includes(level))!;
    const [place] = [...table.levels].find(([, name]) => name === level)!;
    const rows = await fixture.engine.read(
      statement(sql`
        select ${columns} from ${ident('rollup', table.name)}
         where level = ${place} and until_version = ${OPEN_VERSION} order by 1`),
    );
    const { changedRows } = await build(fixture.engine, { ...options, full: true });
    const wrong = Object.entries(changedRows).filter(([, { closed, inserted }]) => closed + inserted > 0);
    expect(wrong).toEqual([]);
    return rows;
  };

  it('count a user no more who leaves the last row of a group, and the group goes', async () => {
    await remove(sql`user_id = 'u3'`);
    const rows = await built('queries_cube (all time, firm)', sql`firm_id, active_users`);
    expect(rows).toEqual([[1, 2]]);
  });

  onPostgres('keep a user who leaves one of two rows of a group', async () => {
    await remove(sql`user_id = 'u1' and created = ${FEBRUARY}::timestamp`);
    const rows = await built('queries_cube (year)', sql`period, active_users, num_queries`);
    expect(rows).toEqual([
      ['2024-01-01', 3, 3],
      ['2025-01-01', 2, 2],
    ]);
  });

  onPostgres('count a user once who is active in two firms', async () => {
    await add('u1', 2, JANUARY);
    expect(await built('queries_cube (year, firm)', sql`period, firm_id, active_users`)).toEqual(
      expect.arrayContaining([
        ['2024-01-01', 1, 2],
        ['2024-01-01', 2, 2],
      ]),
    );
    const [all] = await built('queries_cube (all time)', sql`active_users, active_firms, active_days`);
    expect(all).toEqual([3, 2, 3]);
  });

  it('follow a new title to all time', async () => {
    await run(sql`update raw.users set title = 'PARTNER' where id = 'u1'`);
    expect(await built('queries_cube (all time, title)', sql`title::text, active_users, num_docs`)).toEqual([
      ['ASSOCIATE', 2, '13'],
      ['PARTNER', 1, '15'],
    ]);
  });

  onPostgres('count under no title who is known no more', async () => {
    await run(sql`delete from raw.users where id = 'u2'`);
    expect(await built('queries_cube (all time, title)', sql`title::text, active_users, max_docs`)).toEqual([
      ['ASSOCIATE', 2, '6'],
      [null, 1, '9'],
    ]);
  });

  onPostgres('stay as they are when an attribute of a firm changes', async () => {
    await run(sql`update raw.firms set firm_size = 500 where id = 2`);
    const rows = await built('user_months_cube (all time, firm)', sql`firm, engagement_score_count`);
    expect(rows).toEqual([
      [1, 5],
      [2, 1],
    ]);
  });

  it('follow an undone import that empties a month', async () => {
    await remove(sql`created = ${FEBRUARY}::timestamp`);
    expect(await built('queries_cube (quarter)', sql`period, active_users, min_docs, max_docs`)).toEqual([
      ['2024-01-01', 2, '4', '9'],
      ['2025-01-01', 2, '3', '6'],
    ]);
  });

  onPostgres('find the next extreme when its row goes', async () => {
    await remove(sql`num_docs in (1, 9)`);
    const rows = await built('queries_cube (all time)', sql`min_docs, max_docs, active_users`);
    expect(rows).toEqual([['3', '6', 2]]);
  });

  onPostgres('follow who is highly engaged, though others brought it about', async () => {
    const level = 'user_months_cube (all time)';
    expect(await built(level, sql`high_users, power_users`)).toEqual([[2, 0]]);
    for (let more = 0; more < 2; more++) await add('u1', 1, JANUARY);
    expect(await built(level, sql`high_users, power_users`)).toEqual([[1, 0]]);
  });

  onPostgres('are made anew where most users have changed', async () => {
    const many = Array.from({ length: 1_200 }, (_, number) => event({ userId: `many${number}` }));
    await replaceRaw(fixture.engine, rawOf([...many, ...EVENTS]));
    await build(fixture.engine, { progress: quiet, rollups, full: true });
    await run(sql`update raw.users set title = 'PARTNER' where id like 'many%'`);
    expect(await built('queries_cube (all time, title)', sql`title::text, active_users`)).toEqual([
      ['ASSOCIATE', 3],
      ['PARTNER', 1_200],
    ]);
  });

  onPostgres('begin with the first rows of a period', async () => {
    await add('u1', 1, '2026-01-01T00:00:00');
    await add('u4', 3, '2026-01-01T00:00:00');
    expect(await built('queries_cube (year, firm)', sql`period, firm_id, active_users`)).toEqual(
      expect.arrayContaining([
        ['2026-01-01', 1, 1],
        ['2026-01-01', 3, 1],
      ]),
    );
  });

  onPostgres('begin with the first events of all', async () => {
    await replaceRaw(fixture.engine, rawOf([]));
    await build(fixture.engine, { progress: quiet, rollups });
    await add('u1', 1, JANUARY);
    expect(await built('queries_cube (all time)', sql`active_users, num_queries`)).toEqual([[1, 1]]);
  });
});
