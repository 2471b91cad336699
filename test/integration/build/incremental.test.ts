import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Sql, sql, statement } from '../../../src/database/sql.ts';
import { build } from '../../../src/pipeline/build/build.ts';
import { BuildFailedError } from '../../../src/pipeline/build/failed.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { marts } from '../../oracle/marts.ts';
import { describeEngines } from '../../support/databases.ts';
import { servedMarts } from '../../support/marts.ts';
import { event, rawOf, replaceRaw, user } from '../../support/raw.ts';
import { rollups } from '../../support/rollups.ts';

const options = { progress: quiet, rollups };
const january = [event(), event({ userId: 'u2', firmId: 2 })];
const february = january.map((each) => ({ ...each, created: '2024-02-10T09:00:00' }));
const march = january.map((each) => ({ ...each, created: '2024-03-31T23:59:59.999999' }));
const RAW = rawOf([...january, ...february, ...march]);

describeEngines('a build of what has changed', (fixture) => {
  const run = (fragment: Sql) => fixture.engine.exclusive((session) => session.execute(statement(fragment)));
  const changed = async (full = false) => (await build(fixture.engine, { ...options, full })).changedRows;

  /** A build of everything finds all as it should be. */
  const expectNothingLeft = async () => {
    const rows = Object.values(await changed(true));
    expect(rows.filter(({ closed, inserted }) => closed + inserted > 0)).toEqual([]);
  };

  beforeAll(() => upgrade(fixture.engine, quiet));
  beforeEach(async () => {
    await replaceRaw(fixture.engine, RAW);
    await build(fixture.engine, { ...options, full: true });
  });

  /** An event that an import of today would bring in. */
  const add = (created: string, userId = 'u1') =>
    run(sql`
    insert into raw.events
      (user_id, created, firm_id, event_type, num_docs, feedback_score, batch_id, since_version)
    select ${userId}::text, ${created}::timestamp, 1, 'VAULT', 2, 5, 1, version + 1 from mart.served_version`);

  it('looks at no other months than those with other events', async () => {
    // What is wrong elsewhere stays so until everything is built.
    await run(sql`update mart.user_engagement set num_docs = 99 where activity_month = '2024-01-01'`);
    await run(sql`update mart.daily_event_summary set num_docs = 99 where event_date = '2024-01-15'`);
    await add('2024-03-01T00:00:00');
    const { changedRows } = await build(fixture.engine, { ...options, allowErrors: true });
    expect(changedRows).toMatchObject({
      user_firm_months: { closed: 1, inserted: 1 },
      user_movements: { closed: 0, inserted: 0 },
      firm_usage_summary: { closed: 1, inserted: 1 },
      daily_event_summary: { closed: 0, inserted: 1 },
    });
    const wrong = await fixture.engine.read(
      statement(
        sql`select count(*) from mart.user_engagement where num_docs = 99 and until_version = 2147483647`,
      ),
    );
    expect(wrong).toEqual([[2]]);
    expect((await changed(true)).user_engagement).toEqual({ closed: 2, inserted: 2 });
  });

  it('follows a month that ends up without events, to the month after it and the year', async () => {
    await replaceRaw(fixture.engine, rawOf([...january, ...march]));
    await build(fixture.engine, options);
    expect(await servedMarts(fixture.engine)).toEqual(marts(rawOf([...january, ...march])));
    await expectNothingLeft();
  });

  it('follows what changed in an old month beside what is new, each of other users', async () => {
    // Without a January, February has the first event of u2.
    await run(sql`
      update raw.events set until_version = (select version + 1 from mart.served_version)
       where user_id = 'u2' and created < '2024-02-01' and until_version = 2147483647`);
    await add('2024-04-05T12:00:00');
    await build(fixture.engine, options);
    const april = event({
      ...{ created: '2024-04-05T12:00:00', eventType: 'VAULT', numDocs: 2, feedbackScore: 5 },
    });
    const left = [january[0]!, ...february, ...march, april];
    expect(await servedMarts(fixture.engine)).toEqual(marts(rawOf(left)));
    await expectNothingLeft();
  });

  it('follows a new title to every period of the user', async () => {
    const raw = { ...RAW, users: [user({ id: 'u1', title: 'PARTNER' }), ...RAW.users.slice(1)] };
    await run(sql`update raw.users set title = 'PARTNER' where id = 'u1'`);
    const rows = await changed();
    const cube = Object.entries(rows).find(([name]) => name.startsWith('queries_cube'))![1];
    expect(cube.closed).toBeGreaterThan(0);
    expect(rows.user_engagement).toEqual({ closed: 0, inserted: 0 });
    expect(await servedMarts(fixture.engine)).toEqual(marts(raw));
    await expectNothingLeft();
  });

  /** A movement of January that is there twice: no build mends it, since it is as it should be. */
  const repeatMovement = (user: string) =>
    run(sql`
      insert into mart.user_movements (user_id, movement_month, firm_id, side, movement, since_version)
      select user_id, movement_month, firm_id, side, movement, 0 from mart.user_movements
       where user_id = ${user} and movement_month = '2024-01-01' and until_version = 2147483647`);
  afterEach(() => run(sql`delete from mart.user_movements where since_version = 0`));
  const REPEATED = ['marts_have_one_row_per_key', 'user_movements_reconcile'];
  const failing = async (full = false) => {
    const failed = await build(fixture.engine, { ...options, full }).catch((error) => error);
    expect(failed).toBeInstanceOf(BuildFailedError);
    return failed.failed.map(({ name }: { name: string }) => name);
  };

  it('is not published with an error in what it touched', async () => {
    await repeatMovement('u1');
    await add('2024-03-01T00:00:00');
    expect(await failing()).toEqual(REPEATED);
  });

  it('leaves an error in what it did not touch to a build of everything', async () => {
    await repeatMovement('u2');
    await add('2024-03-01T00:00:00');
    expect((await build(fixture.engine, options)).findings.map(({ name }) => name)).not.toContain(
      REPEATED[0],
    );
    expect(await failing(true)).toEqual(REPEATED);
  });

  it('tells of the errors that were allowed before, wherever they are', async () => {
    await add('2024-01-20T00:00:00', 'nobody');
    const allowed = { ...options, allowErrors: true };
    await build(fixture.engine, allowed);
    const told = async () => {
      const { findings } = await build(fixture.engine, allowed);
      return findings.find(({ name }) => name === 'events_have_users')?.sample;
    };
    await add('2024-03-01T00:00:00');
    expect(await told()).toEqual([{ user_id: 'nobody', events: 1 }]);
    await add('2024-03-02T00:00:00', 'nobody');
    expect(await told()).toEqual([{ user_id: 'nobody', events: 2 }]);
    await run(sql`
      update raw.events set until_version = (select version + 1 from mart.served_version)
       where user_id = 'nobody' and until_version = 2147483647`);
    expect(await told()).toBeUndefined();
  });
});
