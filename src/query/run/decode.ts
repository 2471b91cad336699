import type { Cell, Row } from '../../database/engine.ts';
import type { Dimension } from '../model/model.ts';
import type { LevelPlan } from '../plan/plan.ts';
import type { AnswerPage, AnswerRow, Changes, RowKind, Values, WindowValues } from '../reading/answer.ts';
import { encodeCursor } from '../reading/cursor.ts';
import type { Part } from '../reading/identity.ts';
import { KINDS } from '../render/level.ts';
import { rowTerms } from '../render/order.ts';
import { HEAD } from '../render/render.ts';
import type { Question, Span } from '../resolve/question.ts';
import { shareKey } from '../resolve/values.ts';
import { shift } from '../time/time.ts';
import { midnight } from '../time/wall.ts';
import { type Places, placesOf, type Reading } from './decode-places.ts';

/** A page of the rows of a level. */
export function decodePage(reading: Reading, level: LevelPlan, ids: PageIds): AnswerPage {
  const place = reading.plan.levels.indexOf(level);
  const own = reading.cells.filter((row) => row[0] === place);
  const found = own.filter((row) => row[1] !== null);
  const counted = own.find((row) => row[1] === null);
  const first = ids.first;
  const places = placesOf(reading, level);
  const spans = spanIndex(reading.question);
  const isCut = cutIndex(reading, places);
  const shown = found.length > first ? found.slice(0, first) : found;
  const isRows = level.level === 'rows';
  const levelReading: LevelReading = { reading, places, isRows, levelId: ids.level, spans, isCut };
  const rows = shown.map((row) => new DecodedRow(levelReading, row));
  const last = shown.at(-1);
  return {
    id: ids.page('result'),
    rows,
    totalCount: (counted?.[2] as number | undefined) ?? 0,
    pageInfo: {
      get id() {
        return ids.page('page-info');
      },
      hasNextPage: found.length > first,
      get endCursor() {
        return last && encodeCursor(reading.plan.version, ids.request, cursorValues(reading, level, last));
      },
    },
  };
}

/** How the rows of a page, and the page, are named. */
export interface PageIds {
  readonly first: number;
  /** What its cursors are bound to. */
  readonly request: string;
  /** Tells the rows of this level from those of others. */
  readonly level: readonly unknown[];
  page(kind: 'result' | 'page-info'): string;
}

/** The numbers of the one row that totals are. */
export function decodeTotals(reading: Reading): { readonly metrics: Values; readonly custom: Values } {
  const level = reading.plan.levels.find((each) => each.level === 'totals');
  if (!level) return { metrics: {}, custom: {} };
  const place = reading.plan.levels.indexOf(level);
  const row = reading.cells.find((each) => each[0] === place);
  if (!row) return { metrics: {}, custom: {} };
  const { metrics, custom } = placesOf(reading, level);
  return { metrics: valuesAt(metrics, row), custom: valuesAt(custom, row) };
}

function valuesAt(places: readonly (readonly [name: string, at: number])[], row: Row): Values {
  if (places.length === 0) return NONE;
  // Unlike an assignment, this makes a field of any name that a client gives, `__proto__` too.
  return Object.fromEntries(places.map(([name, at]) => [name, row[at]!]));
}

/** By names of the model, none of which is `__proto__`. */
function metricsAt(places: readonly (readonly [name: string, at: number])[], row: Row): Values {
  const metrics: Record<string, Cell> = {};
  for (const [name, at] of places) metrics[name] = row[at]!;
  return metrics;
}

/** The place of a slot by the label of its finest period. */
type SpanIndex = (keys: Values) => number;

function spanIndex({ unit, groupBy, slots }: Question): SpanIndex {
  const key = groupBy.find((dimension) => dimension.kind === 'time' && dimension.grain === unit);
  if (key === undefined) return () => 0;
  const places = new Map(slots!.map(({ start }, index) => [start.slice(0, 10), index]));
  return (keys) => places.get(keys[key.name] as string) ?? -1;
}

/** What the rows of a level are read with. */
interface LevelReading {
  readonly reading: Reading;
  readonly places: Places;
  readonly isRows: boolean;
  /** Tells its rows from those of other levels. */
  readonly levelId: readonly unknown[];
  readonly spans: SpanIndex;
  readonly isCut: CutIndex;
}

/** Ids are made when they are asked for: they are hashes, and most rows are never asked theirs. */
class DecodedRow implements AnswerRow {
  readonly kind: RowKind;
  readonly keys: Values;
  readonly metrics: Values;
  readonly isPartial: boolean;
  readonly custom: Values;
  readonly comparisons: AnswerRow['comparisons'];
  readonly rolling: AnswerRow['rolling'];
  readonly shares: AnswerRow['shares'];

