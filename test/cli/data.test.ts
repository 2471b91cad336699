import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { compileCli, finished, runCli, startCli } from './run.ts';
import { runHere } from './run-here.ts';

const HEADER = 'CREATED,FIRM_ID,USER_ID,EVENT_TYPE,NUM_DOCS,FEEDBACK_SCORE\n';
const JUNE = `${HEADER}2024-06-03,1,ann,VAULT,3,5\n2024-06-04,1,ann,ASSISTANT,1,4\n2024-06-04,2,bob,WORKFLOW,0,2\n`;
const BAD = `${HEADER}2024-07-01,1,ann,VAULT,1,5\n2024-07-32,1,ann,VALT,1,5\n2024-07-02,9,ann,VAULT,1,5\n`;
const BY_FIRM =
  '{ metrics(groupBy: [FIRM]) { rows { firm { id } numQueries avgFeedback } totals { numQueries } } }';

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metricgraph-csv-'));
  write('all/users.csv', 'ID,CREATED,TITLE\nann,2024-01-01,Partner\nbob,2024-01-01,Associate\n');
  write('all/firms.csv', 'ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS\n1,2024-01-01,5,10\n2,2024-01-01,7,20\n');
  write('all/events.csv', JUNE);
  write('june.csv', `${HEADER}2024-06-04,2,bob,VAULT,2,3\n`);
  write('bad.csv', BAD);
  await compileCli();
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
}

