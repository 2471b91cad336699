import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import { type Sql, sql, statement } from '../../src/database/sql.ts';
import { CREATE_WORKING } from '../../src/database/working.ts';
import { UserError } from '../../src/errors.ts';
import { packageRoot } from '../../src/package-root.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { viewDefinitions } from '../../src/pipeline/view-definitions.ts';
import { createViews, dropViews, viewsAreCurrent } from '../../src/pipeline/views.ts';
import { quiet } from '../../src/progress.ts';
import { describeEngines, engines } from '../support/databases.ts';

const ask = (engine: Engine, fragment: Sql) => engine.read(statement(fragment));
const run = (engine: Engine, text: string) => engine.session((session) => session.script(text));

const OIDS = sql`
  select namespace.nspname || '.' || view.relname, view.oid::text
    from pg_class as view join pg_namespace as namespace on namespace.oid = view.relnamespace
   where view.relkind = 'v' and namespace.nspname in ('staging', 'intermediate', 'analytics') order by 1`;

/** A copy of `sql/` with a change in some files: their names, what is replaced and by what. */
function edited(...edits: readonly (readonly [string, string, string])[]): string {
  const root = mkdtempSync(join(tmpdir(), 'metricgraph-sql-'));
  copies.push(root);
  cpSync(join(packageRoot(), 'sql'), root, { recursive: true });
  for (const [file, from, to] of edits) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(root, file), text.replace(from, to));
  }
  return root;
}

const copies: string[] = [];
afterAll(() => {
  for (const root of copies) rmSync(root, { recursive: true });
});

const EXTRA = ['staging/stg_firms.sql', 'firm_size,', 'firm_size,\n    1 as extra,'] as const;

describeEngines('views', (fixture) => {
  const oids = async () => Object.fromEntries(await ask(fixture.engine, OIDS)) as Record<string, string>;
  const create = (wanted = viewDefinitions(), lockTimeout?: string) =>
    fixture.engine.exclusive((session) => createViews(session, wanted, lockTimeout));

  beforeAll(() => upgrade(fixture.engine, quiet));

  it('are there, one for each file, with its comment and the rights of who reads', async () => {
    const views = await ask(
      fixture.engine,
      sql`select namespace.nspname || '.' || view.relname, view.reloptions,
                 obj_description(view.oid, 'pg_class')
            from pg_class as view join pg_namespace as namespace on namespace.oid = view.relnamespace
           where view.relkind = 'v' and namespace.nspname in ('staging', 'intermediate', 'analytics')
           order by 1`,
    );
    expect(views.map(([name]) => name)).toEqual([
      'analytics.daily_event_summary',
      'analytics.firm_usage_summary',
      'analytics.user_engagement',
      'intermediate.int_daily_event_metrics',
      'intermediate.int_event_days',
      'intermediate.int_firm_events',
      'intermediate.int_firm_months',
      'intermediate.int_firm_usage_metrics',
      'intermediate.int_firm_users',
      'intermediate.int_user_firm_months',
      'intermediate.int_user_monthly_activity',
      'intermediate.int_user_monthly_movements',
      'staging.stg_events',
      'staging.stg_firms',
      'staging.stg_users',
    ]);
    for (const [, settings, comment] of views) {
      expect(settings).toEqual(['security_invoker=true']);
      expect(comment).toMatch(/^[A-Z][\s\S]*Grain: [\s\S]*Key: [\s\S]*Definition [0-9a-f]{16}$/);
    }
  });

  it('show the columns of the marts without their versions and what is there for power users alone', async () => {
    const columns = (schema: string) =>
      ask(
        fixture.engine,
        sql`select table_name::text, array_agg(column_name::text || ' ' || data_type order by column_name::text)
              from information_schema.columns
             where table_schema = ${schema}
               and table_name in ('user_engagement', 'firm_usage_summary', 'daily_event_summary')
               and column_name not in ('since_version', 'until_version', 'is_consecutive_month')
             group by 1 order by 1`,
      );
    expect(await columns('analytics')).toEqual(await columns('mart'));
    const engagement = await ask(
      fixture.engine,
      sql`select column_name::text from information_schema.columns
           where table_schema = 'analytics' and table_name = 'user_engagement' order by ordinal_position`,
    );
    expect(engagement.flat().join(' ')).toBe(
      'activity_month user_id firm_id num_active_days num_queries num_workflow_queries num_vault_queries ' +
        'num_assistant_queries avg_queries_per_active_day num_docs avg_docs_per_query avg_feedback_score ' +
        'last_active_date engagement_score pr_engagement_score engagement_level',
    );
  });

  it('stay as they are when nothing changed', async () => {
    const before = await oids();
    expect(await viewsAreCurrent(fixture.engine)).toBe(true);
    expect(await create()).toEqual({ created: [], dropped: [] });
    expect(await upgrade(fixture.engine, quiet)).toEqual({ migrations: [], views: [] });
    expect(await oids()).toEqual(before);
  });

  it('are made anew when their SQL or a view that they read changed, and only those', async () => {
    const before = await oids();
    const wanted = viewDefinitions(edited(EXTRA));
    expect(await viewsAreCurrent(fixture.engine, wanted)).toBe(false);
    const { created, dropped } = await create(wanted);
    expect(created).toEqual(['staging.stg_firms', 'intermediate.int_firm_usage_metrics']);
    expect([...dropped].sort()).toEqual([...created].sort());
    const after = await oids();
    const changed = Object.keys(before).filter((name) => before[name] !== after[name]);
    expect(changed.sort()).toEqual([...created].sort());
    expect((await create()).created).toEqual(created);
  });

  it('go when their file goes, while the views of others stay', async () => {
    await run(fixture.engine, 'create view analytics.ours as select 1 as one');
    const without = viewDefinitions().filter(({ name }) => name !== 'daily_event_summary');
    expect((await create(without)).dropped).toEqual(['analytics.daily_event_summary']);
    expect((await fixture.engine.exclusive((session) => dropViews(session))).dropped).toHaveLength(
      viewDefinitions().length - 1,
    );
    expect(Object.keys(await oids())).toEqual(['analytics.ours']);
    expect((await create()).created).toHaveLength(viewDefinitions().length);
    await run(fixture.engine, 'drop view analytics.ours');
  });

  it('are made anew below what a killed build left, which goes', async () => {
    await run(fixture.engine, CREATE_WORKING);
    await run(
      fixture.engine,
      'create view metricgraph_working.source_x as select firm_id from staging.stg_firms',
    );
    const { dropped } = await create(viewDefinitions(edited(EXTRA)));
    expect(dropped).toContain('staging.stg_firms');
    expect((await create()).dropped).toEqual(dropped);
  });

  it('are not dropped below a view of others, nor put in its place, and the message says so', async () => {
    const before = await oids();
    await run(fixture.engine, 'create view public.report as select firm_id from staging.stg_firms');
    const needed = await create(viewDefinitions(edited(EXTRA))).catch((error) => error);
    expect(needed).toBeInstanceOf(UserError);
    expect(needed.message).toContain('something of yours depends on them');
    expect(needed.details.join('\n')).toContain('view report depends on view staging.stg_firms');
    await run(fixture.engine, 'drop view public.report');
    expect(await oids()).toEqual(before);
    await fixture.engine.exclusive((session) => dropViews(session));
    await run(fixture.engine, 'create view analytics.user_engagement as select 1 as one');
    await expect(create()).rejects.toThrow('"user_engagement" already exists, and is not one of metricgraph');
    await run(fixture.engine, 'drop view analytics.user_engagement');
    await create();
  });

  it('take a condition on the month down to the events, below grouping and ranking', async () => {
    const [row] = await ask(
      fixture.engine,
      sql`explain (format json, costs off)
          select * from intermediate.int_user_monthly_activity where activity_month = '2024-05-01'`,
    );
    const plans = flatten((row![0] as unknown as [{ Plan: Plan }])[0].Plan);
    // Of the month itself, and of the month before.
    const scans = plans.filter((plan) => plan['Relation Name'] === 'events');
    expect(scans.map((scan) => /2024-05-01/.test(JSON.stringify(scan)))).toEqual([true, true]);
    const others = plans.filter((plan) => !scans.includes(plan) && /2024-05-01/.test(plan.Filter ?? ''));
    expect(others).toEqual([]);
  });
});

