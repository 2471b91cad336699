import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Engine } from '../../src/database/engine.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { type Server as HttpServer, startServer as startHttp } from '../../src/http/server.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { event, rawOf, replaceRaw } from '../support/raw.ts';
import { type Server, startServer } from '../support/server.ts';

let database: Server;
let engine: Engine;
let http: HttpServer;

beforeAll(async () => {
  database = await startServer();
  engine = openPostgres({ url: database.url, poolSize: 4, readTimeoutMs: 30_000 });
  await upgrade(engine, quiet);
  await replaceRaw(engine, rawOf([event(), event({ userId: 'u2' })]));
  await build(engine, { progress: quiet });
  // What is in memory is answered for a while without the database, and here every request shall need it.
  const nothingKept = { RESULT_CACHE_MB: '0', RESPONSE_CACHE_MB: '0' };
  http = await startHttp(readConfig({ PORT: '0', LOG_LEVEL: 'silent', ...nothingKept }), engine);
});

afterAll(async () => {
  await http?.close();
  await engine?.close();
  await database?.stop();
});

/** What each kind of field answers: by the engine's compiler, by Prisma, by the pointer. */
const QUERIES = {
  metrics: '{ metrics(groupBy: [MONTH]) { rows { month numQueries } meta { dataVersion } } }',
  marts: '{ dailyActivity { rows { numQueries } } }',
  entities: '{ firms { rows { id } } }',
  users: '{ user(id: "u1") { id } }',
};

interface Told {
  readonly status: number;
  readonly data?: unknown;
  readonly codes: readonly unknown[];
}

async function ask(query: string): Promise<Told> {
  const response = await fetch(`${http.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const text = await response.text();
  expect(text).not.toMatch(/127\.0\.0\.1|ECONN|terminat/);
  const { data, errors = [] } = JSON.parse(text) as {
    data?: unknown;
    errors?: { extensions: { code: unknown } }[];
  };
  return { status: response.status, data, codes: errors.map(({ extensions }) => extensions.code) };
}

const askAll = async () =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(QUERIES).map(async ([name, query]) => [name, await ask(query)] as const),
    ),
  );
const probe = async (path: string) => (await fetch(`${http.url}${path}`)).status;

it('says that the database is away, and answers again when it is back', { timeout: 120_000 }, async () => {
  const before = await askAll();
  expect(before.metrics).toEqual({
    status: 200,
    data: { metrics: { rows: [{ month: '2024-01-01', numQueries: 2 }], meta: { dataVersion: 1 } } },
    codes: [],
  });
  expect(before.users!.data).toEqual({ user: { id: 'u1' } });

  await database.halt();
  for (const _ of ['at first', 'still']) {
    for (const [name, { status, codes }] of Object.entries(await askAll()))
      expect([name, status, codes]).toEqual([name, 503, ['SERVICE_UNAVAILABLE']]);
    expect([await probe('/health'), await probe('/ready')]).toEqual([200, 503]);
  }

  await database.resume();
  await expect.poll(() => probe('/ready')).toBe(200);
  expect(await askAll()).toEqual(before);
  const other = openPostgres({ url: database.url, poolSize: 1, readTimeoutMs: 30_000 });
  await build(other, { progress: quiet });
  await other.close();
  const version = async () => JSON.stringify((await ask(QUERIES.metrics)).data);
  await expect.poll(version, { timeout: 20_000 }).toContain('"dataVersion":2');
});

it('says so when the connection ends in the middle of a statement, and answers the next', async () => {
  const before = await ask(QUERIES.metrics);
  const admin = new pg.Client({ connectionString: database.url });
  await admin.connect();
  try {
    await admin.query('begin; lock table mart.user_engagement, mart.daily_event_summary, raw.events');
    const asked = ask(QUERIES.metrics);
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where wait_event_type = 'Lock'`;
    await expect.poll(async () => (await admin.query(end)).rowCount).toBe(1);
    expect(await asked).toMatchObject({ status: 503, codes: ['SERVICE_UNAVAILABLE'] });
  } finally {
    await admin.end();
  }
  expect(await ask(QUERIES.metrics)).toEqual(before);
});
