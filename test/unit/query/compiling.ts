import type { ServedVersion, VersionRecord } from '../../../src/database/version.ts';
import { semantic } from '../../../src/model/semantic.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import { Reader } from '../../../src/query/reading/reader.ts';
import { ResultCache } from '../../../src/query/reading/result-cache.ts';
import type { Asked, MetricsRequest, Path, Selection } from '../../../src/query/resolve/request.ts';

export const catalog = new Catalog(semantic, { fiscalYearStart: 1 });

export const REQUEST: MetricsRequest = {
  ...{ groupBy: ['title'], orderBy: [], first: 10, compare: [], rolling: [], custom: [] },
  ...{ fill: false, emptyGroups: false },
};

export function selecting(...metrics: readonly string[]): Selection {
  return {
    rows: {
      ...{ dimensions: [], comparisons: [], rolling: [], custom: [], shares: [], sourceRows: [] },
      metrics: metrics.map((name) => ({ name, path: ['metrics', 'rows', name] })),
    },
    ...{ subtotals: [], totalCount: false },
  };
}

export function served(
  version: number,
  asOf = '2024-06-30T12:00:00Z',
  rollups: VersionRecord['rollups'] = {},
): ServedVersion {
  return {
    ...{ version, oldestVersion: version },
    record: {
      ...{
        publishedAt: '2024-07-01T00:00:00Z',
        asOf,
        firstEventAt: '2024-01-01T00:00:00Z',
        lastEventAt: asOf,
      },
      ...{ hasTimes: true, durationMs: 1, definitionHash: '', rowCounts: {}, rollups },
    },
  };
}

/** Where nothing can be read, only compiled. */
export function settingOf(of: Catalog, at: ServedVersion, dryRun = false) {
  const engine = { read: () => Promise.reject(new Error('Nothing is to be read.')) };
  return { catalog: of, served: at, reader: new Reader(engine, new ResultCache(0), at, ''), dryRun };
}

export function asking(request = REQUEST, selection = selecting('num_queries'), path: Path = []): Asked {
  return { request, selection, path };
}
