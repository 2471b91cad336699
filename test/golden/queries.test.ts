import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { rollups } from '../support/rollups.ts';
import { shownData } from './data.ts';
import { answersText, statementsText } from './recorded.ts';
import { goldenRequests, readmeRequests, record, recordedFiles } from './requests.ts';

describe('the answer on both engines is the one that is recorded; `npm run golden` records it', () => {
  const databases: TestDatabase[] = [];
  const opened: Engine[] = [];

  beforeAll(async () => {
    for (const each of engines) {
      const database = await each.create();
      databases.push(database);
      const engine = await database.open();
      opened.push(engine);
      await upgrade(engine, quiet);
      await importFiles(engine, shownData(), quiet);
      await build(engine, { progress: quiet, rollups });
    }
  });
  afterAll(async () => {
    for (const database of databases) await database.drop();
  });

  it.each(goldenRequests())('$name', async (request) => {
    expect(request.source).toMatch(/^# \S.*[.:]\n/);
    const [embedded, postgres] = await Promise.all(opened.map((engine) => record(engine, request)));
    expect(postgres).toEqual(embedded);
    const { answers, explained } = embedded!;
    await expect(answersText(answers)).toMatchFileSnapshot(`queries/${request.name}.json`);
    const statements = statementsText(explained);
    if (statements !== '') await expect(statements).toMatchFileSnapshot(`queries/${request.name}.sql`);
  });

  it.each(readmeRequests())('of the README is one: $name', async (request) => {
    const { answers } = await record(opened[0]!, request);
    expect(answers.map(({ errors }) => errors)).toEqual([undefined]);
  });

  it('is recorded of no request that is gone', () => {
    const names = goldenRequests().map(({ name }) => name);
    const stale = recordedFiles().filter((file) => !names.includes(file.replace(/\.(json|sql)$/, '')));
    expect(stale).toEqual([]);
  });
});
