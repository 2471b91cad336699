import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileCli, runCli } from './run.ts';

const COMMANDS = [
  'start',
  'serve',
  'import',
  'imports',
  'seed',
  'build',
  'check',
  'rejected',
  'query',
  'explain',
  'doctor',
];

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metricgraph-cli-'));
  await compileCli();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('help', () => {
  it('lists every command', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  it.each([...COMMANDS, 'imports undo'])('of %s has examples and the exit codes', async (name) => {
    const { code, stdout } = await runCli([...name.split(' '), '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\n  \\$ metricgraph ${name}`));
    expect(stdout).toMatch(/Exit codes:\n {2}0/);
  });

  it('is what a call without a command gets, as a usage error', async () => {
    const { code, stderr } = await runCli([]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('Usage: metricgraph')]);
  });

  it('tells the version', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await runCli(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });
});

describe('usage errors', () => {
  it.each([
    [['improt'], /unknown command 'improt'\n\(Did you mean import/],
    [['build', '--fast'], /unknown option '--fast'/],
    [['import'], /nothing to import: give a folder/],
    [['import', 'x', '--events', 'y'], /either a folder, or files/],
    [['import', 'x', '--append', '--replace'], /exclude each other/],
    [['import', 'x', '--firms-only'], /belongs to --replace/],
    [
      ['import', '--events', 'a.csv', '--events', 'b.csv'],
      /--events <file>.*'b\.csv' is invalid\. It is given twice/,
    ],
    [['import', '--events', 'a.csv', '--users=b.csv', '--users', 'b.csv'], /--users <file>.*given twice/],
    [['seed', '--events', '5', '--seed', '1', '--seed', '1'], /--seed <n>.*given twice/],
    [['imports', 'undo', 'three'], /Expected the number of an import/],
    [['seed', '--events', 'many'], /Expected a whole number/],
    [['seed', '--events', '5', '--users', '10'], /events is 5, expected at least the number of users/],
    [['query'], /either as the argument or with --file/],
    [['query', '{ x }', '--variables', '[1]'], /Expected a JSON object/],
    [['query', '{ x }', '--json', '--csv'], /exclude each other/],
    [['explain'], /either as the argument or with --file/],
    [['explain', '{ x }', '--variables', '{'], /It is not JSON/],
    [['rejected', '--limit', '0'], /whole number from 1/],
  ])('%j ends with 2', async (args, expected) => {
    const { code, stdout, stderr } = await runCli(args);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(expected);
  });
});

describe('refusals', () => {
  it('name every setting that is wrong', async () => {
    const { code, stderr } = await runCli(['build'], { PORT: 'x', DATABASE_URL: 'mysql://a:hunter2@b/c' });
    expect(code).toBe(1);
    expect(stderr).toMatch(/PORT is "x"/);
    expect(stderr).toMatch(/DATABASE_URL is not of the form/);
    expect(stderr).not.toMatch(/hunter2|\n {4}at /);
  });

  it('explain what keeps PostgreSQL from answering', async () => {
    const { code, stderr } = await runCli(['check'], {
      DATABASE_URL: 'postgresql://a:hunter2@127.0.0.1:1/c',
    });
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:1 does not answer\./),
    ]);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each([
    [['build'], /^The data folder \/proc\/self\/x cannot be used: .*DATA_DIR\.$/],
    [['seed', '--out', '/proc/self/x'], /^The folder \/proc\/self\/x cannot be used: .*--out\.$/],
  ])('name a folder that cannot be made: %j', async (args, expected) => {
    const { code, stdout, stderr } = await runCli(args, { DATA_DIR: '/proc/self/x' });
    expect([code, stdout, stderr.trim()]).toEqual([1, '', expect.stringMatching(expected)]);
  });

  it('have a stack trace only with --debug', async () => {
    const { code, stderr } = await runCli(['check', '--debug'], {
      DATABASE_URL: 'postgresql://a:hunter2@127.0.0.1:1/c',
    });
    expect([code, stderr]).toEqual([1, expect.stringMatching(/\n {4}at /)]);
    expect(stderr).not.toMatch(/hunter2/);
  });
});

describe('seed --out', () => {
  it('writes the same bytes for the same options', async () => {
    const write = (name: string, seed: string) =>
      runCli([
        'seed',
        '--events',
        '500',
        '--users',
        '50',
        '--firms',
        '5',
        '--seed',
        seed,
        '--out',
        join(folder, name),
      ]);
    const runs = await Promise.all([write('a', '7'), write('b', '7'), write('c', '8')]);
    expect(runs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(runs[0]!.stdout).toMatch(/events\.csv {2}500 rows\n$/);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => readFileSync(join(folder, name, 'events.csv'), 'utf8'));
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(a!.split('\n')).toHaveLength(502);
  });
});

describe('doctor', () => {
  it('reports what works before there is a database, and makes none', async () => {
    const { stdout } = await runCli(['doctor'], { DATA_DIR: join(folder, 'none') });
    expect(stdout).toMatch(/^ok {2}Node +\d+/m);
    expect(stdout).toMatch(/^ok {2}reachable +there is no database yet; `metricgraph start` makes one$/m);
    const again = await runCli(['doctor'], { DATA_DIR: join(folder, 'none') });
    expect(again.stdout).toBe(stdout);
  });

  it('reports an unreachable database, with the way to mend it and without the password', async () => {
    const { code, stdout, stderr } = await runCli(['doctor'], {
      DATABASE_URL: 'postgresql://a:hunter2@127.0.0.1:1/c',
    });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^ok {2}database +PostgreSQL, 127\.0\.0\.1:1\/c/m);
    expect(stdout).toMatch(/^BAD reachable +failed\n +→ PostgreSQL at 127\.0\.0\.1:1 does not answer/m);
    expect(stdout + stderr).not.toMatch(/hunter2/);
  });
});
