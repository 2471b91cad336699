import type { Cell, Row } from '../../database/engine.ts';
import type { Dimension } from '../model/model.ts';
import type { AnswerPage, AnswerRow, Changes, RowKind, Values, WindowValues } from '../reading/answer.ts';
import { encodeCursor } from '../reading/cursor.ts';
import type { Part } from '../reading/identity.ts';
import { KINDS } from '../render/level.ts';
import { rowTerms } from '../render/order.ts';
import { HEAD } from '../render/render.ts';
import type { Span } from '../resolve/question.ts';
import { shareKey } from '../resolve/values.ts';
import type { LevelReading, Places } from './level-reading.ts';

/** A page of the rows of a level. */
export function decodePage(reading: LevelReading, cells: readonly Row[]): AnswerPage {
  const { place, ids, plan } = reading;
  const found: Row[] = [];
  let totalCount = 0;
  for (const row of cells) {
    if (row[0] !== place) continue;
    if (row[1] === null) totalCount = row[2] as number;
    else found.push(row);
  }
  const { first } = ids;
  const shown = found.length > first ? found.slice(0, first) : found;
  const last = shown.at(-1);
  return {
    get id() {
      return ids.page('result');
    },
    rows: shown.map((row) => new DecodedRow(reading, row)),
    totalCount,
    pageInfo: {
      get id() {
        return ids.page('page-info');
      },
      hasNextPage: found.length > first,
      get endCursor() {
        return last && encodeCursor(plan.version, ids.request, cursorValues(reading, last));
      },
    },
  };
}

/** The numbers of the one row that totals are. */
export function decodeTotals(
  { place, places: { metrics, custom } }: LevelReading,
  cells: readonly Row[],
): { readonly metrics: Values; readonly custom: Values } {
  const row = cells.find((each) => each[0] === place);
  if (!row) return { metrics: NONE, custom: NONE };
  return { metrics: metricsAt(metrics, row), custom: valuesAt(custom, row) };
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

/** What few rows are asked for is made when it is: ids are hashes. */
class DecodedRow implements AnswerRow {
  readonly kind: RowKind;
  readonly keys: Values;
  readonly metrics: Values;
  readonly custom: Values;
  readonly comparisons: AnswerRow['comparisons'];
  readonly rolling: AnswerRow['rolling'];
  readonly shares: AnswerRow['shares'];

  constructor(
    private readonly reading: LevelReading,
    row: Row,
  ) {
    const { places, level, spans } = reading;
    const keys: Record<string, Cell> = {};
    for (const { dimension, at } of places.keys) keys[dimension.name] = keyOf(dimension, row[at]!);
    this.kind = KINDS[row[3] as number]!;
    this.keys = keys;
    this.metrics = metricsAt(places.metrics, row);
    this.custom = valuesAt(places.custom, row);
    const isRows = level.level === 'rows';
    const slot = isRows ? spans(keys) : -1;
    this.comparisons = isRows ? compared(reading, row, this, slot) : NONE;
    this.rolling = isRows ? rolled(places, row, this, slot) : NONE;
    this.shares = shared(places, row, this);
  }

  get isPartial(): boolean {
    return this.reading.isCut(this.keys);
  }

  get id(): string {
    return this.idOf('row');
  }

  /** The id of a part of the row. */
  idOf(...part: Part): string {
    const { identity, ids } = this.reading;
    return identity.of(...part, ...ids.level, this.kind, Object.values(this.keys));
  }
}

const NONE = {};

function compared(
  { question: { unit }, places: { comparisons } }: LevelReading,
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
function cursorValues({ plan, columns, level }: LevelReading, row: Row): readonly Cell[] {
  return rowTerms(plan, level).map(({ column }) =>
    column === 'is_other' ? KINDS[row[3] as number] === 'OTHER' : row[HEAD + columns.indexOf(column)]!,
  );
}
