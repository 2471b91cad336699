import { getIntrospectionQuery } from 'graphql';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Engine, Row } from '../../src/database/engine.ts';
import { type Server, startServer } from '../../src/http/server.ts';

/** A database without a build, which nothing below reads more of. */
const NO_BUILD: Row = [0, 0, null, null, null, null, null, null, null];
const engine = {
  read: async () => [NO_BUILD],
  listen: async () => async () => undefined,
} as unknown as Engine;

const open: Server[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

/** Asks a server of the real API that was started with an environment. */
async function ask(environment: Record<string, string>, query: string) {
  const server = await startServer(readConfig({ PORT: '0', ...environment }), engine, {
    log: pino({ level: 'silent' }),
  });
  open.push(server);
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as {
    data: Record<string, unknown>;
    errors?: { message: string; path: string[]; extensions: Record<string, unknown> }[];
  };
}

const EXPLAIN = '{ explain(query: "{ dataset { dataVersion } }") { sql } }';

describe('EXPLAIN', () => {
  it('is allowed where only this machine reaches the server', async () => {
    expect(await ask({}, EXPLAIN)).toEqual({ data: { explain: [] } });
  });

  it.each([{ HOST: '0.0.0.0' }, { EXPLAIN: 'false' }])('is refused with %j', async (environment) => {
    const { data, errors } = await ask(environment, EXPLAIN);
    expect(data).toEqual({ explain: null });
    expect(errors).toMatchObject([{ path: ['explain'], extensions: { code: 'FORBIDDEN' } }]);
  });

  it('can be allowed to all networks', async () => {
    expect(await ask({ HOST: '0.0.0.0', EXPLAIN: 'true' }, EXPLAIN)).toEqual({ data: { explain: [] } });
  });

  it('reports each mistake of the query given by itself', async () => {
    const { errors } = await ask({}, '{ explain(query: "{ datset { x } dataset { y } }") { sql } }');
    expect(errors!.map(({ path, extensions }) => [path, extensions.reason, extensions.path])).toEqual([
      [['explain'], 'UNKNOWN_FIELD', ['datset']],
      [['explain'], 'UNKNOWN_FIELD', ['dataset', 'y']],
    ]);
  });
});

describe('limits of operations', () => {
  it('refuse what is larger, with what there is and what may be', async () => {
    const query = '{ a: dataset { dataVersion } b: dataset { dataVersion } }';
    const { errors } = await ask({ MAX_DEPTH: '1', MAX_ROOT_FIELDS: '1', MAX_FIELDS: '3' }, query);
    const code = 'GRAPHQL_VALIDATION_FAILED';
    expect(errors!.map(({ extensions }) => extensions)).toEqual([
      { code, reason: 'TOO_DEEP', given: 2, limit: 1 },
      { code, reason: 'TOO_MANY_ROOT_FIELDS', given: 2, limit: 1 },
      { code, reason: 'TOO_MANY_FIELDS', given: 4, limit: 3 },
    ]);
  });

  it('let introspection pass, and the largest of questions', async () => {
    expect((await ask({}, getIntrospectionQuery())).errors).toBeUndefined();
    const panels = Array.from({ length: 50 }, (_, n) => `p${n}: dataset { dataVersion asOf }`);
    expect((await ask({}, `{ ${panels.join(' ')} }`)).errors).toBeUndefined();
  });
});

describe('FISCAL_YEAR_START', () => {
  it('is told by the catalogue', async () => {
    const query = '{ catalog { fiscalYearStart dimension(name: "year") { description } } }';
    const { data } = await ask({ FISCAL_YEAR_START: '10' }, query);
    expect(data.catalog).toEqual({
      fiscalYearStart: 10,
      dimension: { description: expect.stringMatching(/fiscal years, which begin in October\.$/) },
    });
  });

  it.each(['0', '13', 'April'])('cannot be %s', (value) => {
    expect(() => readConfig({ FISCAL_YEAR_START: value })).toThrow(/settings that cannot be used/);
  });
});

it('EXPLAIN is true or false', () => {
  expect(() => readConfig({ EXPLAIN: 'yes' })).toThrow(/settings that cannot be used/);
  expect(readConfig({ HOST: '::1' }).explain).toBe(true);
  expect(readConfig({ HOST: '10.0.0.7' }).explain).toBe(false);
});
