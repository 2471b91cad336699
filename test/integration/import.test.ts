import { beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../../src/database/engine.ts';
import { OPEN_VERSION } from '../../src/database/version.ts';
import { UserError } from '../../src/errors.ts';
import {
  fileSource,
  filesOf,
  ImportFailedError,
  type ImportRequest,
  importFiles,
  importsPending,
  listImports,
  listRejected,
  undoImport,
} from '../../src/pipeline/import/index.ts';
import { clear, csv, digestTables, publish } from '../support/csv.ts';
import { describeEngines } from '../support/databases.ts';
import { requireReference, skipReference } from '../support/reference.ts';

const EVENT_HEADER = 'CREATED,FIRM_ID,USER_ID,EVENT_TYPE,NUM_DOCS,FEEDBACK_SCORE';
const users = csv('users.csv', 'ID,CREATED,TITLE\nann,1/1/2024,Partner\nbob,1/1/2024,Associate\n');
const firms = csv(
  'firms.csv',
  'ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS\n1,2024-01-01,10,100\n2,2024-01-01,5,50.5\n',
);

/** An events file of one event per date, of ann and firm 1 unless given. */
function events(name: string, ...rows: (string | [date: string, firm: number, docs?: number])[]) {
  const lines = rows.map((row) => {
    const [date, firm, docs = 3] = typeof row === 'string' ? [row, 1] : row;
    return `${date},${firm},ann,VAULT,${docs},4`;
  });
  return csv(name, [EVENT_HEADER, ...lines, ''].join('\n'));
}

describeEngines('import', (fixture) => {
  const load = (request: ImportRequest) => importFiles(fixture.engine, request);
  const read = (text: string) => fixture.engine.read({ text, values: [] });
  const open = () =>
    read(`select created::date, firm_id, num_docs, since_version from raw.events
           where until_version = ${OPEN_VERSION} order by 1, 2, 3`);
  const statuses = async () => (await listImports(fixture.engine)).map(({ id, status }) => [id, status]);

  beforeEach(() => clear(fixture.engine));

  describe('of the reference data', () => {
    test.skipIf(skipReference)('loads every row once', async () => {
      const sources = filesOf(requireReference());
      const report = await load(sources);
      expect(report.files).toEqual([
        file('USERS', 'users.csv', 2_948, 2_948),
        file('FIRMS', 'firms.csv', 32, 32),
        file('EVENTS', 'events.csv', 18_832, 18_832),
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

  describe('of dates that are loaded', () => {
    const may = () =>
      load({ users, firms, events: events('may.csv', '5/1/2024', ['5/2/2024', 2], '5/9/2024') });
    const more = events('more.csv', ['5/2/2024', 1, 7], ['5/4/2024', 1, 8]);

    test('is refused with the ways on', async () => {
      await may();
      const before = await digestTables(fixture.engine);
      const failure = load({ events: more });
      await expect(failure).rejects.toThrow(
        /more\.csv has events from 2024-05-02 to 2024-05-04, and 1 events.*--append.*--replace/s,
      );
      await expect(failure).rejects.toBeInstanceOf(UserError);
      expect(await digestTables(fixture.engine)).toEqual(before);
      await load({ events: events('between.csv', '5/3/2024', '5/8/2024') });
    });

    test('adds with append', async () => {
      await may();
      await load({ events: more, append: true });
      expect(await open()).toHaveLength(5);
      expect(await statuses()).toEqual([
        [2, 'LOADED'],
        [1, 'LOADED'],
      ]);
    });

    test('replaces rows that were never served', async () => {
      await may();
      const report = await load({ events: more, replace: true });
      expect(report.replaced).toBe(1);
      expect(await read('select count(*) from raw.events')).toEqual([[4]]);
      expect(await statuses()).toEqual([
        [2, 'LOADED'],
        [1, 'PARTLY_REPLACED'],
      ]);
    });

    test('replaces served rows from the next version on', async () => {
      await may();
      await publish(fixture.engine);
      await load({ events: more, replace: true });
      expect(
        await read('select created::date, since_version, until_version from raw.events order by 2, 1'),
      ).toEqual([
        ['2024-05-01', 1, OPEN_VERSION],
        ['2024-05-02', 1, 2],
        ['2024-05-09', 1, OPEN_VERSION],
        ['2024-05-02', 2, OPEN_VERSION],
        ['2024-05-04', 2, OPEN_VERSION],
      ]);
      const versions = await read('select id, changed_version from raw.import_batches order by id');
      expect(versions).toEqual([
        [1, 2],
        [2, 2],
      ]);
      // What was partly replaced is no longer loaded as it is, so the same bytes are an overlap.
      await expect(may()).rejects.toThrow('--replace');
    });

    test('replaces all of an earlier file', async () => {
      await may();
      await load({ events: events('all.csv', '5/1/2024', '5/31/2024'), replace: true });
      expect(await statuses()).toEqual([
        [2, 'LOADED'],
        [1, 'REPLACED'],
      ]);
      await expect(undoImport(fixture.engine, 1)).rejects.toThrow('nothing is left to undo');
    });

    test('replaces only the firms of the file with firmsOnly', async () => {
      await may();
      const all = events('all.csv', ['5/1/2024', 2, 8], ['5/31/2024', 2, 9]);
      expect((await load({ events: all, replace: true, firmsOnly: true })).replaced).toBe(1);
      expect(await open()).toEqual([
        ['2024-05-01', 1, 3, 1],
        ['2024-05-01', 2, 8, 1],
        ['2024-05-09', 1, 3, 1],
        ['2024-05-31', 2, 9, 1],
      ]);
    });
  });

  test.each([
    [{ append: true, replace: true }, '--append and --replace exclude each other'],
    [{ firmsOnly: true }, 'together with --replace'],
    [{ asOf: 'yesterday' }, 'The as-of instant is "yesterday"; expected'],
  ])('refuses %j', async (options, message) => {
    await expect(load({ users, ...options })).rejects.toThrow(message);
  });

  describe('undo', () => {
    test('of an import that is not served deletes its events', async () => {
      await load({ users, firms, events: events('may.csv', '5/1/2024') });
      expect(await undoImport(fixture.engine, 1)).toEqual({
        batchId: 1,
        eventsTakenOut: 1,
        filesToLoadAgain: [],
      });
      expect(await read('select count(*) from raw.events')).toEqual([[0]]);
      expect(await read('select count(*) from raw.users')).toEqual([[2]]);
      expect(await importsPending(fixture.engine)).toBe(true);
      await expect(undoImport(fixture.engine, 1)).rejects.toThrow('Import 1 was undone before');
    });

    test('of a served import ends its events with the next version', async () => {
      await load({ users, firms, events: events('may.csv', '5/1/2024') });
      await publish(fixture.engine);
      await undoImport(fixture.engine, 1);
      expect(await read('select since_version, until_version from raw.events')).toEqual([[1, 2]]);
      expect(await importsPending(fixture.engine)).toBe(true);
      const again = await load({ users, firms, events: events('may.csv', '5/1/2024') });
      expect(again.files.map((each) => each.loaded)).toEqual([0, 0, 1]);
    });

    test('names the files whose events had been replaced', async () => {
      await load({ users, firms, events: events('april.csv', '4/1/2024') });
      await load({ events: events('may.csv', '5/1/2024') });
      await load({ events: events('may2.csv', '5/1/2024', '5/2/2024'), replace: true });
      expect(await undoImport(fixture.engine, 3)).toMatchObject({
        eventsTakenOut: 2,
        filesToLoadAgain: [{ batchId: 2, name: 'may.csv' }],
      });
      expect(await open()).toEqual([['2024-04-01', 1, 3, 1]]);
    });

    test.each([
      [7, 'There is no import 7. Imports have ids from 1 to 1.'],
      [0.5, 'There is no import 0.5.'],
      [1, 'Import 1 loaded no events'],
    ])('of %d is refused', async (id, message) => {
      await load({ users });
      await expect(undoImport(fixture.engine, id)).rejects.toThrow(message);
      await expect(undoImport(fixture.engine, id)).rejects.toBeInstanceOf(UserError);
    });
  });

  describe('with quarantine', () => {
    const bad = csv(
      'events.csv',
      [
        EVENT_HEADER,
        '5/1/2024,1,ann,VAULT,3,4',
        '2/30/2024,1,ann,VOLT,3,4',
        '5/1/2024,9,zoe,VAULT,3,4',
        'short',
        '5/2/2024,1,bob,"VAULT,3,4',
        '5/3/2024,1,bob,VAULT,3,4\0',
        '5/3/2024,1,bob,VAULT,3,5',
      ].join('\n'),
    );

    test('loads the good rows and keeps the bad ones', async () => {
      const report = await load({ users, firms, events: bad, quarantine: true });
      expect(report.files[2]).toEqual({ ...file('EVENTS', 'events.csv', 7, 2), rejected: 5 });
      expect(await open()).toHaveLength(2);
      const rejected = await listRejected(fixture.engine, { batchId: report.batchId, limit: 100 });
      expect(rejected.map(({ line, column, value, reason }) => [line, column, value, reason])).toEqual([
        [3, 'CREATED', '2/30/2024', 'no such date'],
        [3, 'EVENT_TYPE', 'VOLT', 'unknown value'],
        [4, 'USER_ID', 'zoe', 'unknown user'],
        [4, 'FIRM_ID', '9', 'unknown firm'],
        [5, undefined, 'short', 'wrong number of columns'],
        [6, undefined, '5/2/2024,1,bob,"VAULT,3,4', 'bad quotes'],
        [7, 'FEEDBACK_SCORE', '4\\0', 'NUL byte'],
      ]);
      expect(rejected[0]).toMatchObject({ kind: 'EVENTS', record: '2/30/2024,1,ann,VOLT,3,4' });
      expect(rejected[2]?.record).toContain('9,zoe,VAULT,3,4');
      expect(await listRejected(fixture.engine, { limit: 2 })).toHaveLength(2);
      expect((await listImports(fixture.engine))[0]).toMatchObject({ rowsRejected: 5, eventsLoaded: 2 });
    });

    test('a file with rejected rows may come again with replace, when what they lacked is loaded', async () => {
      await load({ users, firms, events: bad, quarantine: true });
      expect((await load({ events: bad, quarantine: true })).files[0]?.skippedAsKnown).toBe(true);
      await load({ users: csv('zoe.csv', 'ID,CREATED,TITLE\nzoe,1/1/2024,Partner\n') });
      await load({ firms: csv('nine.csv', 'ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS\n9,1/1/2024,1,1\n') });
      const again = await load({ events: bad, quarantine: true, replace: true });
      expect(again).toMatchObject({ replaced: 2, files: [{ loaded: 3, rejected: 4 }] });
    });

    test('a rejected user takes the events with it, the first of repeated ids stays', async () => {
      const some = csv(
        'users.csv',
        'ID,CREATED,TITLE\nann,1/1/2024,Partner\nann,1/1/2024,Associate\nbob,x,Partner\n',
      );
      const report = await load({
        users: some,
        firms,
        events: csv('e.csv', `${EVENT_HEADER}\n5/1/2024,1,ann,VAULT,3,4\n5/1/2024,1,bob,VAULT,3,4\n`),
        quarantine: true,
      });
      expect(report.files.map((each) => [each.loaded, each.rejected])).toEqual([
        [1, 2],
        [2, 0],
        [1, 1],
      ]);
      expect(await read('select id, title::text from raw.users')).toEqual([['ann', 'PARTNER']]);
    });

    test('a file whose header is wrong loads nothing', async () => {
      const before = await digestTables(fixture.engine);
      const failure = load({ users, firms: csv('firms.csv', 'ID,SIZE\n1,2\n'), quarantine: true });
      await expect(failure).rejects.toThrow(ImportFailedError);
      expect(await digestTables(fixture.engine)).toEqual(before);
    });
  });

  describe('as-of', () => {
    const may = events('may.csv', '5/1/2024', '5/31/2024');

    test.each([
      ['2024-05-31', '2024-06-01T00:00:00.000Z'],
      ['5/31/2024', '2024-06-01T00:00:00.000Z'],
      ['2024-05-31T12:00:00Z', '2024-05-31T12:00:00.000Z'],
      ['2024-05-31T00:00:00.000Z', '2024-05-31T00:00:00.000Z'],
      [undefined, undefined],
    ])('%s is kept as %s', async (asOf, kept) => {
      await load({ users, firms, events: may, asOf });
      expect((await listImports(fixture.engine))[0]?.asOf).toBe(kept);
    });

    test.each(['2024-05-30', '2024-05-30T23:59:59.999999Z'])(
      '%s is before the latest event',
      async (asOf) => {
        const before = await digestTables(fixture.engine);
        await expect(load({ users, firms, events: may, asOf })).rejects.toThrow(
          'is before the latest event of may.csv, at 2024-05-31T00:00:00Z',
        );
        expect(await digestTables(fixture.engine)).toEqual(before);
      },
    );

    test('is not kept with an import that does nothing', async () => {
      await load({ users });
      const report = await load({ users, asOf: '2024-06-30' });
      expect(report.warnings.map((warning) => warning.message)).toEqual([
        'nothing was loaded, so the as-of instant was not stored',
      ]);
    });
  });

  describe('reads', () => {
    const first = async () => (await read('select created, event_type::text, user_id from raw.events'))[0];
    const of = (created: string): Row => [created, 'VAULT', 'ann'];

    test.each([
      ['5/28/2024', '2024-05-28T00:00:00Z', false],
      ['05/28/2024', '2024-05-28T00:00:00Z', false],
      ['2024-05-28', '2024-05-28T00:00:00Z', false],
      ['2024-05-28 14:03:00', '2024-05-28T14:03:00Z', true],
      ['2024-05-28 14:03:00.25', '2024-05-28T14:03:00.25Z', true],
      ['2024-05-28T14:03:00Z', '2024-05-28T14:03:00Z', true],
      ['2024-05-28T14:03:00.123456+02:00', '2024-05-28T12:03:00.123456Z', true],
      ['2024-05-28 00:00:00', '2024-05-28T00:00:00Z', false],
    ])('%s', async (given, created, hasTimes) => {
      await load({ users, firms, events: csv('e.csv', `${EVENT_HEADER}\n${given},1,ann,vault,3,4\n`) });
      expect(await first()).toEqual(of(created));
      expect(await read('select has_times from raw.import_batches')).toEqual([[hasTimes]]);
    });

    test.each([
      ['a byte order mark', `\ufeff${EVENT_HEADER}\n5/28/2024,1,ann,VAULT,3,4\n`],
      ['CRLF', `${EVENT_HEADER}\r\n5/28/2024,1,ann,VAULT,3,4\r\n`],
      ['no newline at the end', `${EVENT_HEADER}\n5/28/2024,1,ann,VAULT,3,4`],
      ['blank lines', `${EVENT_HEADER}\n\n5/28/2024,1,ann,VAULT,3,4\n\r\n\n`],
      ['another case', `${EVENT_HEADER.toLowerCase()}\n5/28/2024,1,ann,Vault,3,4\n`],
      [
        'another order',
        'feedback_score,Num_Docs,EVENT_TYPE,User_Id,firm_id,created\n4,3,vault,ann,1,5/28/2024\n',
      ],
      ['quotes', `"${EVENT_HEADER.replaceAll(',', '","')}"\n"5/28/2024","1","ann","VAULT","3","4"\n`],
      ['space around values', `${EVENT_HEADER.replaceAll(',', ' , ')}\n 5/28/2024 , 1,ann , VAULT,3 ,4 \n`],
    ])('%s', async (_, text) => {
      for (const bytes of [1, 1 << 16]) {
        await clear(fixture.engine);
        await load({ users, firms, events: csv('e.csv', text, bytes) });
        expect(await first()).toEqual(of('2024-05-28T00:00:00Z'));
      }
    });

    test('ids with newlines, commas, quotes, tabs and backslashes', async () => {
      const id = '"a\n,""b""\t\\N é😀"';
      await load({
        users: csv('u.csv', `ID,CREATED,TITLE\n${id},1/1/2024,"Junior\nAssociate"\n`, 3),
        firms,
        events: csv(
          'e.csv',
          `${EVENT_HEADER}\n5/28/2024,1,${id},VAULT,3,4\n5/28/2024,1,${id},VAULT,3,4\n`,
          3,
        ),
      });
      const found = await read(`select users.id, title::text, count(*) from raw.events
                                  join raw.users as users on users.id = user_id group by 1, 2`);
      expect(found).toEqual([['a\n,"b"\t\\N é😀', 'JUNIOR_ASSOCIATE', 2]]);
    });
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

  test('warns of a file without rows', async () => {
    const report = await load({ users: csv('users.csv', 'ID,CREATED,TITLE\n') });
    expect(report).toMatchObject({
      batchId: undefined,
      warnings: [{ message: 'users.csv has a header and no rows' }],
    });
    expect(await listImports(fixture.engine)).toEqual([]);
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

function file(kind: string, name: string, rows: number, loaded: number) {
  return { kind, name, rows, loaded, skippedAsKnown: false, rejected: 0 };
}
