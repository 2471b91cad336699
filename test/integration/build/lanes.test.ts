import { beforeAll, expect, it } from 'vitest';
import type { Session } from '../../../src/database/engine.ts';
import { type Sql, sql, statement } from '../../../src/database/sql.ts';
import { readServedVersion } from '../../../src/database/version.ts';
import { workingTable } from '../../../src/database/working.ts';
import { build } from '../../../src/pipeline/build/build.ts';
import { Lanes } from '../../../src/pipeline/build/lanes.ts';
import { withWorking } from '../../../src/pipeline/build/working.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { marts } from '../../oracle/marts.ts';
import { describeEngines } from '../../support/databases.ts';
import { servedMarts } from '../../support/marts.ts';
import { event, rawOf, replaceRaw } from '../../support/raw.ts';
import { rollups } from '../../support/rollups.ts';

const RAW = rawOf([event(), event({ userId: 'u2', numDocs: 3 })]);

describeEngines('the connections of a build', (fixture) => {
  const onPostgres = it.runIf(fixture.name === 'postgres');
  const ask = (fragment: Sql) => fixture.engine.read(statement(fragment));
  const working = sql`
    select count(*) from pg_class as class
      join pg_namespace as namespace on namespace.oid = relnamespace where nspname = 'metricgraph_working'`;

  beforeAll(() => upgrade(fixture.engine, quiet));

  it('leave nothing of what they worked with', async () => {
    await replaceRaw(fixture.engine, RAW);
    await build(fixture.engine, { progress: quiet, rollups });
    expect(await ask(working)).toEqual([[0]]);
  });

  onPostgres('wait for one of a build that is gone, and drop what it made', async () => {
    const waits = sql`
      select count(*) from pg_locks where not granted and locktype = 'object'
         and database = (select oid from pg_database where datname = current_database())`;
    await fixture.engine.exclusive(async (leader) => {
      let next: Promise<void> | undefined;
      await withWorking(leader, () =>
        fixture.engine.session((gone) =>
          gone.transaction(async () => {
            await gone.execute(
              statement(sql`create unlogged table ${workingTable('late')} as select 1 as one`),
            );
            next = fixture.engine.session((session) => withWorking(session, async () => undefined));
            await expect.poll(async () => (await ask(waits))[0]).toEqual([1]);
          }),
        ),
      );
      await next;
    });
    expect(await ask(working)).toEqual([[0]]);
  });

  onPostgres('begin nothing more once the one with the lock is gone', async () => {
    const done: string[] = [];
    const failing = fixture.engine.exclusive(async (leader) => {
      const [row] = await leader.query(statement(sql`select pg_backend_pid()`));
      const end = sql`select pg_terminate_backend(${row![0] as number}, 5000)`;
      await Lanes.over(fixture.engine, leader, quiet, async (lanes) => {
        await lanes.turn().read('Last', (session) => session.query(statement(end)));
        await lanes.turn().read('More', async () => done.push('more'));
      });
    });
    await expect(failing).rejects.toThrow('The connection with the write lock was lost');
    expect(done).toEqual([]);
  });

  onPostgres('fail together, and leave what is served as it is', async () => {
    await replaceRaw(fixture.engine, RAW);
    await build(fixture.engine, { progress: quiet, rollups });
    const { version } = await readServedVersion(fixture.engine);
    await replaceRaw(fixture.engine, rawOf([event({ numDocs: 7 })]));
    const engine = { ...fixture.engine, session: loses(fixture.engine.session) };
    await expect(build(engine, { progress: quiet, rollups, full: true })).rejects.toThrow(/terminat/);
    expect(await readServedVersion(fixture.engine)).toMatchObject({ version });
    expect(await servedMarts(fixture.engine)).toEqual(marts(RAW));
    await build(fixture.engine, { progress: quiet, rollups });
    expect(await servedMarts(fixture.engine)).toEqual(marts(rawOf([event({ numDocs: 7 })])));
  });

  /** Lends a connection that is gone at its third statement. */
  function loses(lend: typeof fixture.engine.session): typeof fixture.engine.session {
    return (work) =>
      lend((session) => {
        let left = 3;
        const execute: Session['execute'] = async (own) => {
          left -= 1;
          if (left === 0) await session.query(statement(sql`select pg_terminate_backend(pg_backend_pid())`));
          return session.execute(own);
        };
        return work({ ...session, execute });
      });
  }
});
