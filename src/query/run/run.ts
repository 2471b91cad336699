import { readSourceRows } from '../lists/source-rows.ts';
import type { Answer } from '../reading/answer.ts';
import type { Setting } from '../reading/setting.ts';
import { answeredRange } from '../resolve/range.ts';
import type { MetricsRequest, Path, Selection } from '../resolve/request.ts';
import { compile } from './compile.ts';
import { decodePage, decodeTotals, type PageIds } from './decode.ts';
import type { Reading } from './decode-places.ts';

/**
 * Answers a metrics request in one statement, wholly at the version of its setting.
 * @throws RequestError when it has no meaning; NewerVersionError for a cursor of a newer version
 */
export async function answer(
  setting: Setting,
  request: MetricsRequest,
  selection: Selection,
  path: Path = [],
): Promise<Answer> {
  const { reader, catalog, dryRun } = setting;
  const { question, identity, subtotalIds, plan, rendered } = await compile(
    setting,
    request,
    selection,
    path,
  );
  const found = rendered && !dryRun ? await reader.read(rendered.statement) : NOTHING;
  const reading: Reading = {
    catalog,
    question,
    plan,
    identity,
    columns: rendered?.columns ?? [],
    cells: found.value,
  };
  const rowIds: PageIds = {
    first: question.first,
    request: identity.requestHash,
    level: [],
    page: (kind) => identity.page(kind),
  };
  const rows = plan.levels.find(({ level }) => level === 'rows');
  return {
    ...(rows ? decodePage(reading, rows, rowIds) : emptyPage(rowIds)),
    get metaId() {
      return identity.page('meta');
    },
    range: answeredRange(question.range, question.extent),
    plan,
    statement: rendered?.statement,
    cacheHit: found.isHit,
    totals: {
      get id() {
        return identity.of('totals');
      },
      ...decodeTotals(reading),
    },
    subtotals: subtotalIds.map((each, index) =>
      decodePage(reading, plan.levels.find(({ level }) => level === `subtotals_${index}`)!, each),
    ),
    sourceRows: (first) => readSourceRows(setting, plan, first),
  };
}

const NOTHING = { value: [], isHit: false };

function emptyPage(ids: PageIds): ReturnType<typeof decodePage> {
  return {
    id: ids.page('result'),
    rows: [],
    totalCount: 0,
    pageInfo: { id: ids.page('page-info'), hasNextPage: false, endCursor: undefined },
  };
}
