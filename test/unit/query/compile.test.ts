import { describe, expect, it } from 'vitest';
import type { ServedVersion } from '../../../src/database/version.ts';
import { semantic } from '../../../src/model/semantic.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import { Reader } from '../../../src/query/reading/reader.ts';
import { ResultCache } from '../../../src/query/reading/result-cache.ts';
import type { Asked, MetricsRequest, Path, Selection } from '../../../src/query/resolve/request.ts';
import { compile } from '../../../src/query/run/compile.ts';

const REQUEST: MetricsRequest = {
  ...{ groupBy: ['title'], orderBy: [], first: 10, compare: [], rolling: [], custom: [] },
  ...{ fill: false, emptyGroups: false },
};

function selecting(...metrics: readonly string[]): Selection {
  return {
    rows: {
      ...{ dimensions: [], comparisons: [], rolling: [], custom: [], shares: [], sourceRows: [] },
      metrics: metrics.map((name) => ({ name, path: ['metrics', 'rows', name] })),
    },
    ...{ subtotals: [], totalCount: false },
  };
}

function served(version: number, asOf = '2024-06-30T12:00:00Z'): ServedVersion {
  return {
    ...{ version, oldestVersion: version },
    record: {
      ...{
        publishedAt: '2024-07-01T00:00:00Z',
        asOf,
        firstEventAt: '2024-01-01T00:00:00Z',
        lastEventAt: asOf,
      },
      ...{ hasTimes: true, durationMs: 1, definitionHash: '', rowCounts: {}, rollups: {} },
    },
  };
}

function settingOf(catalog: Catalog, at: ServedVersion, dryRun = false) {
  const engine = { read: () => Promise.reject(new Error('Nothing is to be read.')) };
  return { catalog, served: at, reader: new Reader(engine, new ResultCache(0), at, ''), dryRun };
}

function asking(request = REQUEST, selection = selecting('num_queries'), path: Path = []): Asked {
  return { request, selection, path };
}

const catalog = new Catalog(semantic, { fiscalYearStart: 1 });

describe('a request', () => {
  const first = () => compile(settingOf(catalog, served(3)), asking());

  it('is compiled once for all who ask it of a version', async () => {
    const again = { ...structuredClone(REQUEST) };
    expect(await compile(settingOf(catalog, served(3)), asking(again))).toBe(await first());
  });

  it('is compiled anew for another selection, request, place in the document, version or catalogue', async () => {
    const known = await first();
    const setting = settingOf(catalog, served(3));
    const fiscal = new Catalog(semantic, { fiscalYearStart: 4 });
    const others = [
      compile(setting, asking(REQUEST, selecting('num_docs'))),
      compile(setting, asking({ ...REQUEST, first: 11 })),
      compile(setting, asking(REQUEST, selecting('num_queries'), ['aliased'])),
      compile(settingOf(catalog, served(4)), asking()),
      compile(settingOf(fiscal, served(3)), asking()),
    ];
    const all = [known, ...(await Promise.all(others))];
    expect(new Set(all).size).toBe(6);
    expect(all[4]!.plan.version).toBe(4);
    expect(all[5]!.plan.fiscalYearStart).toBe(4);
  });

  it('that is the very same object is compiled anew for another version, and found again for the one before', async () => {
    const asked = asking();
    const known = await compile(settingOf(catalog, served(3)), asked);
    expect((await compile(settingOf(catalog, served(4)), asked)).plan.version).toBe(4);
    expect(await compile(settingOf(catalog, served(3)), asked)).toBe(known);
  });

  it('of many periods is not kept, whose windows are larger than all others', async () => {
    const shifts = [1, 2, 3].map((count) => ({
      key: `k${count}`,
      shift: { count, unit: 'day' as const },
      toDate: true,
    }));
    const between = { from: '2019-01-01T00:00:00.000000', to: '2024-07-01T00:00:00.000000' };
    const request = { ...REQUEST, groupBy: ['day'], timeRange: { between }, compare: shifts };
    const asked = () => compile(settingOf(catalog, served(3)), asking(request));
    const first = await asked();
    expect(first.question.slots).toHaveLength(2_008);
    expect(await asked()).not.toBe(first);
  });

  it('that is refused is refused again', async () => {
    const refused = () => compile(settingOf(catalog, served(3)), asking({ ...REQUEST, first: -1 }));
    await expect(refused()).rejects.toThrow();
    await expect(refused()).rejects.toThrow();
  });

  it('that was only explained is checked in full when it is asked', async () => {
    const request = { ...REQUEST, first: 12 };
    const explained = await compile(settingOf(catalog, served(3), true), asking(request));
    const asked = await compile(settingOf(catalog, served(3)), asking(request));
    expect(asked).not.toBe(explained);
    expect(asked.plan).toEqual(explained.plan);
  });
});
