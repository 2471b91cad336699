import type { Cell, Row } from '../../database/engine.ts';
import type { Dimension } from '../model/model.ts';
import type { AnswerRow, Change, Changes, RowKind, Values, WindowValues } from '../reading/answer.ts';
import type { Part } from '../reading/identity.ts';
import { KINDS } from '../render/level.ts';
import type { Span } from '../resolve/question.ts';
import { shareKey } from '../resolve/values.ts';
import type { ChangePlaces, LevelReading, Place, Places } from './level-reading.ts';

/** Where nothing is asked for. */
export const NONE = {};

export function valuesAt(places: readonly Place[], row: Row): Values {
  if (places.length === 0) return NONE;
  // Unlike an assignment, this makes a field of any name that a client gives, `__proto__` too.
  return Object.fromEntries(places.map(({ name, at }) => [name, row[at]!]));
}

/** By names of the model, none of which is `__proto__`. */
export function metricsAt(places: readonly Place[], row: Row): Values {
  const metrics: Record<string, Cell> = {};
  for (const { name, at } of places) metrics[name] = row[at]!;
  return metrics;
}

/** A row of a level, off its cells. */
export class DecodedRow implements AnswerRow {
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
    const { places, level, spans, kindAt } = reading;
    const keys: Record<string, Cell> = {};
    for (const { dimension, at } of places.keys) keys[dimension.name] = keyOf(dimension, row[at]!);
    this.kind = KINDS[row[kindAt] as number]!;
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
    made[windows.key] = span && new DecodedChanges(owner, windows.key, span, metrics, row);
  }
  return made;
}

class DecodedChanges implements Changes {
  readonly metrics: Changes['metrics'];

  constructor(
    private readonly owner: DecodedRow,
    private readonly key: string,
    private readonly span: Span,
    metrics: readonly ChangePlaces[],
    row: Row,
  ) {
    const made: Record<string, Change> = {};
    for (const each of metrics) made[each.name] = new DecodedChange(this, each, row);
    this.metrics = made;
  }

  get id(): string {
    return this.owner.idOf('comparison', this.key);
  }

  get isPartial(): boolean {
    return this.owner.isPartial || this.span.isPartial;
  }
}

class DecodedChange implements Change {
  readonly current: Cell;
  readonly previous: Cell;
  readonly delta: Cell;
  readonly relativeChange: Cell;

  constructor(
    private readonly owner: Changes,
    private readonly places: ChangePlaces,
    row: Row,
  ) {
    this.current = row[places.current]!;
    this.previous = row[places.previous]!;
    this.delta = row[places.delta]!;
    this.relativeChange = row[places.relativeChange]!;
  }

  get id(): string {
    return `${this.owner.id}:${this.places.name}`;
  }
}

function rolled({ rolling }: Places, row: Row, owner: DecodedRow, slot: number): AnswerRow['rolling'] {
  if (rolling.length === 0) return NONE;
  const made: Record<string, WindowValues | null> = {};
  for (const { windows, metrics } of rolling) {
    const span = spanAt(windows.spans, slot);
    made[windows.key] = span && new DecodedWindow(owner, windows.key, span, metricsAt(metrics, row));
  }
  return made;
}

class DecodedWindow implements WindowValues {
  constructor(
    private readonly owner: DecodedRow,
    private readonly key: string,
    private readonly span: Span,
    readonly metrics: Values,
  ) {}

  get id(): string {
    return this.owner.idOf('rolling', this.key);
  }

  get isPartial(): boolean {
    return this.span.isPartial;
  }
}

function shared({ shares }: Places, row: Row, owner: DecodedRow): AnswerRow['shares'] {
  if (shares.length === 0) return NONE;
  const made: Record<string, DecodedShare> = {};
  for (const { of, metrics } of shares)
    made[shareKey(of)] = new DecodedShare(owner, of, metricsAt(metrics, row));
  return made;
}

class DecodedShare {
  constructor(
    private readonly owner: DecodedRow,
    private readonly of: readonly string[],
    readonly metrics: Values,
  ) {}

  get id(): string {
    return this.owner.idOf('share', this.of);
  }
}

function spanAt(spans: readonly Span[], slot: number): Span | null {
  return spans[slot] ?? null;
}

/** The key as the API shows it: a band by its name. */
function keyOf(dimension: Dimension, cell: Cell): Cell {
  return dimension.kind === 'band' && cell !== null ? dimension.values[cell as number]!.name : cell;
}
