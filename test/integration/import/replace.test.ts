import { beforeEach, describe, expect, test } from 'vitest';
import { OPEN_VERSION } from '../../../src/database/version.ts';
import { UserError } from '../../../src/errors.ts';
import {
  type ImportRequest,
  importFiles,
  importsPending,
  listImports,
  undoImport,
} from '../../../src/pipeline/import/index.ts';
import { clear, digestTables, publish } from '../../support/csv.ts';
import { describeEngines } from '../../support/databases.ts';
import { events, firms, openEvents, users } from '../../support/import-files.ts';

describeEngines('import', (fixture) => {
  const load = (request: ImportRequest) => importFiles(fixture.engine, request);
  const read = (text: string) => fixture.engine.read({ text, values: [] });
  const open = () => openEvents(fixture.engine);
  const statuses = async () => (await listImports(fixture.engine)).map(({ id, status }) => [id, status]);

  beforeEach(() => clear(fixture.engine));

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
});
