import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { startStub } from './stub.ts';

type Stub = Awaited<ReturnType<typeof startStub>>;

const open: Stub[] = [];

const start = async (environment?: Record<string, string>) => {
  const server = await startStub(environment);
  open.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

describe('health and readiness', () => {
  it('tells the data version when the pointer can be read', async () => {
    const { url } = await start();
    expect(await (await fetch(`${url}/health`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${url}/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', dataVersion: 7 }]);
  });

  it('lives but is not ready when it cannot', async () => {
    const { url, steering } = await start();
    steering.pointerError = new Error('connect ECONNREFUSED 10.0.0.7:5432');
    expect((await fetch(`${url}/health`)).status).toBe(200);
    const ready = await fetch(`${url}/ready`);
    expect(ready.status).toBe(503);
    expect(await ready.text()).not.toMatch(/10\.0\.0\.7/);
  });
});

describe('requests', () => {
  it('carry an id, the caller’s own where it is a plain word, and are logged without their query', async () => {
    const { url, steering } = await start();
    const given = await fetch(`${url}/health?secret=1`, { headers: { 'x-request-id': 'abc-123' } });
    expect(given.headers.get('x-request-id')).toBe('abc-123');
    const refused = await fetch(`${url}/health`, { headers: { 'x-request-id': 'a b{c}' } });
    expect(refused.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    await expect
      .poll(() => steering.logged)
      .toContainEqual(
        expect.objectContaining({ reqId: 'abc-123', method: 'GET', path: '/health', status: 200 }),
      );
  });

  it('for what is not there are told where the API is', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/nothing`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: expect.stringContaining('/graphql') },
    ]);
  });
});

describe('starting', () => {
  it('names PORT when the port is in use', async () => {
    const { url } = await start();
    const again = startStub({ PORT: new URL(url).port });
    await expect(again).rejects.toThrow(UserError);
    await expect(again).rejects.toThrow(/in use.*PORT=4001/s);
  });

  it('names HOST when the address is none of this machine', async () => {
    await expect(startStub({ HOST: '192.0.2.1' })).rejects.toThrow(/HOST is "192\.0\.2\.1"/);
  });
});

describe('closing', () => {
  it('answers what is under way, refuses what comes after, and closes the API', async () => {
    const { url, graphql, steering, close } = await start();
    let answer: (value: unknown) => void = () => undefined;
    steering.slow = new Promise((resolve) => (answer = resolve));
    const underWay = graphql('{ slow }');
    await expect.poll(() => steering.waiting).toBe(1);
    const closing = close();
    open.length = 0;
    await expect
      .poll(() =>
        fetch(`${url}/health`).then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
    expect(steering.closed).toBe(false);
    answer(undefined);
    expect(await (await underWay).json()).toEqual({ data: { slow: 7 } });
    await closing;
    expect(steering.closed).toBe(true);
  });
});
