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

  onPostgres('wait for what is left of a build whose leader is gone', async () => {
    const notes: string[] = [];
    const late = (session: Session, name: string) =>
      session.execute(statement(sql`create unlogged table ${workingTable(name)} as select 1 as one`));
    let next: Promise<unknown> | undefined;
    await fixture.engine.exclusive(async (leader) => {
      const [row] = await leader.query(statement(sql`select pg_backend_pid()`));
      await withWorking(leader, quiet, () =>
        Lanes.over(fixture.engine, leader, quiet, (lanes) =>
          lanes.turn().read('Left', async (session) => {
            await late(session, 'touched_user_id');
            await session.query(statement(sql`select pg_terminate_backend(${row![0] as number}, 5000)`));
            const progress = { ...quiet, note: (line: string) => notes.push(line) };
            next = build(fixture.engine, { progress, rollups, full: true });
            await expect
              .poll(() => notes)
              .toEqual(['Waiting for what is left of an interrupted build to end.']);
            await late(session, 'fresh_users_0');
          }),
        ),
      );
    });
    await next;
    expect(await ask(working)).toEqual([[0]]);
  });

  onPostgres('end while a dump reads what they worked with, which goes with the next build', async () => {
    const table = workingTable('dumped');
    await fixture.engine.session((dump) =>
      dump.transaction(() =>
        fixture.engine.exclusive((leader) =>
          withWorking(leader, quiet, async () => {
            await leader.execute(statement(sql`create unlogged table ${table} as select 1 as one`));
            await dump.query(statement(sql`select * from ${table}`));
          }),
        ),
      ),
    );
    expect(await ask(working)).toEqual([[1]]);
    await build(fixture.engine, { progress: quiet, rollups });
    expect(await ask(working)).toEqual([[0]]);
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
