import { describe, expect, it } from 'vitest';
import type { ServedVersion } from '../../../src/database/version.ts';
import { semantic } from '../../../src/model/semantic.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import { Reader } from '../../../src/query/reading/reader.ts';
import { ResultCache } from '../../../src/query/reading/result-cache.ts';
import type { MetricsRequest } from '../../../src/query/resolve/request.ts';
import { compile } from '../../../src/query/run/compile.ts';

const catalog = new Catalog(semantic, { fiscalYearStart: 1 });
const BARE: MetricsRequest = {
  ...{ groupBy: ['month'], orderBy: [], first: 10, compare: [], rolling: [], custom: [] },
  ...{ fill: false, emptyGroups: false },
};
const HALF_YEAR = { between: { from: '2024-02-01', to: '2024-08-01' } };
const TITLES = { title: { in: ['PARTNER', 'ASSOCIATE'] } };
const FIRMS = { firm: { in: ['1', '2'] } };

/** A version with every rollup, whose levels have the more rows the finer they are. */
function served(): ServedVersion {
  const tables = semantic.facts.flatMap((fact) => catalog.rollupsOf(fact));
  const rollups = Object.fromEntries(
    tables.map(({ name, levels }) => [
      name,
      Object.fromEntries(
        levels.map(({ relation, level }) => [relation.name, 10 ** (1 + level.dimensions.length)]),
      ),
    ]),
  );
  const asOf = '2024-12-31T12:00:00Z';
  const times = { publishedAt: asOf, asOf, firstEventAt: '2024-01-01T00:00:00Z', lastEventAt: asOf };
  const record = { ...times, hasTimes: true, durationMs: 1, definitionHash: '', rowCounts: {}, rollups };
  return { version: 1, oldestVersion: 1, record };
}

/** The relations that a metric of a request is read from. */
async function relationsOf(metric: string, request: Partial<MetricsRequest>): Promise<readonly string[]> {
  const at = served();
  const engine = { read: () => Promise.reject(new Error('Nothing is to be read.')) };
  const rows = {
    ...{ dimensions: [], comparisons: [], rolling: [], custom: [], shares: [], sourceRows: [] },
    metrics: [{ name: metric, path: ['metrics', 'rows', metric] }],
  };
  const { plan } = await compile(
    { catalog, served: at, reader: new Reader(engine, new ResultCache(0), at, ''), dryRun: false },
    {
      request: { ...BARE, ...request },
      selection: { rows, subtotals: [], totalCount: false },
      path: [],
    },
  );
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
