import { beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src/errors.ts';
import {
  fileSource,
  filesOf,
  ImportFailedError,
  type ImportRequest,
  importFiles,
  importsPending,
  listImports,
  undoImport,
} from '../../../src/pipeline/import/index.ts';
import { clear, csv, digestTables, publish } from '../../support/csv.ts';
import { describeEngines } from '../../support/databases.ts';
import { EVENT_HEADER, events, fileReport, firms, openEvents, users } from '../../support/import-files.ts';
import { requireReference, skipReference } from '../../support/reference.ts';

describeEngines('import', (fixture) => {
  const load = (request: ImportRequest) => importFiles(fixture.engine, request);
  const read = (text: string) => fixture.engine.read({ text, values: [] });
  const open = () => openEvents(fixture.engine);

  beforeEach(() => clear(fixture.engine));

  describe('of the reference data', () => {
    test.skipIf(skipReference)('loads every row once', async () => {
      const sources = filesOf(requireReference());
      const report = await load(sources);
      expect(report.files).toEqual([
        fileReport('USERS', 'users.csv', 2_948, 2_948),
        fileReport('FIRMS', 'firms.csv', 32, 32),
        fileReport('EVENTS', 'events.csv', 18_832, 18_832),
      ]);
      const sums = await read(
        'select count(*), sum(num_docs), min(created)::date, max(created)::date from raw.events',
      );
      expect(sums).toEqual([[18_832, 154_632, '2024-04-02', '2024-06-26']]);

      const before = await digestTables(fixture.engine);
      const again = await load(sources);
      expect(again.batchId).toBeUndefined();
      expect(again.files.every((each) => each.skippedAsKnown && each.loaded === 0)).toBe(true);
      expect(await digestTables(fixture.engine)).toEqual(before);
    });
  });

  test('shows when the next version is built', async () => {
    expect(await importsPending(fixture.engine)).toBe(false);
    await load({ users, firms, events: events('may.csv', '5/1/2024') });
    expect(await importsPending(fixture.engine)).toBe(true);
    expect(await fixture.engine.session(importsPending)).toBe(true);
    expect(await open()).toEqual([['2024-05-01', 1, 3, 1]]);
    await publish(fixture.engine);
    expect(await importsPending(fixture.engine)).toBe(false);
  });

  test('leaves no temporary table behind', async () => {
    await load({ users, firms });
    await expect(load({ events: csv('bad.csv', 'nonsense\n') })).rejects.toThrow(ImportFailedError);
    expect(
      await read(`select relname from pg_class where relname like 'import_%' and relpersistence = 't'`),
    ).toEqual([]);
  });

  test('changes users and firms whose attributes differ, and no others', async () => {
    await load({ users, firms });
    const changed = csv(
      'users2.csv',
      'ID,CREATED,TITLE\nann,1/1/2024,Partner\nbob,1/1/2024,Partner\ncy,1/2/2024,Associate\n',
    );
    expect((await load({ users: changed })).files[0]).toMatchObject({ rows: 3, loaded: 2 });
    expect(await read('select id, title::text, batch_id from raw.users order by id')).toEqual([
      ['ann', 'PARTNER', 1],
      ['bob', 'PARTNER', 2],
      ['cy', 'ASSOCIATE', 2],
    ]);
    // The older file is no longer what is loaded, so it sets bob back.
    expect((await load({ users })).files[0]).toMatchObject({ loaded: 1, skippedAsKnown: false });
    expect((await load({ users })).files[0]).toMatchObject({ loaded: 0, skippedAsKnown: true });
  });

  test.each([
    [{ append: true, replace: true }, '--append and --replace exclude each other'],
    [{ firmsOnly: true }, 'together with --replace'],
    [{ asOf: 'yesterday' }, 'The as-of instant is "yesterday"; expected'],
  ])('refuses %j', async (options, message) => {
    await expect(load({ users, ...options })).rejects.toThrow(message);
  });

  test('warns of events before their user was created, by the calendar date', async () => {
    const report = await load({
      users: csv('users.csv', 'ID,CREATED,TITLE\nann,2024-05-02 09:00:00,Partner\n'),
      firms,
      events: events('may.csv', '5/1/2024', '5/2/2024'),
    });
    expect(report.warnings).toEqual([
      {
        message: 'events are dated before their user was created',
        count: 1,
        sample: ['may.csv:2 user ann on 2024-05-01, created on 2024-05-02'],
      },
    ]);
  });

  test('warns of events in the future, with the way out', async () => {
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
    const report = await load({ users, firms, events: events('may.csv', '5/1/2024', '5/1/2999', tomorrow) });
    expect(report.warnings).toEqual([
      {
        message: expect.stringMatching(/dated in the future.*metricgraph imports undo 1`, mend the dates/),
        count: 1,
        sample: ['may.csv:3 2999-05-01T00:00:00Z'],
      },
    ]);
  });

  test.each([
    ['rows are bad', '5/32/2024,1,ann,VAULT,3,4', {}, true],
    [
      'another file has no usable header',
      '5/32/2024,1,ann,VAULT,3,4',
      { users: csv('u.csv', 'ID\n') },
      false,
    ],
    ['a column is missing', undefined, {}, false],
  ])('names quarantine only where it would help: %s', async (_, row, more, named) => {
    const content = row === undefined ? 'CREATED,FIRM_ID\n' : `${EVENT_HEADER}\n${row}\n`;
    const failure = load({ users, firms, events: csv('events.csv', content), ...more });
    await expect(failure).rejects.toThrow(
      named ? /good rows alone with --quarantine/ : /import them again\.$/,
    );
  });

  test('warns of a file without rows', async () => {
    const report = await load({ users: csv('users.csv', 'ID,CREATED,TITLE\n') });
    expect(report).toMatchObject({
      batchId: undefined,
      warnings: [{ message: 'users.csv has a header and no rows' }],
    });
    expect(await listImports(fixture.engine)).toEqual([]);
  });

  test('that is refused or does nothing uses up no number', async () => {
    await load({ users, firms, events: events('may.csv', '5/1/2024') });
    await expect(load({ events: events('again.csv', ['5/1/2024', 2]) })).rejects.toThrow('--append');
    await expect(load({ events: events('bad.csv', '5/32/2024') })).rejects.toThrow(ImportFailedError);
    await load({ users });
    expect((await load({ events: events('june.csv', '6/1/2024') })).batchId).toBe(2);
    await undoImport(fixture.engine, 2);
    expect((await load({ events: events('july.csv', '7/1/2024') })).batchId).toBe(3);
  });

  test('lists imports, the latest first', async () => {
    await load({ users, firms, events: events('may.csv', '5/1/2024', '5/3/2024') });
    await load({ users: csv('cy.csv', 'ID,CREATED,TITLE\ncy,1/2/2024,Associate\n') });
    const [second, first] = await listImports(fixture.engine);
    expect(second).toMatchObject({ id: 2, usersChanged: 1, firstEventDate: undefined });
    expect(first).toMatchObject({
      id: 1,
      importedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      status: 'LOADED',
      eventsLoaded: 2,
      usersChanged: 2,
      firmsChanged: 2,
      rowsRejected: 0,
      firstEventDate: '2024-05-01',
      lastEventDate: '2024-05-03',
    });
    expect(first?.files.map(({ kind, name, rows }) => [kind, name, rows]).sort()).toEqual([
      ['EVENTS', 'may.csv', 2],
      ['FIRMS', 'firms.csv', 2],
      ['USERS', 'users.csv', 2],
    ]);
  });

  test('one import waits for another', async () => {
    await load({ users, firms });
    const all = ['1', '2', '3', '4'].map((day) => load({ events: events(`${day}.csv`, `5/${day}/2024`) }));
    await Promise.all(all);
    expect(await open()).toHaveLength(4);
  });

  test('a source that fails half way loads nothing', async () => {
    const before = await digestTables(fixture.engine);
    const failing = {
      name: 'users.csv',
      async *open() {
        yield Buffer.from('ID,CREATED,TITLE\nann,1/1/2024,Partner\n');
        throw new Error('The disk is gone.');
      },
    };
    await expect(load({ users: failing })).rejects.toThrow('The disk is gone.');
    const missing = load({ users: fileSource('/nowhere/users.csv') });
    await expect(missing).rejects.toThrow('There is no file /nowhere/users.csv.');
    await expect(missing).rejects.toBeInstanceOf(UserError);
    expect(await digestTables(fixture.engine)).toEqual(before);
    await load({ users });
  });
});