describe.each(engines)('data on the command line ($name)', (engine) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await engine.create();
  });

  afterAll(() => database?.drop());

  /** In this process, which has everything loaded. */
  const here = (...args: string[]) => runHere(args, database.env);
  /** In a process of its own: for each command once, with its exit code and all that it prints. */
  const cli = (...args: string[]) =>
    engine.name === 'postgres' ? runCli(args, database.env) : here(...args);
  const total = async () => {
    const { stdout } = await here('query', '--json', '{ metrics { totals { numQueries } } }');
    return JSON.parse(stdout).data.metrics.totals.numQueries;
  };

  it('comes in from a folder, and is built', async () => {
    const { code, stdout, stderr } = await cli('import', join(folder, 'all'));
    expect(stderr).toMatch(/^Built version 1 in .*: data up to 2024-06-05T00:00:00Z\./);
    expect([code, stdout.split('\n')]).toEqual([
      0,
      [
        'users.csv: 2 rows, 2 users new or changed',
        'firms.csv: 2 rows, 2 firms new or changed',
        'events.csv: 3 rows, 3 events loaded',
        'Loaded as import 1.',
        '',
      ],
    ]);
  });

  it('is explained: tables, SQL and numbered parameters, and the plan of the database on request', async () => {
    const query = '{ metrics(groupBy: [FIRM]) { rows { firm { id } medianDocsPerQuery } } }';
    const { code, stdout } = await cli('explain', query);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^metrics\n\nPlan\n {2}\{/m);
    expect(stdout).toMatch(/^ {2}rows +– +queries +events +not \w+: /m);
    expect(stdout).toMatch(/^SQL\n.*raw\.events.*^Parameters\n {2}\$1 /ms);
    expect(stdout).not.toMatch(/database's plan/);
    const planned = await here('explain', '--json', '--database-plan', query);
    const [{ path, tables, sql, parameters, databasePlan }] = JSON.parse(planned.stdout);
    expect([path, tables[0].relation]).toEqual([['metrics'], 'events']);
    expect(sql).toContain(`$${parameters.length}`);
    expect(databasePlan[0].Plan).toHaveProperty('Node Type');
  });

  it('of a query with mistakes is refused, with their places in it', async () => {
    const { code, stdout, stderr } = await here('explain', '{ metrics(groupBy: [FRIM]) { totalCount } }');
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /Did you mean the enum value "FIRM"\? \(at metrics\.groupBy\.0, line 1, column 21\) Valid there: DAY, /,
    );
  });

  it('is answered as a table, as CSV and as JSON', async () => {
    const [asTable, asCsv, asJson] = [
      await cli('query', BY_FIRM),
      await here('query', '--csv', BY_FIRM),
      await here('query', '--json', BY_FIRM),
    ];
    expect(asTable.stdout.split('\n').map((line) => line.trim())).toEqual([
      'firm.id  numQueries  avgFeedback',
      '───────  ──────────  ───────────',
      '1                 2          4.5',
      '2                 1            2',
      '',
      'Totals',
      'numQueries',
      '──────────',
      '3',
      '',
    ]);
    expect(asCsv.stdout).toBe('firm.id,numQueries,avgFeedback\r\n1,2,4.5\r\n2,1,2\r\n');
    expect(JSON.parse(asJson.stdout).data.metrics.rows[0]).toEqual({
      firm: { id: '1' },
      numQueries: 2,
      avgFeedback: 4.5,
    });
  });

  it('is asked with variables, from a file', async () => {
    write(
      'q.graphql',
      'query Q($first: Int!) { metrics(groupBy: [FIRM], first: $first) { rows { numQueries } pageInfo { hasNextPage } } }',
    );
    const { code, stdout, stderr } = await here(
      'query',
      ...['--file', join(folder, 'q.graphql'), '--csv', '--variables', '{"first": 1}'],
    );
    expect([code, stdout]).toEqual([0, 'numQueries\r\n2\r\n']);
    expect(stderr).toMatch(/^These are 1 rows; ask for more with first/);
  });

  it('is not answered when the query is wrong: every mistake is told', async () => {
    const { code, stdout, stderr } = await here(
      'query',
      '{ metrics(groupBy: [MONTH], first: 0) { rows { firm { id } } } }',
    );
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^The query has 2 errors\.\n {2}firm is selected but not grouped/);
  });

  it('does nothing when it is loaded already', async () => {
    const { code, stdout, stderr } = await here('import', join(folder, 'all'));
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/the same file is loaded already\nNothing was loaded/);
  });

  it('is refused where dates overlap, with the ways on', async () => {
    const { code, stderr } = await here('import', '--events', join(folder, 'june.csv'));
    expect([code, stderr]).toEqual([1, expect.stringMatching(/--append .*--replace/)]);
  });

  it('is refused whole when rows are bad, with a table of them', async () => {
    const { code, stdout, stderr } = await cli('import', '--events', join(folder, 'bad.csv'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^Nothing was loaded: the files have 3 problems \(.*unknown value: 1/);
    expect(stderr).toMatch(/bad\.csv +3 +CREATED +2024-07-32 +no such date/);
    expect(stderr).toMatch(/bad\.csv +3 +EVENT_TYPE +VALT +unknown value .*did you mean VAULT/);
    expect(stderr).toMatch(/bad\.csv +4 +FIRM_ID +9 +unknown firm/);
    expect(await total()).toBe(3);
  });

  it('waits for the build with --no-build, and a later import builds', async () => {
    const { code } = await here('import', '--events', join(folder, 'june.csv'), '--append', '--no-build');
    expect([code, await total()]).toEqual([0, 3]);
    expect((await here('check')).stdout).toMatch(/Left out, as an import waits for its build/);
    const again = await here('import', '--events', join(folder, 'june.csv'), '--append');
    expect(again.stdout).toMatch(/Nothing was loaded/);
    expect(again.stderr).toMatch(/Built version 2/);
    expect(await total()).toBe(4);
  });

  it('goes out again with imports undo', async () => {
    const listed = JSON.parse((await cli('imports', '--json')).stdout) as {
      id: number;
      eventsLoaded: number;
    }[];
    const { id } = listed.find(({ eventsLoaded }) => eventsLoaded === 1)!;
    const { code, stdout } = await cli('imports', 'undo', String(id));
    expect([code, stdout]).toEqual([0, expect.stringMatching(/is undone: 1 events? (are|is) taken out/)]);
    expect(await total()).toBe(3);
    expect((await here('imports')).stdout).toMatch(new RegExp(`^ *${id} .* undone .*june\\.csv$`, 'm'));
    expect(await here('imports', 'undo', String(id))).toMatchObject({ code: 1 });
  });

  it('is quarantined where asked, and rejected shows why', async () => {
    const { code, stdout } = await here('import', '--events', join(folder, 'bad.csv'), '--quarantine');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/3 rows, 1 events loaded, 2 left out/)]);
    const rejected = await cli('rejected', '--limit', '2');
    expect(rejected.stdout).toMatch(/events +3 +CREATED +2024-07-32 +no such date/);
    expect(rejected.stderr).toMatch(/There are more/);
    expect(JSON.parse((await here('rejected', '--json')).stdout)).toHaveLength(3);
  });

  it('refuses generated data of dates that are loaded', async () => {
    const { code, stderr } = await here(
      'seed',
      '--events',
      '50',
      '--users',
      '5',
      '--firms',
      '2',
      '--months',
      '3',
    );
    expect([code, stderr]).toEqual([1, expect.stringMatching(/--append/)]);
    const later = await cli('seed', '--events', '50', '--users', '5', '--firms', '2', '--from', '2025-01-01');
    expect([later.code, later.stdout]).toEqual([0, expect.stringMatching(/50 events loaded/)]);
  });

  it('is checked, and doctor finds everything in order', async () => {
    const check = await cli('check', '--json');
    expect([check.code, JSON.parse(check.stdout).leftOut]).toEqual([0, []]);
    const { stdout } = await cli('doctor');
    expect(
      stdout.split('\n').filter((line) => line.startsWith('BAD') && !line.includes('playground')),
    ).toEqual([]);
    expect(stdout).toMatch(/^ok {2}migrations +\d+ applied, 0 pending$/m);
    expect(stdout).toMatch(/^ok {2}last build +version \d+/m);
  });

  it('stays as it was when an import is interrupted', async () => {
    const before = await total();
    const pipe = join(folder, `${engine.name}.csv`);
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0);
    const child = startCli(['import', '--events', pipe], database.env);
    const end = finished(child);
    // Opens once the import reads.
    const file = await open(pipe, 'w');
    await file.write(`${HEADER}2026-01-01,1,ann,VAULT,1,5\n`);
    child.kill('SIGINT');
    const { code, stderr } = await end;
    await file.close();
    expect([code, stderr]).toEqual([
      'SIGINT',
      expect.stringMatching(/Interrupted\..*wholly in or wholly out/),
    ]);
    expect(await total()).toBe(before);
  });
});
