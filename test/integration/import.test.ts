import { expect, test } from 'vitest';
import { filesOf, importFiles } from '../../src/pipeline/import/index.ts';
import { describeEngines } from '../support/databases.ts';
import { requireReference, skipReference } from '../support/reference.ts';

describeEngines('import of the reference data', (fixture) => {
  test.skipIf(skipReference)('loads every row once', async () => {
    const sources = filesOf(requireReference());
    const first = await importFiles(fixture.engine, sources);
    console.log(JSON.stringify(first));
    const again = await importFiles(fixture.engine, sources);
    console.log(JSON.stringify(again));
    expect(first.files.map((file) => [file.kind, file.loaded])).toEqual([
      ['USERS', 2948],
      ['FIRMS', 32],
      ['EVENTS', 18832],
    ]);
  });
});
