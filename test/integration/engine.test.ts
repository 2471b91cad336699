import { expect, test } from 'vitest';
import { describeEngines } from '../support/databases.ts';

describeEngines('engine', (fixture) => {
  test('reads', async () => {
    expect(
      await fixture.engine.read({ text: 'select version from mart.served_version', values: [] }),
    ).toEqual([[0]]);
  });
});
