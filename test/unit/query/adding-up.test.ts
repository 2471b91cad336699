import { describe, expect, it } from 'vitest';
import { semantic } from '../../../src/model/semantic.ts';
import type { MetricsRequest } from '../../../src/query/resolve/request.ts';
import { compile } from '../../../src/query/run/compile.ts';
import { asking, catalog, REQUEST, selecting, served, settingOf } from './compiling.ts';

const HALF_YEAR = { between: { from: '2024-02-01', to: '2024-08-01' } };
const TITLES = { title: { in: ['PARTNER', 'ASSOCIATE'] } };
const FIRMS = { firm: { in: ['1', '2'] } };

/** Every rollup, whose levels have the more rows the finer they are. */
const ROLLUPS = Object.fromEntries(
  semantic.facts
    .flatMap((fact) => catalog.rollupsOf(fact))
    .map(({ name, levels }) => [
      name,
      Object.fromEntries(
        levels.map(({ relation, level }) => [relation.name, 10 ** (1 + level.dimensions.length)]),
      ),
    ]),
);

/** The relations that a metric of a request is read from. */
async function relationsOf(metric: string, request: Partial<MetricsRequest>): Promise<readonly string[]> {
  const setting = settingOf(catalog, served(1, '2024-12-31T12:00:00Z', ROLLUPS));
  const asked = asking({ ...REQUEST, groupBy: ['month'], ...request }, selecting(metric));
  const { plan } = await compile(setting, asked);
  return plan.levels.flatMap(({ branches }) => branches.map(({ relation }) => relation));
}

describe('numbers that rows of a rollup store add up', () => {
  it('over an attribute of what is counted: no user has two titles', async () => {
    expect(await relationsOf('active_users', { where: TITLES })).toEqual(['queries_cube (month, title)']);
    expect(await relationsOf('power_user_rate', { where: TITLES })).toContain(
      'user_months_cube (month, title)',
    );
  });

  it('and not over what a member can have several of: a user at two firms is one user', async () => {
    expect(await relationsOf('active_users', { where: FIRMS })).toEqual([
      'queries_by_user (month, user, firm, event_type)',
    ]);
    expect(await relationsOf('engagement_score', { where: FIRMS })).toContain('user_engagement');
  });

  it('over periods where each row of the base is in one, and not where members are in several', async () => {
    const request = { groupBy: ['title'], timeRange: HALF_YEAR };
    expect(await relationsOf('engagement_score', request)).toContain('user_months_cube (month, title)');
    expect(await relationsOf('power_user_rate', request)).toContain('user_engagement');
  });
});
