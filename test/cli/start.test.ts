import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines } from '../support/databases.ts';
import { compileCli, type Finished, finished, runCli, serving, startCli } from './run.ts';

const COUNTS =
  '{ metrics(groupBy: [MONTH]) { rows { numQueries } totals { numQueries } } dataset { dataVersion } }';

let folder: string;
let env: Record<string, string>;
const children: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metricgraph-start-'));
  env = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'warn' };
  await compileCli();
});

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
  readonly end: Promise<Finished>;
}

async function start(command: 'start' | 'serve', settings = env): Promise<Running> {
  const child = startCli([command], settings);
  children.push(child);
  const end = finished(child);
  return { child, url: await serving(child), end };
}

async function ask(url: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query }),
  });
  return response.json();
}

describe('start', () => {
  let first: unknown;

  it('sets up everything in an empty folder, says so, and answers', async () => {
    const { child, url, end } = await start('start');
    first = await ask(url, COUNTS);
    expect(first).toMatchObject({ data: { metrics: { totals: { numQueries: 19_000 } } } });

    const held = await runCli(['query', '{ __typename }'], env);
    expect([held.code, held.stderr]).toEqual([
      1,
      expect.stringMatching(/is in use by process \d+ \(start, since \S+Z\)\..*DATABASE_URL/s),
    ]);
    const doctor = await runCli(['doctor'], { ...env, PORT: new URL(url).port });
    expect(doctor.stdout).toMatch(/^ok {2}folder +in use by process \d+ \(start, since /m);
    expect(doctor.stdout).toMatch(/^ok {2}reachable .*"status":"ready"/m);

    child.kill('SIGTERM');
    const { code, stdout, stderr } = await end;
    expect(code).toBe(0);
    expect(stderr).toMatch(/database is empty: loading the sample data/);
    expect(stderr).toMatch(/Built version 1/);
    expect(stdout).toContain(`Playground  ${url}/graphql`);
    expect(existsSync(join(folder, 'lock'))).toBe(false);
  });

  it('offers an example that works as it is', async () => {
    const { child, url, end } = await start('start');
    child.kill('SIGINT');
    const { code, stdout, stderr } = await end;
    expect(code).toBe(0);
    expect(stderr).toMatch(/Serving version 1, data up to /);
    expect(stderr).not.toMatch(/Built|sample data/);
    expect(stdout).toContain(url);
    const example = /playground:\n\n {2}(.+)\n/.exec(stdout)![1]!;
    const answer = await runCli(['query', '--json', example], env);
    expect(answer.code).toBe(0);
    expect(JSON.parse(answer.stdout)).toMatchObject({
      data: { metrics: { totals: { numQueries: 19_000 } } },
    });
  });

  it('goes on after it was killed, and doctor tells of that', async () => {
    const { child, url, end } = await start('start');
    child.kill('SIGKILL');
    expect((await end).code).toBe('SIGKILL');
    const doctor = await runCli(['doctor'], env);
    expect(doctor.stdout).toMatch(
      new RegExp(`^ok  folder +was locked by process ${child.pid} \\(start, .*which ended without`, 'm'),
    );
    expect(doctor.stdout).toMatch(/^ok {2}last build +version 1 /m);
    expect(doctor.stdout).not.toContain(url);
    expect((await runCli(['doctor'], env)).stdout).not.toMatch(/was locked/);
  });

  it('loses nothing the second time; a server that answers elsewhere is told of', async () => {
    const { child, url, end } = await start('serve');
    expect(await ask(url, COUNTS)).toEqual(first);
    const elsewhere = await runCli(['doctor'], { ...env, PORT: '1' });
    expect([elsewhere.code, elsewhere.stdout]).toEqual([
      1,
      expect.stringMatching(/^BAD reachable +no server answers at .*\n +→ wait until process \d+ \(serve, /m),
    ]);
    child.kill('SIGINT');
    // npm sends its child the signal again that the terminal sent to both.
    child.kill('SIGINT');
    expect((await end).code).toBe(0);
  });
});

describe('start on PostgreSQL', () => {
  it('does the same', async () => {
    const database = await engines[1]!.create('empty');
    const { child, url, end } = await start('start', { ...env, ...database.env });
    expect(await ask(url, COUNTS)).toMatchObject({ data: { metrics: { totals: { numQueries: 19_000 } } } });
    child.kill('SIGTERM');
    expect((await end).code).toBe(0);
    await database.drop();
  });
});

describe('serve', () => {
  it('refuses a database that was never set up', async () => {
    const empty = join(folder, 'empty');
    const { code, stderr } = await runCli(['serve'], { ...env, DATA_DIR: empty });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/no tables of metricgraph yet\. Run `metricgraph start`/),
    ]);
  });

  it('refuses a port that is in use, and frees the folder', async () => {
    const database = await engines[0]!.create();
    const { child, url, end } = await start('serve');
    const settings: Record<string, string> = { ...env, ...database.env, PORT: new URL(url).port };
    const { code, stderr } = await runCli(['serve'], settings);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^Port \d+ on 127\.0\.0\.1 is in use/)]);
    expect(existsSync(join(settings.DATA_DIR!, 'lock'))).toBe(false);
    child.kill('SIGTERM');
    await end;
    await database.drop();
  });
});
