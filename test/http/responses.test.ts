import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { ResponseCache } from '../../src/http/response-cache.ts';
import { startStub } from './stub.ts';

let server: Awaited<ReturnType<typeof startStub>>;

beforeEach(async () => {
  server = await startStub();
});

afterEach(() => server.close());

const JSON_BODY = { 'content-type': 'application/json' };
const PREFLIGHT = { 'apollo-require-preflight': 'true' };

const post = (body: object, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { ...JSON_BODY, ...headers },
    body: JSON.stringify(body),
  });
const get = (parameters: Record<string, string>, headers: Record<string, string> = PREFLIGHT) =>
  fetch(`${server.url}/graphql?${new URLSearchParams(parameters)}`, { headers });
const runs = () => server.steering.waiting;
const QUERY = 'query A { slow } query B($x: Boolean = true) { b: slow @include(if: $x) }';

describe('an answer', () => {
  it('is run once for all who ask the same of the same data', async () => {
    const bodies = [];
    for (const _ of [1, 2, 3]) bodies.push(await (await post({ query: '{ slow }' })).text());
    expect([runs(), new Set(bodies).size]).toEqual([1, 1]);
    server.steering.versions = [8];
    expect(await (await post({ query: '{ slow }' })).json()).toEqual({ data: { slow: 8 } });
  });

  it('is of its document, operation and variables', async () => {
    const asked = [
      { query: QUERY, operationName: 'A' },
      { query: QUERY, operationName: 'B' },
      { query: QUERY, operationName: 'B', variables: { x: false } },
      { query: QUERY, operationName: 'B', variables: { x: true } },
      { query: '{ slow }' },
      { query: '{ slow } ' },
    ];
    const ask = async () => Promise.all(asked.map(async (each) => (await post(each)).json()));
    const first = await ask();
    expect(first).toEqual([
      { data: { slow: 7 } },
      { data: { b: 7 } },
      { data: {} },
      { data: { b: 7 } },
      ...[1, 2].map(() => ({ data: { slow: 7 } })),
    ]);
    expect([await ask(), runs()]).toEqual([first, 5]);
  });

  it.each([
    ['with an error', '{ slow refused }'],
    ['that would not be the same again', '{ slow fleeting }'],
    ['of a mutation', 'mutation { change }'],
  ])('%s is not kept', async (_, query) => {
    const counts = [];
    for (const _ of [1, 2]) {
      await post({ query });
      counts.push(runs());
    }
    expect(counts).toEqual([1, 2]);
  });

  it('is kept under the version that it is of in the end', async () => {
    Object.assign(server.steering, { versions: [7, 8, 7], cleared: 1 });
    expect(await (await post({ query: '{ slow }' })).json()).toEqual({ data: { slow: 8 } });
    expect(await (await post({ query: '{ slow }' })).json()).toEqual({ data: { slow: 7 } });
    server.steering.versions = [8];
    expect(await (await post({ query: '{ slow }' })).json()).toEqual({ data: { slow: 8 } });
    expect(runs()).toBe(3);
  });

  it('is in the media type that is accepted, and refused where none is', async () => {
    const type = async (accept: string) => {
      const response = await post({ query: '{ slow }' }, { accept });
      return [response.status, response.headers.get('content-type')];
    };
    for (const _ of ['run', 'kept']) {
      expect(await type('*/*')).toEqual([200, 'application/json; charset=utf-8']);
      expect(await type('application/graphql-response+json')).toEqual([
        200,
        'application/graphql-response+json; charset=utf-8',
      ]);
      expect((await type('image/png'))[0]).toBe(406);
    }
  });

  it('is still refused to a page that browsers did not ask for', async () => {
    expect((await get({ query: '{ slow }' })).status).toBe(200);
    expect((await get({ query: '{ slow }' }, {})).status).toBe(400);
    expect((await get({ query: '{ slow }' }, { 'apollo-require-preflight': '' })).status).toBe(400);
    expect((await get({ query: '{ slow }' }, { 'content-type': 'text/plain' })).status).toBe(400);
  });

  it('is run each time where none is kept', async () => {
    await server.close();
    server = await startStub({ RESPONSE_CACHE_MB: '0' });
    for (const _ of [1, 2]) await post({ query: '{ slow }' });
    expect(runs()).toBe(2);
    const { headers } = await get({ query: '{ slow }' });
    const again = await get({ query: '{ slow }' }, { ...PREFLIGHT, 'if-none-match': headers.get('etag')! });
    expect([again.status, runs()]).toEqual([304, 4]);
  });

  it('is the same with errors, of what was asked without any before, and run once', async () => {
    await server.close();
    server = await startStub({ RESPONSE_CACHE_MB: '0' });
    const query =
      'query ($x: Boolean = false, $d: Int) { slow refused @include(if: $x) version(at: {day: $d}) }';
    const fresh = async (variables: unknown) =>
      (await post({ query: `${query} `, variables }, { accept: '*/*' })).text();
    const asked = [{}, { x: true }, { d: 'no day' }, { x: null }, null, [], 'text', { x: true }];
    const statuses = [];
    for (const variables of asked) {
      const before = runs();
      const known = await post({ query, variables });
      const between = runs();
      const expected = await fresh(variables);
      expect(await known.text()).toBe(expected);
      expect(between - before).toBe(runs() - between);
      statuses.push(known.status);
    }
    expect(statuses.filter((each) => each === 200).length).toBeGreaterThan(3);
  });

  it('is not taken for that of a number too large for JSON', async () => {
    const ask = (x: string) =>
      fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: JSON_BODY,
        body: `{"query": "query ($x: Int) { slow version(at: {day: $x}) }", "variables": {"x": ${x}}}`,
      });
    expect((await ask('null')).status).toBe(200);
    expect(await (await ask('1e400')).json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
    });
  });
});

