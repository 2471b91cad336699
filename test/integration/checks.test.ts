import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { BUILT_TABLES } from '../../src/pipeline/build/tables.ts';
import { checkDefinitions } from '../../src/pipeline/checks/definition.ts';
import { type CheckResult, runChecks } from '../../src/pipeline/checks/run.ts';
import { filesOf, importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { describeEngines, type Fixture } from '../support/databases.ts';
import { day, event, firm, rawOf, replaceRaw } from '../support/raw.ts';
import { requireReference, skipReference } from '../support/reference.ts';

const options = { progress: quiet };

/** The checks that found something, with the number of rows. */
function found(results: readonly CheckResult[]): Record<string, number> {
  const hits = results.filter(({ rows }) => rows > 0);
  return Object.fromEntries(hits.map(({ name, rows }) => [name, rows]));
}

describe.skipIf(skipReference)('checks of the reference data', () => {
  describeEngines('in a build', (fixture) => {
    it('finds what is peculiar about them, and stores it with the version', async () => {
      await upgrade(fixture.engine, quiet);
      await importFiles(fixture.engine, filesOf(requireReference()), quiet);
      const { findings, version } = await build(fixture.engine, options);
      expect(found(findings)).toEqual({
        suspected_duplicate_events: 944,
        users_in_several_firms: 2,
        current_values_only: 3,
        firms_without_events: 2,
        months_without_power_users: 1,
      });
      const sample = (name: string) => findings.find((finding) => finding.name === name)?.sample;
      expect(sample('firms_without_events')?.map((row) => row.firm_id)).toEqual([1102, 11175]);
      expect(sample('months_without_power_users')).toEqual([
        { activity_month: '2024-04-01', num_queries: 5960 },
      ]);
      expect(sample('users_in_several_firms')?.map((row) => row.queries_by_firm)).toEqual([
        { '1022': 17, '1024': 18 },
        { '1022': 2, '1024': 1 },
      ]);
      const stored = await fixture.engine.prisma.checkResult.findMany({ where: { version } });
      expect(stored).toHaveLength(checkDefinitions().length);
      const duplicates = stored.find(({ name }) => name === 'suspected_duplicate_events');
      expect(duplicates).toMatchObject({ severity: 'WARNING', rows: 944n });
      expect(duplicates?.sample).toHaveLength(5);
      expect(found((await runChecks(fixture.engine, quiet)).results)).toEqual(found(findings));
    });
  });
});

/** Statements that spoil what was built, the table that they spoil, and the checks that must find it. */
const SPOILED: readonly (readonly [string, string, readonly string[]])[] = [
  [
    'user_engagement',
    'update mart.user_engagement set num_docs = num_docs + 1',
    ['user_engagement_reconciles'],
  ],
  [
    'user_engagement',
    "delete from mart.user_engagement where user_id = 'u2'",
    ['user_engagement_reconciles'],
  ],
  [
    'user_engagement',
    "update mart.user_engagement set engagement_level = 'HIGH'",
    ['user_engagement_in_range'],
  ],
  [
    'user_engagement',
    "update mart.user_engagement set activity_month = '2024-01-02'",
    ['user_engagement_reconciles', 'user_engagement_in_range'],
  ],
  ['user_engagement', 'update mart.user_engagement set firm_id = 99', ['user_engagement_has_entities']],
  [
    'user_engagement',
    'insert into mart.user_engagement select * from mart.user_engagement',
    ['marts_have_one_row_per_key', 'user_engagement_reconciles'],
  ],
  [
    'user_movements',
    "update mart.user_movements set movement = 'RESURRECTED' where side = 'CURRENT'",
    ['user_movements_reconcile'],
  ],
  [
    'user_movements',
    "delete from mart.user_movements where side = 'PREVIOUS' and user_id = 'u2'",
    ['user_movements_reconcile'],
  ],
  [
    'user_movements',
    'insert into mart.user_movements select * from mart.user_movements',
    ['marts_have_one_row_per_key', 'user_movements_reconcile'],
  ],
  [
    'firm_usage_summary',
    'update mart.firm_usage_summary set num_active_users = 0',
    ['firm_usage_summary_reconciles'],
  ],
  [
    'firm_usage_summary',
    'delete from mart.firm_usage_summary where firm_id = 1',
    ['firm_usage_summary_reconciles'],
  ],
  [
    'firm_usage_summary',
    'update mart.firm_usage_summary set arr = arr + 0.01',
    ['firm_usage_summary_reconciles'],
  ],
  [
    'daily_event_summary',
    'update mart.daily_event_summary set num_vault_queries = 7',
    ['daily_event_summary_reconciles'],
  ],
  [
    'daily_event_summary',
    "insert into mart.daily_event_summary select '2020-01-01', num_queries, num_active_users, num_active_firms, num_docs, avg_feedback_score, num_assistant_queries, num_vault_queries, num_workflow_queries, since_version from mart.daily_event_summary limit 1",
    ['daily_event_summary_reconciles'],
  ],
  ['users', "update mart.users set title = 'PARTNER'", ['entity_copies_reconcile']],
  [
    'users',
    "delete from mart.users where user_id = 'u1'",
    ['entity_copies_reconcile', 'user_engagement_has_entities'],
  ],
  ['firms', 'update mart.firms set firm_size = firm_size + 1', ['entity_copies_reconcile']],
];

describeEngines('a check', (fixture) => {
  beforeAll(() => upgrade(fixture.engine, quiet));

  it('leaves marts out until something was built', async () => {
    const { version, leftOut, reason } = await runChecks(fixture.engine);
    expect(version).toBe(0);
    expect(leftOut).toContain('user_engagement_reconciles');
    expect(reason).toBe('nothing was built yet');
  });

  it('finds nothing wrong with sound data, and leaves marts out while an import is pending', async () => {
    await replaceRaw(fixture.engine, SOUND);
    const pending = await runChecks(fixture.engine);
    expect(pending.leftOut).toHaveLength(8);
    await build(fixture.engine, options);
    const built = await runChecks(fixture.engine);
    expect(built).toMatchObject({ version: 1, leftOut: [], reason: undefined });
    expect(found(built.results)).toEqual({ months_without_power_users: 1 });
    await replaceRaw(fixture.engine, SOUND);
    expect(await runChecks(fixture.engine)).toMatchObject({
      version: 1,
      reason: 'an import waits for its build',
    });
    await build(fixture.engine, options);
  });

  it.each(SPOILED)('finds %s spoiled by: %s', async (table, statement, expected) => {
    expect(await foundAfter(fixture, table, statement)).toEqual(expect.arrayContaining([...expected]));
    expect(found((await runChecks(fixture.engine)).results)).toEqual({ months_without_power_users: 1 });
  });

  it('finds what is peculiar, or wrong, about raw data', async () => {
    const alike = event({ created: '2024-01-15T10:00:00' });
    const events = [
      alike,
      alike,
      event({ userId: 'u2', firmId: 1 }),
      event({ userId: 'u2', firmId: 2 }),
      event({ userId: 'u3', created: day('2024-02-01') }),
      event({ userId: 'u3', created: day('2024-04-30') }),
      event({ userId: ' ', created: day('2999-01-01') }),
    ];
    const raw = rawOf(events, { firms: [firm({ id: 3 })] });
    await replaceRaw(fixture.engine, { ...raw, users: raw.users.slice(1), firms: raw.firms.slice(1) });
    expect(found((await runChecks(fixture.engine)).results)).toEqual({
      events_have_users: 1,
      events_have_firms: 1,
      events_in_range: 1,
      events_in_the_future: 1,
      suspected_duplicate_events: 1,
      users_in_several_firms: 1,
      current_values_only: 3,
      firms_without_events: 1,
      months_without_power_users: 3,
    });
  });
});

const SOUND = rawOf([event(), event({ userId: 'u2', firmId: 2, numDocs: 2 })]);

/** Spoils the built version, runs the checks and mends it again; a table without its key for the while. */
async function foundAfter({ engine }: Fixture, table: string, spoil: string): Promise<string[]> {
  const copy = `raw.kept_${table}`;
  const { keys } = BUILT_TABLES.find(({ name }) => name === table)!;
  const key = [...keys, 'since_version'].join(', ');
  await engine.session(async (session) => {
    await session.script(`create table ${copy} as select * from mart.${table}`);
    await session.script(`alter table mart.${table} drop constraint ${table}_pkey`);
    await session.script(spoil);
  });
  const { results } = await runChecks(engine);
  await engine.session(async (session) => {
    await session.script(
      `truncate mart.${table}; insert into mart.${table} select * from ${copy}; drop table ${copy}`,
    );
    await session.script(`alter table mart.${table} add constraint ${table}_pkey primary key (${key})`);
  });
  return Object.keys(found(results));
}

describe('a check file', () => {
  const root = mkdtempSync(join(tmpdir(), 'metricgraph-sql-'));
  const file = join(root, 'checks', 'firms_without_events.sql');
  afterAll(() => rmSync(root, { recursive: true }));

  it('is refused with all that is wrong with its header', () => {
    cpSync(join(packageRoot(), 'sql'), root, { recursive: true });
    writeFileSync(
      file,
      '-- name: firms\n-- severity: bad\n-- reads: marts at $1\n-- why: so\n-- description: x\n--   goes on\n-- oops\nselect 1',
    );
    const message = () => checkDefinitions(root);
    expect(message).toThrow('name is "firms"; expected firms_without_events.');
    expect(message).toThrow('severity is "bad"; expected error or warning or info.');
    expect(message).toThrow(
      '“why” is not one of name, severity, reads, description, advice, touched, month, order.',
    );
    expect(message).toThrow('“-- advice: …” is missing from its header.');
    expect(message).toThrow('it says that it reads marts at $1; expected $1 in its select');
    expect(message).toThrow('not “-- oops”');
  });

  it('is refused without a header or a lone select', () => {
    writeFileSync(file, 'select 1');
    expect(() => checkDefinitions(root)).toThrow('begins without a comment');
    writeFileSync(file, '-- name: x\nselect 1; select 2');
    expect(() => checkDefinitions(root)).toThrow('expected one select without a semicolon');
  });

  it('names errors first', () => {
    const severities = checkDefinitions().map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort((a, b) => 'ewi'.indexOf(a[0]!) - 'ewi'.indexOf(b[0]!)));
  });
});
