import { describe, expect, it } from 'vitest';
import type { Row, Statement } from '../../../src/database/engine.ts';
import type { ServedVersion } from '../../../src/database/version.ts';
import { Reader } from '../../../src/query/reading/reader.ts';
import { ResultCache, sizeOf } from '../../../src/query/reading/result-cache.ts';

/** Counts what is read; each read is answered by the test. */
function reads() {
  const waiting: { resolve: (value: object) => void; reject: (error: Error) => void }[] = [];
  const load = () => new Promise<object>((resolve, reject) => waiting.push({ resolve, reject }));
  return { waiting, load };
}

const value = (text: string) => ({ text });

describe('a result', () => {
  it('is read once, and then comes from memory', async () => {
    const cache = new ResultCache(10_000);
    const { waiting, load } = reads();
    const asked = cache.get('key', load);
    waiting[0]!.resolve(value('rows'));
    expect(await asked).toEqual({ value: value('rows'), isHit: false });
    expect(await cache.get('key', load)).toEqual({ value: value('rows'), isHit: true });
    expect(waiting).toHaveLength(1);
  });

  it('is read once for all who ask for it at a time', async () => {
    const cache = new ResultCache(10_000);
    const { waiting, load } = reads();
    const asked = [cache.get('key', load), cache.get('key', load), cache.get('key', load)];
    expect(waiting).toHaveLength(1);
    waiting[0]!.resolve(value('rows'));
    expect((await Promise.all(asked)).map(({ isHit }) => isHit)).toEqual([false, true, true]);
  });

  it('that cannot be read is not kept', async () => {
    const cache = new ResultCache(10_000);
    const { waiting, load } = reads();
    const failing = cache.get('key', load);
    waiting[0]!.reject(new Error('timed out'));
    await expect(failing).rejects.toThrow('timed out');
    const asked = cache.get('key', load);
    waiting[1]!.resolve(value('rows'));
    expect(await asked).toEqual({ value: value('rows'), isHit: false });
  });

  it('whose read fails is read once more for those who waited, together', async () => {
    const cache = new ResultCache(10_000);
    const { waiting, load } = reads();
    const first = cache.get('key', load);
    const others = [cache.get('key', load), cache.get('key', load)];
    waiting[0]!.reject(new Error('timed out'));
    await expect(first).rejects.toThrow('timed out');
    await expect.poll(() => waiting.length).toBe(2);
    waiting[1]!.resolve(value('rows'));
    expect((await Promise.all(others)).map((each) => each.value)).toEqual([value('rows'), value('rows')]);
    expect(waiting).toHaveLength(2);
  });

  it('goes when others need the room, the least recently used first', async () => {
    const text = 'x'.repeat(1_000);
    const cache = new ResultCache(3 * (sizeOf(value(text)) + 300));
    const ask = (key: string) => cache.get(key, async () => value(text));
    for (const key of ['a', 'b', 'c', 'a', 'd']) await ask(key);
    const hits = async (key: string) => (await ask(key)).isHit;
    expect([await hits('a'), await hits('c'), await hits('d'), await hits('b')]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('that is larger than all the room is given and not kept', async () => {
    const cache = new ResultCache(1_000);
    const ask = () => cache.get('key', async () => value('x'.repeat(10_000)));
    expect([(await ask()).isHit, (await ask()).isHit]).toEqual([false, false]);
  });

  it('is read each time where there is no room at all', async () => {
    const cache = new ResultCache(0);
    const { waiting, load } = reads();
    const asked = [cache.get('key', load), cache.get('key', load)];
    for (const { resolve } of waiting) resolve(value('rows'));
    expect((await Promise.all(asked)).map(({ isHit }) => isHit)).toEqual([false, false]);
  });
});

describe('a statement', () => {
  const served = (version: number, publishedAt = '2024-07-01T00:00:00Z') =>
    ({ version, oldestVersion: 1, record: { publishedAt } }) as ServedVersion;
  const run: Statement[] = [];
  const engine = {
    read: async (statement: Statement): Promise<Row[]> => {
      run.push(statement);
      return [[run.length]];
    },
  };
  const results = new ResultCache(100_000);
  const ask = async (version: ServedVersion, scope: string, statement: Statement) =>
    (await new Reader(engine, results, version, scope).read(statement)).value[0]![0];

  it('is answered alike where version, scope, text and values are the same, and by itself otherwise', async () => {
    const one: Statement = { name: 'a', text: 'select $1', values: [1] };
    const answers = [
      await ask(served(7), '', one),
      await ask(served(7), '', { ...one }),
      await ask(served(8), '', one),
      await ask(served(7, '2024-07-02T00:00:00Z'), '', one),
      await ask(served(7), 'some', one),
      await ask(served(7), '', { ...one, values: [2] }),
      await ask(served(7), '', { ...one, values: ['1', null] }),
      await ask(served(7), '', { ...one, values: [[1]] }),
      await ask(served(7), '', { ...one, values: [10n] }),
      await ask(served(7), '', { name: 'b', text: 'select $1', values: [1] }),
      await ask(served(7), '', { text: 'select $1', values: [1] }),
      await ask(served(7), '', one),
    ];
    expect(answers).toEqual([1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1]);
  });
});

describe('the size of a result', () => {
  it('counts every cell, and is never less than what its text takes', () => {
    const rows = Array.from({ length: 100 }, (_, index) => ['2024-01-01', index, null, { text: 'ä' }]);
    expect(sizeOf(rows)).toBeGreaterThan(Buffer.byteLength(JSON.stringify(rows)));
    expect(sizeOf([...rows, ...rows])).toBe(2 * sizeOf(rows) - sizeOf([]));
  });
});
