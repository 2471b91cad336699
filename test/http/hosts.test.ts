import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { startStub } from './stub.ts';

const open: Awaited<ReturnType<typeof startStub>>[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function start(environment: Record<string, string>) {
  const server = await startStub(environment);
  open.push(server);
  return server;
}

/** The status of a request whose Host header is what a page's address would make it; `fetch` does not let one set it. */
function status(url: string, host: string, path = '/graphql?query={version}'): Promise<[number, string]> {
  const { port } = new URL(url);
  const headers = { host, 'apollo-require-preflight': 'true' };
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve([response.statusCode!, text]));
    })
      .on('error', reject)
      .end();
  });
}

const OURS = ['localhost', 'localhost:4000', 'LocalHost:3000', '127.0.0.1:4000', '[::1]:4000'];
const THEIRS = [
  'evil.example',
  'evil.example:4000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example#localhost',
  'evil.example@localhost',
  'localhost@evil.example',
  'localhost evil.example',
  '127.0.0.2',
];

describe('on a loopback address', () => {
  it('answers under its own names, on any port', async () => {
    const { url } = await start({});
    for (const host of OURS)
      expect([host, await status(url, host)]).toEqual([host, [200, '{"data":{"version":7}}\n']]);
  });

  it('refuses every other name, whatever is asked, and says what to do', async () => {
    const { url } = await start({});
    for (const host of THEIRS) {
      const [code, text] = await status(url, host);
      expect([host, code]).toEqual([host, 403]);
      expect(JSON.parse(text).errors[0]).toEqual({
        message: expect.stringMatching(/expected localhost, 127\.0\.0\.1, \[::1\]\. .*ALLOWED_HOSTS/),
        extensions: { code: 'FORBIDDEN' },
      });
    }
    for (const path of ['/', '/health', '/ready', '/playground', '/nothing'])
      expect((await status(url, 'evil.example', path))[0]).toBe(403);
  });

  it('answers under further names when told', async () => {
    const { url } = await start({ ALLOWED_HOSTS: ' Metrics.Example , intranet' });
    for (const host of [...OURS, 'metrics.example', 'INTRANET:80'])
      expect([host, (await status(url, host))[0]]).toEqual([host, 200]);
    expect((await status(url, 'evil.example'))[0]).toBe(403);
  });
});

describe('on every network', () => {
  it('answers under any name until names are set', async () => {
    const any = await start({ HOST: '0.0.0.0' });
    expect((await status(any.url, 'metrics.example'))[0]).toBe(200);
    const some = await start({ HOST: '0.0.0.0', ALLOWED_HOSTS: 'metrics.example' });
    expect((await status(some.url, 'metrics.example:4000'))[0]).toBe(200);
    expect((await status(some.url, 'localhost:4000'))[0]).toBe(200);
    expect((await status(some.url, 'evil.example'))[0]).toBe(403);
  });
});

it('a name that can be none is refused at the start', () => {
  expect(() => readConfig({ ALLOWED_HOSTS: 'a.example, http://b.example, c:80' })).toThrow(
    expect.objectContaining({
      details: [expect.stringMatching(/^ALLOWED_HOSTS has "http:\/\/b\.example", "c:80"; expected names/)],
    }),
  );
});
