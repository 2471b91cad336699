import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  fileSource,
  type ImportRequest,
  importFiles,
  listImports,
  type Source,
  undoImport,
} from '../../../src/pipeline/import/index.ts';
import { clear, digestTables } from '../../support/csv.ts';
import { describeEngines } from '../../support/databases.ts';
import { EVENT_HEADER, events, firms, users } from '../../support/import-files.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'metricgraph-known-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describeEngines('import of a file on disk', (fixture) => {
  const load = (request: ImportRequest) => importFiles(fixture.engine, request);
  let opened: string[];

  beforeEach(async () => {
    await clear(fixture.engine);
    opened = [];
  });

  /** A file that notes how often it is read into the database. */
  const file = (name: string, text?: string): Source => {
    const path = join(folder, name);
    if (text !== undefined) writeFileSync(path, text);
    const source = fileSource(path);
    return {
      ...source,
      open() {
        opened.push(name);
        return source.open();
      },
    };
  };
  const may = (...rows: string[]) => [EVENT_HEADER, ...rows, ''].join('\n');

  test('that is loaded is recognised before it is read, under any name', async () => {
    const rows = may('2024-05-01,1,ann,VAULT,3,4', '2024-05-02,1,bob,VAULT,3,4');
    await load({ users, firms, events: file('may.csv', rows) });
    const before = await digestTables(fixture.engine);
    for (const name of ['may.csv', 'copy.csv']) {
      const report = await load({ events: file(name, rows) });
      const known = { kind: 'EVENTS', name, rows: 2, loaded: 0, rejected: 0, skippedAsKnown: true };
      expect(report).toEqual({ files: [known], warnings: [], batchId: undefined, replaced: 0 });
    }
    expect(opened).toEqual(['may.csv']);
    expect(await digestTables(fixture.engine)).toEqual(before);
  });

  test('is left out, and the others of the import are loaded', async () => {
    const people = 'ID,CREATED,TITLE\nann,2024-01-01,Partner\n';
    await load({ users: file('users.csv', people), firms, events: events('may.csv', '5/1/2024') });
    const report = await load({ users: file('users.csv'), events: events('june.csv', '6/1/2024') });
    expect(report.files.map(({ kind, skippedAsKnown }) => [kind, skippedAsKnown])).toEqual([
      ['USERS', true],
      ['EVENTS', false],
    ]);
    expect((await listImports(fixture.engine))[0]).toMatchObject({ id: 2, files: [{ name: 'june.csv' }] });
    expect(opened).toEqual(['users.csv']);
  });

  test('that changed, or was undone, is read again', async () => {
    const row = '2024-05-01,1,ann,VAULT,3,4';
    await load({ users, firms, events: file('may.csv', may(row)) });
    await undoImport(fixture.engine, 1);
    expect((await load({ events: file('may.csv') })).files[0]).toMatchObject({ loaded: 1 });
    const more = file('may.csv', may('2024-05-02,1,ann,VAULT,3,4'));
    expect((await load({ events: more })).files[0]).toMatchObject({ loaded: 1 });
    expect(opened).toEqual(['may.csv', 'may.csv', 'may.csv']);
  });

  test('that is taken out meanwhile is told of, and nothing is loaded', async () => {
    const people = file('users.csv', 'ID,CREATED,TITLE\nann,2024-01-01,Partner\n');
    await load({ users: people, firms, events: events('may.csv', '5/1/2024') });
    let before: unknown;
    const meddling: Source = {
      ...events('june.csv', '6/1/2024'),
      async hash() {
        await undoImport(fixture.engine, 1);
        before = await digestTables(fixture.engine);
        return undefined;
      },
    };
    await expect(load({ users: people, events: meddling })).rejects.toThrow(
      'users.csv was loaded when this import began, and another command took it out meanwhile.',
    );
    expect(await digestTables(fixture.engine)).toEqual(before);
  });
});
