import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startStub } from './stub.ts';

let server: Awaited<ReturnType<typeof startStub>>;

beforeAll(async () => {
  // Every request is run, whatever was asked before.
  server = await startStub({ RESPONSE_CACHE_MB: '0' });
});

afterAll(() => server.close());

beforeEach(() => {
  server.steering.logged.length = 0;
  Object.assign(server.steering, { versions: [7], cleared: 0, pointerError: undefined, waiting: 0 });
});

const post = (body: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
  fetch(`${server.url}/graphql`, { method: 'POST', headers, body });

const get = (parameters: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/graphql?${new URLSearchParams(parameters)}`, {
    headers: { 'apollo-require-preflight': 'true', ...headers },
  });

describe('GraphQL over HTTP', () => {
  it('answers POST', async () => {
    const response = await server.graphql('{ version }');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await json(response)).toEqual({ data: { version: 7 } });
  });

  it('answers GET, with variables and the name of an operation', async () => {
    const query = 'query A { version } query B($x: Boolean!) { b: version @include(if: $x) }';
    const response = await get({ query, variables: '{"x":true}', operationName: 'B' });
    expect([response.status, await response.json()]).toEqual([200, { data: { b: 7 } }]);
  });

  it('gives the media type of the specification to who accepts it', async () => {
    const response = await server.graphql('{ version }', { accept: 'application/graphql-response+json' });
    expect(response.headers.get('content-type')).toBe('application/graphql-response+json; charset=utf-8');
  });

  it('refuses an accept that it cannot meet with 406', async () => {
    const response = await server.graphql('{ version }', { accept: 'image/png' });
    expect([response.status, await code(response)]).toEqual([406, 'BAD_REQUEST']);
  });

  it.each([
    ['malformed JSON', '{"query": ', 400, 'BAD_REQUEST'],
    ['no query', '{"variables": {}}', 400, 'BAD_REQUEST'],
    ['a list', '[{"query":"{ version }"}]', 400, 'BAD_REQUEST'],
    ['variables as text', '{"query":"{ version }","variables":"{}"}', 400, 'BAD_REQUEST'],
    ['a syntax error', '{"query":"{ version"}', 400, 'GRAPHQL_PARSE_FAILED'],
    ['an unknown field', '{"query":"{ versoin }"}', 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'an unknown operation',
      '{"query":"query A { version }","operationName":"B"}',
      400,
      'OPERATION_RESOLUTION_FAILURE',
    ],
  ])('refuses %s', async (_, body, status, expected) => {
    const response = await post(body);
    expect([response.status, await code(response)]).toEqual([status, expected]);
  });

  it('refuses a body of another type before reading it', async () => {
    const response = await post('query={version}', { 'content-type': 'application/x-www-form-urlencoded' });
    expect([response.status, await code(response)]).toEqual([415, 'BAD_REQUEST']);
  });

  it('refuses a body that is too long', async () => {
    const response = await post(JSON.stringify({ query: `{ version } #${'x'.repeat(1 << 20)}` }));
    expect([response.status, await code(response)]).toEqual([413, 'BAD_REQUEST']);
  });

  it('refuses a mutation over GET, and other methods, with those that are allowed', async () => {
    const mutation = await get({ query: 'mutation { change }' });
    expect([mutation.status, mutation.headers.get('allow')]).toEqual([405, 'POST']);
    const put = await fetch(`${server.url}/graphql`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ version }"}',
    });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });

  it('keeps the data beside the errors of single fields', async () => {
    const response = await server.graphql('{ version refused }');
    const { data, errors } = await json(response);
    expect([response.status, data]).toEqual([200, { version: 7, refused: null }]);
    expect(errors).toMatchObject([
      {
        message: 'first is 5000; the most is 1000.',
        path: ['refused'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
  });
});

describe('a mistake in a variable', () => {
  it('is told of with where it is and what would have been valid', async () => {
    const query = 'query ($at: When) { version(at: $at) }';
    const response = await post(JSON.stringify({ query, variables: { at: { days: 1 } } }));
    expect(response.status).toBe(400);
    const { errors } = await json(response);
    expect(errors.map(({ extensions }: { extensions: unknown }) => extensions)).toEqual([
      {
        ...{ code: 'BAD_USER_INPUT', reason: 'UNKNOWN_INPUT_FIELD', allowed: ['day'], suggestion: 'day' },
        ...{ path: ['version', 'at', 'days'], variable: ['at', 'days'] },
      },
    ]);
  });
});

describe('a page of another origin', () => {
  it('cannot send a request that browsers let pass unasked', async () => {
    const plain = await post('{"query":"{ version }"}', { 'content-type': 'text/plain' });
    expect(plain.status).toBe(415);
    const simple = await fetch(`${server.url}/graphql?query={version}`);
    expect([simple.status, await simple.text()]).toEqual([400, expect.stringContaining('CSRF')]);
  });

  it.each(['http://localhost:3000', 'http://127.0.0.1:5173', 'http://localhost'])(
    'may read answers when it is local: %s',
    async (origin) => {
      const asked = await fetch(`${server.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      expect(asked.status).toBe(204);
      expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
      expect(asked.headers.get('access-control-allow-headers')).toBe('content-type');
      const response = await server.graphql('{ version }', { origin });
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('vary')).toMatch(/origin/i);
    },
  );

  it.each([
    'https://localhost:3000',
    'http://localhost.evil.example',
    'http://evil.example:4000',
    'http://127.0.0.1.evil.example',
    'null',
  ])('may not otherwise: %s', async (origin) => {
    const response = await server.graphql('{ version }', { origin });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });

  it('says its origin when it asks for permission', async () => {
    const asked = await fetch(`${server.url}/graphql`, {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST' },
    });
    expect(asked.status).toBe(400);
    expect(await asked.json()).toEqual({ error: expect.stringContaining('Origin') });
    expect((await server.graphql('{ version }')).headers.get('vary')).toMatch(/origin/i);
  });
});

describe('the playground', () => {
  it('is for browsers alone', async () => {
    const page = await fetch(`${server.url}/graphql`, { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page.headers.get('content-type')).toMatch(/^text\/(html|plain)/);
    const api = await get({ query: '{ version }' }, { accept: '*/*' });
    expect(api.headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('is where the root leads', async () => {
    const response = await fetch(`${server.url}/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/graphql']);
  });
});

describe('an operation whose version was cleared', () => {
  it('runs once more at the current one', async () => {
    Object.assign(server.steering, { versions: [7, 8], cleared: 1 });
    expect(await (await server.graphql('{ version }')).json()).toEqual({ data: { version: 8 } });
  });

  it('runs once more when a resolver found that the server is behind', async () => {
    server.steering.versions = [7, 8];
    expect(await (await server.graphql('{ behind }')).json()).toEqual({ data: { behind: 8 } });
  });

  it('gives up with 503 the second time', async () => {
    server.steering.cleared = 2;
    const response = await server.graphql('{ version }');
    const { data, errors } = await json(response);
    expect([response.status, data]).toEqual([503, undefined]);
    expect(errors[0]!.message).toMatch(/changed twice/);
  });
});

describe('an unreadable pointer', () => {
  it.each(['before', 'after'])('gives 503 %s the operation', async (when) => {
    let answer: (value: unknown) => void = () => undefined;
    if (when === 'after') server.steering.slow = new Promise((resolve) => (answer = resolve));
    else server.steering.pointerError = new Error('connect ECONNREFUSED 10.0.0.7:5432');
    const asked = server.graphql('{ slow }');
    if (when === 'after') {
      await expect.poll(() => server.steering.waiting).toBeGreaterThan(0);
      server.steering.pointerError = new Error('connect ECONNREFUSED 10.0.0.7:5432');
      answer(undefined);
    }
    const response = await asked;
    const { errors } = await json(response);
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(errors[0]).toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE' } });
    expect(errors[0]!.message).not.toMatch(/10\.0\.0\.7/);
  });
});

describe('a field that finds the pointer unreadable', () => {
  it('gives 503', async () => {
    const response = await server.graphql('{ lost }');
    expect([response.status, await code(response)]).toEqual([503, 'SERVICE_UNAVAILABLE']);
  });
});

describe('a request with several mistakes', () => {
  it('is told of each', async () => {
    const { errors } = await json(await server.graphql('{ mistaken }'));
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'BAD_USER_INPUT', reason: 'NOT_GROUPED', path: ['rows', 'title'], allowed: ['MONTH'] },
      { code: 'BAD_USER_INPUT', reason: 'FIRST_OUT_OF_RANGE', path: ['first'] },
    ]);
  });
});

