import { describe, expect, test } from 'vitest';
import { administer } from '../../support/administer.ts';
import { describeEngines, engines } from '../../support/databases.ts';
import { select, signal } from '../../support/engine.ts';

describeEngines('listen', (fixture) => {
  const notify = (channel: string, payload: string) =>
    fixture.engine.session((session) =>
      session.query(select('select pg_notify($1, $2)', [channel, payload])),
    );

  test('hears what is committed on its channel until it stops', async () => {
    const heard: string[] = [];
    let arrived = signal();
    const stop = await fixture.engine.listen('a_channel', (payload) => {
      heard.push(payload);
      arrived.resolve();
    });
    await notify('another_channel', 'no');
    await fixture.engine
      .session((session) =>
        session.transaction(async () => {
          await session.query(select(`select pg_notify('a_channel', 'rolled back')`));
          throw new Error('no');
        }),
      )
      .catch(() => undefined);
    await notify('a_channel', 'one');
    await arrived.promise;
    arrived = signal();
    await notify('a_channel', 'two');
    await arrived.promise;
    await stop();
    await notify('a_channel', 'three');
    await fixture.engine.read(select('select 1'));
    expect(heard).toEqual(['one', 'two']);
  });
});

describe('listen (postgres)', () => {
  test('connects again after its connection was ended', async () => {
    const database = await engines.find(({ name }) => name === 'postgres')!.create();
    const engine = await database.open();
    const url = database.env.DATABASE_URL!;
    let heard = signal<string>();
    const stop = await engine.listen('persistent', (payload) => heard.resolve(payload));
    for (const round of ['first', 'second']) {
      heard = signal();
      const { rowCount } = await administer(
        url,
        `select pg_terminate_backend(pid, 5000) from pg_stat_activity
          where query = 'listen "persistent"' and datname = current_database()`,
      );
      expect(rowCount).toBe(1);
      await listening(url);
      await administer(url, `notify persistent, '${round}'`);
      expect(await heard.promise).toBe(round);
    }
    await stop();
    await database.drop();
  });

  /** Waits until some connection listens again. */
  async function listening(url: string): Promise<void> {
    const text = `select 1 from pg_stat_activity
                   where query = 'listen "persistent"' and state = 'idle' and datname = current_database()`;
    while ((await administer(url, text)).rowCount === 0);
  }
});
