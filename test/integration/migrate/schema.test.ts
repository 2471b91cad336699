import { expect, test } from 'vitest';
import { describeEngines } from '../../support/databases.ts';
import { drift } from '../../support/drift.ts';
import { select } from '../../support/engine.ts';

describeEngines('migrated schema', (fixture) => {
  const ask = (text: string) => fixture.engine.read(select(text));
  const attempt = (text: string) =>
    fixture.engine.session((session) => session.transaction(() => session.execute(select(text))));

  test('every schema, table and column says what it is', async () => {
    const silent = await ask(
      `select format('%s.%s.%s', relnamespace::regnamespace, relname, attname)
         from pg_class
         join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
        where relnamespace::regnamespace::text in ('raw', 'mart') and relkind in ('r', 'p', 'v', 'm')
          and (obj_description(pg_class.oid, 'pg_class') is null or col_description(pg_class.oid, attnum) is null
               or obj_description(relnamespace, 'pg_namespace') is null)`,
    );
    expect(silent).toEqual([]);
  });

  test('nothing is made outside raw and mart', async () => {
    const elsewhere = await ask(
      `select relnamespace::regnamespace::text, relname from pg_class
        where relnamespace::regnamespace::text !~ '^(raw|mart|pg_.*|information_schema)$' and relkind <> 'i'`,
    );
    expect(elsewhere).toEqual([['public', '_prisma_migrations']]);
  });

  const event = (docs: number, score: number, since: number, until: number) =>
    `insert into raw.events (user_id, created, firm_id, event_type, num_docs, feedback_score, batch_id, since_version, until_version)
     values ('u', '2024-01-01', 1, 'VAULT', ${docs}, ${score}, 1, ${since}, ${until})`;
  const rawFirm = (size: number, arr: string) =>
    `insert into raw.firms values (1, '2024-01-01', ${size}, ${arr}, 1)`;
  const firm = (size: number, arr: string, since: number) =>
    `insert into mart.firms values (1, '2024-01-01', ${size}, ${arr}, ${since}, 2)`;
  const usage = (size: number, arr: string, since: number) =>
    `insert into mart.firm_usage_summary values (1, 0, 0, 0, 0, null, null, null, null, null, ${size}, ${arr}, null, ${since}, 2)`;
  const engagement = (since: number) =>
    `insert into mart.user_engagement values ('u', '2024-01-01', 1, 1, 1, 1, 0, 0, 1, 0, 0, 5, '2024-01-01', 1, 1, 'HIGH', ${since}, 2)`;
  const movement = (side: string, movement: string, since = 1) =>
    `insert into mart.user_movements values ('u', '2024-01-01', 1, '${side}', '${movement}', ${since}, 2)`;
  const day = (since: number) =>
    `insert into mart.daily_event_summary values ('2024-01-01', 1, 1, 1, 0, 5, 1, 0, 0, ${since}, 2)`;
  const user = (since: number) => `insert into mart.users values ('u', '2024-01-01', 'PARTNER', ${since}, 2)`;

  test.each([
    ['the least of everything', event(0, 1, 1, 2)],
    ['the greatest score', event(9, 5, 1, 2)],
    ['the least firm', rawFirm(1, '0')],
    ['its copy', firm(1, '0', 1)],
    ['its summary', usage(1, '0', 1)],
    ['user engagement', engagement(1)],
    ['a movement', movement('CURRENT', 'NEW')],
    ['a movement of the month before', movement('PREVIOUS', 'CHURNED')],
    ['a day', day(1)],
    ['a user', user(1)],
  ])('takes what is in bounds: %s', async (_what, text) => {
    expect(await attempt(text)).toBe(1);
  });

  test.each([
    ['fewer than no documents', event(-1, 1, 1, 2)],
    ['a score of 0', event(0, 0, 1, 2)],
    ['a score of 6', event(0, 6, 1, 2)],
    ['an event at no version', event(0, 1, 2, 2)],
    ['a firm without seats', rawFirm(0, '0')],
    ['revenue below 0', rawFirm(1, '-0.001')],
    ['revenue that is no number', rawFirm(1, `'NaN'`)],
    ['a copied firm without seats', firm(0, '0', 1)],
    ['copied revenue below 0', firm(1, '-0.01', 1)],
    ['copied revenue that is no number', firm(1, `'NaN'`, 1)],
    ['a copied firm at no version', firm(1, '0', 2)],
    ['a summary without seats', usage(0, '0', 1)],
    ['summed-up revenue below 0', usage(1, '-1', 1)],
    ['a summary at no version', usage(1, '0', 2)],
    ['engagement at no version', engagement(2)],
    ['a movement at no version', movement('CURRENT', 'NEW', 2)],
    ['a user who is there and went', movement('CURRENT', 'CHURNED')],
    ['a user who was there and is new', movement('PREVIOUS', 'NEW')],
    ['a day at no version', day(2)],
    ['a user at no version', user(2)],
    ['a second pointer', 'insert into mart.served_version values (2, 0, 0)'],
  ])('refuses what is out of bounds: %s', async (_what, text) => {
    await expect(attempt(text)).rejects.toMatchObject({ code: '23514' });
  });
});

test('the migrations make what the Prisma schema says', { timeout: 120_000 }, async () => {
  expect((await drift()).trim()).toBe('-- This is an empty migration.');
});