describe('a misspelt name', () => {
  it('comes with what was perhaps meant, and what is allowed', async () => {
    const response = await server.graphql('{ versoin a: brokn }');
    const { errors } = await json(response);
    const allowed = ['version', 'refused', 'broken', 'slow', 'behind', 'lost', 'mistaken', 'fleeting'];
    const known = { code: 'GRAPHQL_VALIDATION_FAILED', reason: 'UNKNOWN_FIELD', allowed };
    expect([response.status, errors.map(({ extensions }) => extensions)]).toEqual([
      400,
      [
        { ...known, path: ['versoin'], suggestion: 'version' },
        { ...known, path: ['a'], suggestion: 'broken' },
      ],
    ]);
  });
});

describe('an unknown error', () => {
  it('is masked, and logged under the id that the caller gets', async () => {
    const response = await server.graphql('{ broken }');
    const text = await response.text();
    expect(text).not.toMatch(/hunter2/);
    const logged = server.steering.logged.find(({ errorId }) => text.includes(String(errorId)));
    expect(logged).toMatchObject({ level: 50, err: { message: expect.stringContaining('hunter2') } });
  });

  it('is not what a refusal is: that is the caller’s, and not logged', async () => {
    await server.graphql('{ refused }');
    expect(server.steering.logged.filter(({ level }) => level >= 40)).toEqual([]);
  });
});

interface Answer {
  readonly data?: unknown;
  readonly errors: readonly { message: string; extensions: Record<string, unknown> }[];
}

async function json(response: Response): Promise<Answer> {
  return (await response.json()) as Answer;
}

async function code(response: Response): Promise<unknown> {
  return (await json(response)).errors[0]!.extensions.code;
}
