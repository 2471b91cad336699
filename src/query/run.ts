import type { Cell, Engine, Row, Statement } from '../database/engine.ts';
import type { ServedVersion } from '../database/version.ts';
import type { Catalog } from './catalog.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { Identity } from './identity.ts';
import { type Plan, plan } from './plan.ts';
import { type Layout, LEVELS, render } from './render.ts';
import type { MetricsRequest, OrderTerm, Path, Question, Range, Selection } from './request.ts';
import { resolve } from './resolve.ts';
import { compareInstants, midnight, shift } from './time.ts';

export type Values = Readonly<Record<string, Cell>>;

export interface AnswerRow {
  readonly id: string;
  readonly kind: 'GROUP';
  /** By dimension's name: a date, an enum's value, or an entity's key. */
  readonly keys: Values;
  /** By metric's name. */
  readonly metrics: Values;
  /** Whether a period of it ends after as-of or is cut by the range. */
  readonly isPartial: boolean;
}

export interface Answer {
  readonly identity: Identity;
  readonly question: Question;
  readonly plan: Plan;
  readonly statement: Statement | undefined;
  readonly rows: readonly AnswerRow[];
  readonly totals: Values;
  readonly totalCount: number;
  readonly hasNextPage: boolean;
  readonly endCursor: string | undefined;
}

/** Where and for whom a request is answered. */
export interface Setting {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly served: ServedVersion;
}

/**
 * Answers a metrics request in one statement, wholly at the version of its setting.
 * @throws RequestError when it has no meaning; NewerVersionError for a cursor of a newer version
 */
export async function answer(
  { engine, catalog, served }: Setting,
  request: MetricsRequest,
  selection: Selection,
  path: Path = [],
): Promise<Answer> {
  const { version } = served;
  const question = resolve(catalog, request, selection, served.record?.asOf, path);
  const identity = new Identity(version, '', request);
  const after =
    question.after === undefined
      ? undefined
      : decodeCursor(question.after, version, identity.requestHash, [...path, 'after']);
  const made = plan(catalog, question, version, after);
  const rendered = made.levels.length > 0 ? render(catalog, made) : undefined;
  const cells = rendered ? await engine.read(rendered.statement) : [];
  return {
    ...decode(cells, rendered?.layout ?? { keys: [], metrics: [] }, question, identity, served),
    identity,
    question,
    plan: made,
    statement: rendered?.statement,
  };
}

type Decoded = Pick<Answer, 'rows' | 'totals' | 'totalCount' | 'hasNextPage' | 'endCursor'>;

/** The first cells of an answered row are its level, position and total count. */
const HEAD = 3;

function decode(
  cells: readonly Row[],
  layout: Layout,
  question: Question,
  identity: Identity,
  served: ServedVersion,
): Decoded {
  const ofLevel = (level: number) => cells.filter((row) => row[0] === level);
  const all = ofLevel(LEVELS.rows);
  const shown = all.slice(0, question.first);
  const rows = shown.map((row): AnswerRow => {
    const keys = values(layout.keys, row, HEAD);
    const metrics = values(layout.metrics, row, HEAD + layout.keys.length);
    const isPartial = partial(question, keys, served.record?.asOf);
    return { id: identity.row('GROUP', Object.values(keys)), kind: 'GROUP', keys, metrics, isPartial };
  });
  const last = rows.at(-1);
  const [totals] = ofLevel(LEVELS.totals);
  return {
    rows,
    totals: totals ? values(layout.metrics, totals, HEAD + layout.keys.length) : {},
    totalCount: (ofLevel(LEVELS.count)[0]?.[2] as number | undefined) ?? 0,
    hasNextPage: all.length > shown.length,
    endCursor: last && encodeCursor(served.version, identity.requestHash, orderValues(question.order, last)),
  };
}

function values(names: readonly string[], row: Row, from: number): Values {
  return Object.fromEntries(names.map((name, index) => [name, row[from + index]!]));
}

function orderValues(order: readonly OrderTerm[], row: AnswerRow): readonly Cell[] {
  return order.map(({ by, name }) => (by === 'metric' ? row.metrics[name]! : row.keys[name]!));
}

/** Whether a grouped period is not over at as-of, or not wholly inside the range. */
function partial({ groupBy, range }: Question, keys: Values, asOf: string | undefined): boolean {
  return groupBy.some((dimension) => {
    if (dimension.kind !== 'time') return false;
    const start = keys[dimension.name] as string;
    return cuts(midnight(start), midnight(shift(dimension.grain, start, 1)), range, asOf);
  });
}

function cuts(start: string, end: string, range: Range, asOf: string | undefined): boolean {
  if (asOf !== undefined && compareInstants(end, asOf) > 0) return true;
  const { from, to } = range;
  return (
    (from !== undefined && compareInstants(from, start) > 0) ||
    (to !== undefined && compareInstants(to, end) < 0)
  );
}
