import { plan } from '../plan/make-plan.ts';
import type { Cursors, CursorValue, LevelName, Plan } from '../plan/plan.ts';
import { decodeCursor } from '../reading/cursor.ts';
import { hash, Identity } from '../reading/identity.ts';
import { Kept } from '../reading/kept.ts';
import type { Setting } from '../reading/setting.ts';
import { type Rendered, render } from '../render/render.ts';
import { Problems } from '../resolve/problems.ts';
import type { Question } from '../resolve/question.ts';
import type { Asked, Path } from '../resolve/request.ts';
import { resolve } from '../resolve/resolve.ts';
import { checkAdded } from './added.ts';
import { type LevelReading, levelReading, type PageIds } from './level-reading.ts';

/** A request at a version, up to the statement that answers it. */
export interface Compiled {
  readonly question: Question;
  readonly identity: Identity;
  readonly plan: Plan;
  /** Absent when nothing of the selection needs the database. */
  readonly rendered: Rendered | undefined;
  readonly rowIds: PageIds;
  /** How what is answered is read, as far as it is asked for. */
  readonly rows: LevelReading | undefined;
  readonly totals: LevelReading | undefined;
  /** Of the question's subtotals, in their order. */
  readonly subtotals: readonly LevelReading[];
}

/** A period of an answer, or a window, is five times of day with what holds them. */
const CHARACTERS_OF_PERIOD = 80;

const kept = new Kept<Compiled>(({ rendered, question, plan }) => {
  const { slots = [], comparisons, rolling } = question;
  const windows = plan.windows.reduce((sum, each) => sum + each.windows.length, 0);
  // Each is also found by its label, and known by it to be cut or not.
  const periods = slots.length * (3 + comparisons.length + rolling.length) + windows;
  return (rendered?.statement.text.length ?? 0) + CHARACTERS_OF_PERIOD * periods;
});

/**
 * Compiles a request, or finds it compiled. What is only explained is compiled anew, since fewer checks are made for it.
 * @throws RequestError when it has no meaning; NewerVersionError for a cursor of a newer version
 */
export async function compile(setting: Setting, asked: Asked): Promise<Compiled> {
  const made = () => make(setting, asked);
  return setting.dryRun ? made() : kept.get(setting, asked, made);
}

async function make(setting: Setting, { request, selection, path }: Asked): Promise<Compiled> {
  const { catalog, served } = setting;
  const { version } = served;
  const question = resolve(catalog, request, selection, served.record, path);
  await checkAdded(setting, question, path);
  const identity = new Identity(version, setting.reader.scope, catalog.fiscalYearStart, request);
  const subtotalIds = question.subtotals.map((each) => idsOfSubtotals(identity, each));
  const cursors: Cursors = {
    page: decodeCursor(question.after, version, identity.requestHash, [...path, 'after']),
    subtotals: question.subtotals.map(({ after }, index): readonly CursorValue[] | undefined =>
      decodeCursor(after, version, subtotalIds[index]!.request, [
        ...selection.subtotals[index]!.path,
        'after',
      ]),
    ),
  };
  const made = plan(catalog, question, version, cursors, served.record ?? NOTHING_BUILT);
  const rendered = made.levels.length > 0 ? render(catalog, made) : undefined;
  if (rendered) checkSize(rendered, path);
  const rowIds = idsOfRows(identity, question);
  const reading = { catalog, question, plan: made, identity, rendered };
  const levelOf = (name: LevelName, ids: PageIds) => {
    const level = made.levels.find((each) => each.level === name);
    return level && levelReading(reading, level, ids);
  };
  return {
    ...{ question, identity, plan: made, rendered, rowIds },
    rows: made.page.rows || made.page.count ? levelOf('rows', rowIds) : undefined,
    totals: levelOf('totals', rowIds),
    subtotals: subtotalIds.map((ids, index) => levelOf(`subtotals_${index}`, ids)!),
  };
}

const NOTHING_BUILT = { rollups: {}, rowCounts: {} };

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

function idsOfRows(identity: Identity, { first }: Question): PageIds {
  return { first, request: identity.requestHash, level: [], page: (kind) => identity.page(kind) };
}

function idsOfSubtotals(identity: Identity, { by, first, after }: Question['subtotals'][number]): PageIds {
  const level = ['subtotals', by.map(({ name }) => name)];
  return {
    first,
    request: hash([identity.requestHash, ...level]),
    level,
    page: (kind) => identity.of(kind, ...level, first, after ?? null),
  };
}
