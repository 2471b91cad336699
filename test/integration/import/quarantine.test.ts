import { beforeEach, expect, test } from 'vitest';
import {
  ImportFailedError,
  type ImportRequest,
  importFiles,
  listImports,
  listRejected,
} from '../../../src/pipeline/import/index.ts';
import { clear, csv, digestTables } from '../../support/csv.ts';
import { describeEngines } from '../../support/databases.ts';
import { EVENT_HEADER, fileReport, firms, openEvents, users } from '../../support/import-files.ts';

describeEngines('import with quarantine', (fixture) => {
  const load = (request: ImportRequest) => importFiles(fixture.engine, request);
  const read = (text: string) => fixture.engine.read({ text, values: [] });
  const open = () => openEvents(fixture.engine);

  beforeEach(() => clear(fixture.engine));

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
    expect(report.files[2]).toEqual({ ...fileReport('EVENTS', 'events.csv', 7, 2), rejected: 5 });
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
