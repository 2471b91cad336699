import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { describeEngines, type TestEngine } from '../support/databases.ts';
import { rollupsFor } from '../support/rollups.ts';
import { happen, histories } from './histories.ts';

/** More histories look further; the report of a failure names their seed. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20240229);
const MANY = process.env.PROPERTY_HISTORIES;
const HISTORIES: Readonly<Record<TestEngine['name'], number>> = { embedded: 1, postgres: 4 };
/** For one history, by the slowest machine. */
const HISTORY_MS = 120_000;

describeEngines('a build of what has changed', (fixture) => {
  const count = Number(MANY ?? HISTORIES[fixture.name]);
  const seed = SEED + (fixture.name === 'embedded' ? 1_000_000 : 0);
  beforeAll(() => upgrade(fixture.engine, quiet));

  it('leaves the rows of a build of everything, whatever happened before', {
    timeout: 60_000 + count * HISTORY_MS,
  }, async () => {
    let built = 0;
    for (let number = 0; number < count; number++) {
      const [history] = fc.sample(histories, { numRuns: 1, seed: seed + number });
      const options = { progress: quiet, rollups: rollupsFor([1, 4, 12][number % 3]!), allowErrors: true };
      const told: string[] = [];
      for (const deed of history!) {
        told.push(deed.kind === 'killed build' ? `killed build after step ${deed.step}` : deed.kind);
        const report = await happen(fixture.engine, deed, options);
        if (!report) continue;
        built += 1;
        const { changedRows } = await build(fixture.engine, { ...options, full: true });
        const wrong = Object.entries(changedRows).filter(([, { closed, inserted }]) => closed + inserted > 0);
        expect(wrong, `seed ${seed + number}: ${told.join(', ')}`).toEqual([]);
      }
    }
    expect(built).toBeGreaterThan(2 * count);
  });
});
