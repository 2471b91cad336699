import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine, Statement } from '../../src/database/engine.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { shownData } from '../golden/data.ts';
import { goldenRequests } from '../golden/requests.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines, type Fixture } from '../support/databases.ts';
import { signal } from '../support/engine.ts';
import { event, rawOf } from '../support/raw.ts';
import { serve } from '../support/serve.ts';

const MEGABYTE = 1 << 20;

/** An engine that notes the statements it reads, but for those of the version pointer. */
function noted(engine: Engine) {
  const statements: Statement[] = [];
  const gate = { open: async (): Promise<void> => undefined };
  const read: Engine['read'] = async (statement) => {
    if (/served_version/.test(statement.text)) return engine.read(statement);
    statements.push(statement);
    await gate.open();
    return engine.read(statement);
  };
  return { engine: { ...engine, read }, statements, gate };
}

/** Runs a suite over an API that keeps results, with the statements that it came to. */
function describeKept(
  fixture: Fixture,
  suite: (made: () => ReturnType<typeof noted> & { api: TestApi }) => void,
) {
  let made: ReturnType<typeof noted> & { api: TestApi };
  beforeAll(async () => {
    const over = noted(fixture.engine);
    made = { ...over, api: await openApi(over.engine, undefined, { resultCacheBytes: MEGABYTE }) };
  });
  afterAll(() => made?.api.close());
  suite(() => made);
}

describeEngines('answers of every kind', (fixture) => {
  /** Requests that are answered, on one page and by the calendar year. */
  const requests = goldenRequests().filter(
    ({ name, source }) => !/^refused|-refused$/.test(name) && !/FISCAL_YEAR_START|\$after/.test(source),
  );
  let plain: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    await importFiles(fixture.engine, shownData(), quiet);
    await build(fixture.engine, { progress: quiet });
    plain = await openApi(fixture.engine, undefined, { resultCacheBytes: 0 });
  });
  afterAll(() => plain?.close());

  describeKept(fixture, (made) => {
    it('are the same from memory, without a further statement; those before are prepared by name', async () => {
      expect(requests.length).toBeGreaterThan(40);
      for (const { name, source } of requests) {
        const asked = source.replace(/\bcacheHit\b/, '');
        const expected = await plain.ask(asked);
        const { api, statements } = made();
        expect(await api.ask(asked), name).toEqual(expected);
        expect(statements.filter((each) => each.name === undefined)).toEqual([]);
        statements.length = 0;
        expect(await api.ask(asked), name).toEqual(expected);
        expect(statements, name).toEqual([]);
      }
    });
  });
});

describeEngines('results in memory', (fixture) => {
  const rows = (users: number) =>
    rawOf(Array.from({ length: users }, (_, index) => event({ userId: `u${index}` })));
  const QUERY = '{ metrics(groupBy: [MONTH]) { rows { month activeUsers } meta { dataVersion cacheHit } } }';
  const shown = ({ metrics: { rows: found, meta } }: Data) => [
    found.map(({ activeUsers }: { activeUsers: number }) => activeUsers),
    meta.dataVersion,
    meta.cacheHit,
  ];

  beforeAll(() => serve(fixture.engine, rows(3)));

  describeKept(fixture, (made) => {
    it('are told by meta, and gone with the version', async () => {
      const ask = async () => shown(await made().api.ask(QUERY));
      expect(await ask()).toEqual([[3], 1, false]);
      expect(await ask()).toEqual([[3], 1, true]);
      await serve(fixture.engine, rows(5));
      expect(await ask()).toEqual([[5], 2, false]);
      expect(await ask()).toEqual([[5], 2, true]);
    });

    it('are not told where nothing was read', async () => {
      const { metrics } = await made().api.ask('{ metrics(groupBy: [MONTH]) { id meta { cacheHit } } }');
      expect(metrics.meta).toEqual({ cacheHit: false });
    });

    it('are read by one statement for all who ask at a time', async () => {
      const { api, statements, gate } = made();
      const open = signal();
      gate.open = () => open.promise;
      statements.length = 0;
      const asked = Array.from({ length: 10 }, () =>
        api.ask('{ metrics(groupBy: [USER], first: 1) { rows { numQueries } meta { cacheHit } } }'),
      );
      await expect.poll(() => statements.length).toBe(1);
      open.resolve();
      const answers = await Promise.all(asked);
      expect(answers.map(({ metrics }) => metrics.rows)).toEqual(Array(10).fill([{ numQueries: 1 }]));
      const hits = answers.filter(({ metrics }) => metrics.meta.cacheHit);
      expect([hits.length, statements.length]).toEqual([9, 1]);
    });

    it('are not left behind by a statement that failed', async () => {
      const { api, gate } = made();
      const query = '{ metrics(groupBy: [YEAR]) { rows { numQueries } } }';
      gate.open = async () => {
        throw new Error('canceling statement due to statement timeout');
      };
      await expect(api.ask(query)).rejects.toThrow('timeout');
      gate.open = async () => undefined;
      expect((await api.ask(query)).metrics.rows).toEqual([{ numQueries: 5 }]);
    });
  });
});
