import { readSourceRows } from '../lists/source-rows.ts';
import { plan } from '../plan/make-plan.ts';
import type { Cursors, CursorValue } from '../plan/plan.ts';
import type { Answer } from '../reading/answer.ts';
import { decodeCursor } from '../reading/cursor.ts';
import { hash, Identity } from '../reading/identity.ts';
import type { Setting } from '../reading/setting.ts';
import { type Rendered, render } from '../render/render.ts';
import { Problems } from '../resolve/problems.ts';
import type { Question } from '../resolve/question.ts';
import { answeredRange } from '../resolve/range.ts';
import type { MetricsRequest, Path, Selection } from '../resolve/request.ts';
import { resolve } from '../resolve/resolve.ts';
import { checkAdded } from './added.ts';
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
  const { reader, catalog, served, dryRun } = setting;
  const { version } = served;
  const question = resolve(catalog, request, selection, served.record, path);
  await checkAdded(setting, question, path);
  const identity = new Identity(version, '', catalog.fiscalYearStart, request);
  const ids = question.subtotals.map((each) => subtotalIds(identity, each));
  const cursors: Cursors = {
    page: decodeCursor(question.after, version, identity.requestHash, [...path, 'after']),
    subtotals: question.subtotals.map(({ after }, index): readonly CursorValue[] | undefined =>
      decodeCursor(after, version, ids[index]!.request, [...selection.subtotals[index]!.path, 'after']),
    ),
  };
  const made = plan(catalog, question, version, cursors, served.record ?? NOTHING_BUILT);
  const rendered = made.levels.length > 0 ? render(catalog, made) : undefined;
  if (rendered) checkSize(rendered, path);
  const found = rendered && !dryRun ? await reader.read(rendered.statement) : NOTHING;
  const reading: Reading = {
    catalog,
    question,
    plan: made,
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
  const rows = made.levels.find(({ level }) => level === 'rows');
  return {
    ...(rows ? decodePage(reading, rows, rowIds) : emptyPage(rowIds)),
    get metaId() {
      return identity.page('meta');
    },
    range: answeredRange(question.range, question.extent),
    plan: made,
    statement: rendered?.statement,
    cacheHit: found.isHit,
    totals: { id: identity.of('totals'), ...decodeTotals(reading) },
    subtotals: ids.map((each, index) =>
      decodePage(reading, made.levels.find(({ level }) => level === `subtotals_${index}`)!, each),
    ),
    sourceRows: (first) => readSourceRows(setting, made, first),
  };
}

const NOTHING_BUILT = { rollups: {}, rowCounts: {} };
const NOTHING = { value: [], isHit: false };

/** Tables of the database have up to 1664 columns, and what is folded takes two for a share. */
const MAX_COLUMNS = 800;
/** Statements are sent with the number of their values in two bytes; that of source rows has some more. */
const MAX_VALUES = 60_000;

/** @throws RequestError for a statement that the database would not take */
function checkSize({ columns, statement: { values } }: Rendered, path: Path): void {
  const problems = new Problems();
  if (columns.length > MAX_COLUMNS) {
    const size = { given: columns.length, of: 'columns', limit: MAX_COLUMNS };
    problems.add('TOO_LARGE', size, path);
  }
  if (values.length > MAX_VALUES) {
    const size = { given: values.length, of: 'values in its statement', limit: MAX_VALUES };
    problems.add('TOO_LARGE', size, path);
  }
  problems.throwIfAny();
}

function subtotalIds(identity: Identity, { by, first, after }: Question['subtotals'][number]): PageIds {
  const level = ['subtotals', by.map(({ name }) => name)];
  return {
    first,
    request: hash([identity.requestHash, ...level]),
    level,
    page: (kind) => identity.of(kind, ...level, first, after ?? null),
  };
}

function emptyPage(ids: PageIds): ReturnType<typeof decodePage> {
  return {
    id: ids.page('result'),
    rows: [],
    totalCount: 0,
    pageInfo: { id: ids.page('page-info'), hasNextPage: false, endCursor: undefined },
  };
}