interface Plan {
  readonly 'Relation Name'?: string;
  readonly Filter?: string;
  readonly Plans?: readonly Plan[];
}

function flatten(plan: Plan): Plan[] {
  const { Plans = [], ...own } = plan;
  return [own, ...Plans.flatMap(flatten)];
}

describe('an upgrade', () => {
  it.each(engines)('brings an empty database up to date ($name)', async ({ create }) => {
    const database = await create('empty');
    const engine = await database.open();
    const first = await upgrade(engine, quiet);
    expect(first.migrations.length).toBeGreaterThan(0);
    expect(first.views).toHaveLength(viewDefinitions().length);
    expect(await upgrade(engine, quiet)).toEqual({ migrations: [], views: [] });
    await database.drop();
  });

  it('says who is in the way when a view is being read', async () => {
    const database = await engines.find(({ name }) => name === 'postgres')!.create();
    const engine = await database.open();
    await upgrade(engine, quiet);
    await engine.session((reader) =>
      reader.transaction(async () => {
        await reader.query(statement(sql`select * from analytics.user_engagement`));
        const locked = await engine
          .exclusive((session) => createViews(session, [], '10ms'))
          .catch((error) => error);
        expect(locked).toBeInstanceOf(UserError);
        expect(locked.message).toContain(
          'could not be replaced within 10ms: other connections are reading them',
        );
      }),
    );
    expect(await viewsAreCurrent(engine)).toBe(true);
    await database.drop();
  });

  it('refuses views that read one another', () => {
    const root = edited(
      ['marts/user_engagement.sql', 'mart.user_engagement', 'analytics.daily_event_summary'],
      ['marts/daily_event_summary.sql', 'mart.daily_event_summary', 'analytics.user_engagement'],
    );
    expect(() => viewDefinitions(root)).toThrow('read one another: analytics.daily_event_summary');
  });
});