describe('a request that is nested too deep', () => {
  it.each(['variables', 'extensions', 'operationName'])('in its %s is refused as such', async (part) => {
    const deep = '['.repeat(20_000) + ']'.repeat(20_000);
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: JSON_BODY,
      body: `{"query": "{ slow }", "${part}": {"a": ${deep}}}`,
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      {
        errors: [
          { message: expect.stringContaining('nested too deep'), extensions: { code: 'BAD_REQUEST' } },
        ],
      },
    ]);
    expect(server.steering.logged.filter(({ level }) => level >= 50)).toEqual([]);
  });
});

describe('a copy that a client keeps', () => {
  it('is asked about each time, and answered with 304 while it holds', async () => {
    const first = await get({ query: '{ slow }' });
    const etag = first.headers.get('etag')!;
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    expect(first.headers.get('vary')).toMatch(/accept$/);
    for (const copies of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const again = await get({ query: '{ slow }' }, { ...PREFLIGHT, 'if-none-match': copies });
      expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
      expect(again.headers.get('cache-control')).toBe('private, no-cache');
    }
    server.steering.versions = [8];
    const newer = await get({ query: '{ slow }' }, { ...PREFLIGHT, 'if-none-match': etag });
    expect([newer.status, await newer.json()]).toEqual([200, { data: { slow: 8 } }]);
    expect(newer.headers.get('etag')).not.toBe(etag);
  });

  it('is of one media type', async () => {
    const accept = 'application/graphql-response+json';
    const [plain, other] = await Promise.all(
      [PREFLIGHT, { ...PREFLIGHT, accept }].map((headers) => get({ query: '{ slow }' }, headers)),
    );
    expect(plain!.headers.get('etag')).not.toBe(other!.headers.get('etag'));
  });

  it('is not taken of errors, of what changes, and of POST', async () => {
    for (const response of [
      await get({ query: '{ slow refused }' }),
      await get({ query: '{ slow fleeting }' }),
      await get({ query: '{ mistaken' }),
      await post({ query: '{ slow }' }),
    ]) {
      expect([response.headers.get('cache-control'), response.headers.get('etag')]).toEqual([
        'no-store',
        null,
      ]);
    }
  });
});

describe('a persisted query', () => {
  const sha256Hash = createHash('sha256').update('{ slow }').digest('hex');
  const extensions = { persistedQuery: { version: 1, sha256Hash } };
  const byHash = { extensions: JSON.stringify(extensions) };
  const codeOf = async (response: Response) =>
    ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code;

  it('is asked by its hash when it was sent once, and revalidated like any other', async () => {
    expect(await codeOf(await get(byHash))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect(await codeOf(await post({ extensions }))).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await get({ ...byHash, query: '{ slow }' })).status).toBe(200);
    const asked = await get(byHash);
    expect(await asked.json()).toEqual({ data: { slow: 7 } });
    const again = await get(byHash, { ...PREFLIGHT, 'if-none-match': asked.headers.get('etag')! });
    expect([again.status, runs()]).toEqual([304, 2]);
    server.steering.versions = [8];
    expect(await (await post({ extensions })).json()).toEqual({ data: { slow: 8 } });
  });

  it('is refused where the hash is of another, and to a page that browsers did not ask for', async () => {
    await get({ ...byHash, query: '{ slow }' });
    expect((await get({ ...byHash, query: '{ version }' })).status).toBe(400);
    expect((await get(byHash, {})).status).toBe(400);
  });
});

describe('the room for answers', () => {
  it('is kept to, the least recently used going first', () => {
    const body = Buffer.alloc(1_000);
    const cache = new ResponseCache(3_000);
    const kept = { contentType: 'application/json', body, etag: undefined };
    for (const key of ['a', 'b', 'a', 'c']) if (!cache.get(key)) cache.set(key, kept);
    expect(['a', 'b', 'c'].map((key) => cache.get(key) !== undefined)).toEqual([true, false, true]);
    cache.set('large', { ...kept, body: Buffer.alloc(4_000) });
    expect(cache.get('large')).toBeUndefined();
  });

  it.each(['RESULT_CACHE_MB', 'RESPONSE_CACHE_MB'])('is set by %s in whole megabytes', (name) => {
    for (const wrong of ['-1', '1.5', '64MB', '5000'])
      expect(() => readConfig({ [name]: wrong })).toThrow(/settings that cannot be used/);
    const field = name === 'RESULT_CACHE_MB' ? 'resultCacheBytes' : 'responseCacheBytes';
    expect([readConfig({ [name]: '0' })[field], readConfig({ [name]: '3' })[field]]).toEqual([0, 3 << 20]);
  });
});
