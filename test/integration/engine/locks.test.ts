import { expect, test } from 'vitest';
import { describeEngines } from '../../support/databases.ts';
import { select, signal } from '../../support/engine.ts';

describeEngines('exclusive', (fixture) => {
  test('lets one in at a time and tells the others that they wait', async () => {
    const [first, end] = [signal(), signal()];
    const order: string[] = [];
    const one = fixture.engine.exclusive(async () => {
      first.resolve();
      await end.promise;
      order.push('one');
    });
    await first.promise;
    const waits = signal();
    const two = fixture.engine.exclusive(async () => order.push('two'), waits.resolve);
    await waits.promise;
    expect(order).toEqual([]);
    end.resolve();
    await Promise.all([one, two]);
    expect(order).toEqual(['one', 'two']);
  });

  test('lets the next in after one that failed', async () => {
    const failing = fixture.engine.exclusive(async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await fixture.engine.exclusive(async () => 'in')).toBe('in');
  });

  test('keeps out a session that takes the lock part way, and reads go on', async () => {
    const [locked, end, waits] = [signal(), signal(), signal()];
    const holding = fixture.engine.session(async (session) => {
      await session.lock();
      locked.resolve();
      await end.promise;
    });
    await locked.promise;
    let entered = false;
    const next = fixture.engine.exclusive(async () => {
      entered = true;
    }, waits.resolve);
    await waits.promise;
    await fixture.engine.read(select('select 1'));
    expect(entered).toBe(false);
    end.resolve();
    await Promise.all([holding, next]);
    expect(entered).toBe(true);
  });
});
