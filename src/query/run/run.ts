import { readSourceRows } from '../lists/source-rows.ts';
import type { Answer, AnswerPage } from '../reading/answer.ts';
import type { Setting } from '../reading/setting.ts';
import { answeredRange } from '../resolve/range.ts';
import type { Asked } from '../resolve/request.ts';
import { compile } from './compile.ts';
import { decodePage, decodeTotals } from './decode.ts';
import type { PageIds } from './level-reading.ts';

/**
 * Answers a metrics request in one statement, wholly at the version of its setting.
 * @throws RequestError when it has no meaning; NewerVersionError for a cursor of a newer version
 */
export async function answer(setting: Setting, asked: Asked): Promise<Answer> {
  const { reader, dryRun } = setting;
  const { question, identity, plan, rendered, rowIds, rows, totals, subtotals } = await compile(
    setting,
    asked,
  );
  const found = rendered && !dryRun ? await reader.read(rendered.statement) : NOTHING;
  const { value: cells, isHit } = found;
  const page = rows ? decodePage(rows, cells) : emptyPage(rowIds);
  return {
    get id() {
      return page.id;
    },
    ...{ rows: page.rows, totalCount: page.totalCount, pageInfo: page.pageInfo },
    get metaId() {
      return identity.page('meta');
    },
    range: answeredRange(question.range, question.extent),
    plan,
    statement: rendered?.statement,
    cacheHit: isHit,
    totals: {
      get id() {
        return identity.of('totals');
      },
      ...(totals ? decodeTotals(totals, cells) : NO_TOTALS),
    },
    subtotals: subtotals.map((each) => decodePage(each, cells)),
    sourceRows: (first) => readSourceRows(setting, plan, first),
  };
}

const NOTHING = { value: [], isHit: false };
const NO_TOTALS = { metrics: {}, custom: {} };

function emptyPage(ids: PageIds): AnswerPage {
  return {
    get id() {
      return ids.page('result');
    },
    rows: [],
    totalCount: 0,
    pageInfo: {
      get id() {
        return ids.page('page-info');
      },
      hasNextPage: false,
      endCursor: undefined,
    },
  };
}