  constructor(
    private readonly level: LevelReading,
    row: Row,
  ) {
    const { reading, places, isRows, spans, isCut } = level;
    const keys: Record<string, Cell> = {};
    for (const { dimension, at } of places.keys) keys[dimension.name] = keyOf(dimension, row[at]!);
    this.kind = KINDS[row[3] as number]!;
    this.keys = keys;
    this.metrics = metricsAt(places.metrics, row);
    this.isPartial = isCut(keys);
    this.custom = valuesAt(places.custom, row);
    const slot = isRows ? spans(keys) : -1;
    this.comparisons = isRows ? compared(reading, places, row, this, slot) : NONE;
    this.rolling = isRows ? rolled(places, row, this, slot) : NONE;
    this.shares = shared(places, row, this);
  }

  get id(): string {
    return this.idOf('row');
  }

  /** The id of a part of the row. */
  idOf(...part: Part): string {
    const { reading, levelId } = this.level;
    return reading.identity.of(...part, ...levelId, this.kind, Object.values(this.keys));
  }
}

const NONE = {};

function compared(
  { question: { unit } }: Reading,
  { comparisons }: Places,
  row: Row,
  owner: DecodedRow,
  slot: number,
): AnswerRow['comparisons'] {
  if (comparisons.length === 0) return NONE;
  const made: Record<string, Changes | null> = {};
  for (const { windows, metrics } of comparisons) {
    const span = spanAt(windows.spans, unit === undefined ? 0 : slot);
    made[windows.key] = span && {
      get id() {
        return owner.idOf('comparison', windows.key);
      },
      isPartial: owner.isPartial || span.isPartial,
      metrics: Object.fromEntries(
        metrics.map(([name, [current, previous, delta, relativeChange]]) => [
          name,
          {
            current: row[current!]!,
            previous: row[previous!]!,
            delta: row[delta!]!,
            relativeChange: row[relativeChange!]!,
          },
        ]),
      ),
    };
  }
  return made;
}

function rolled({ rolling }: Places, row: Row, owner: DecodedRow, slot: number): AnswerRow['rolling'] {
  if (rolling.length === 0) return NONE;
  const made: Record<string, WindowValues | null> = {};
  for (const { windows, metrics } of rolling) {
    const span = spanAt(windows.spans, slot);
    made[windows.key] = span && {
      get id() {
        return owner.idOf('rolling', windows.key);
      },
      isPartial: span.isPartial,
      metrics: Object.fromEntries(metrics.map(([name, [at]]) => [name, row[at!]!])),
    };
  }
  return made;
}

function shared({ shares }: Places, row: Row, owner: DecodedRow): AnswerRow['shares'] {
  if (shares.length === 0) return NONE;
  return Object.fromEntries(
    shares.map(({ of, metrics }) => [
      shareKey(of),
      {
        get id() {
          return owner.idOf('share', of);
        },
        metrics: valuesAt(metrics, row),
      },
    ]),
  );
}

function spanAt(spans: readonly Span[], slot: number): Span | null {
  return spans[slot] ?? null;
}

/** The key as the API shows it: a band by its name. */
function keyOf(dimension: Dimension, cell: Cell): Cell {
  return dimension.kind === 'band' && cell !== null ? dimension.values[cell as number]!.name : cell;
}

/** The values that a cursor continues after, in the order of the level's rows. */
function cursorValues({ plan, columns }: Reading, level: LevelPlan, row: Row): readonly Cell[] {
  return rowTerms(plan, level).map(({ column }) =>
    column === 'is_other' ? KINDS[row[3] as number] === 'OTHER' : row[HEAD + columns.indexOf(column)]!,
  );
}

/** Whether the time of a row is not over at as-of, or is cut by the range, by the keys of the row. */
type CutIndex = (keys: Values) => boolean;

/**
 * The time of a row is what its grouped periods have in common, or without any the range; what is folded has none of
 * them. Found once for each time: many rows are of the same.
 */
function cutIndex({ question: { range, extent } }: Reading, { keys }: Places): CutIndex {
  const periods = keys.flatMap(({ dimension }) => (dimension.kind === 'time' ? [dimension] : []));
  const known = new Map<string, boolean>();
  const find = (row: Values) => {
    const labels = periods.flatMap(({ name, grain }) => {
      const label = row[name] as string | null;
      return label === null ? [] : [[grain, label] as const];
    });
    const [end = range.to] = labels.map(([grain, label]) => midnight(shift(grain, label, 1))).sort();
    const start = labels
      .map(([, label]) => midnight(label))
      .sort()
      .at(-1);
    if (extent !== undefined && end !== undefined && end > extent.asOf) return true;
    const isCutBefore = start !== undefined && range.from !== undefined && range.from > start;
    return isCutBefore || (end !== undefined && range.to !== undefined && range.to < end);
  };
  return (row) => {
    let time = '';
    for (const { name } of periods) time += `${row[name]} `;
    const found = known.get(time) ?? find(row);
    known.set(time, found);
    return found;
  };
}
