import type { Catalog } from '../catalog.ts';
import type { Dimension } from '../model/model.ts';
import { askedAt, type LevelPlan, type Plan } from '../plan/plan.ts';
import type { Values } from '../reading/answer.ts';
import type { Identity } from '../reading/identity.ts';
import type { Rendered } from '../render/render.ts';
import type { Question, SlotWindows } from '../resolve/question.ts';
import type { ChangePart } from '../resolve/request.ts';
import { CHANGE_PARTS, changeRef, shareColumn, type ValueRef, valueColumn } from '../resolve/values.ts';
import { shift } from '../time/time.ts';
import { midnight } from '../time/wall.ts';

/** What the rows of a statement are read with. */
export interface Reading {
  readonly catalog: Catalog;
  readonly question: Question;
  readonly plan: Plan;
  readonly identity: Identity;
  /** Absent when nothing of the selection needs the database. */
  readonly rendered: Rendered | undefined;
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

/** What the rows of a level are read with, whenever they are. */
export interface LevelReading extends Reading {
  readonly level: LevelPlan;
  /** Its place among the plan's levels, which tells its rows; undefined where all rows are its own. */
  readonly place: number | undefined;
  /** The cell of a row that tells its kind. */
  readonly kindAt: number;
  /** The cell of a column. */
  at(column: string): number;
  readonly ids: PageIds;
  readonly places: Places;
  readonly spans: SpanIndex;
  readonly isCut: CutIndex;
}

/** Finds out how the rows of a level are read. */
export function levelReading(reading: Reading, level: LevelPlan, ids: PageIds): LevelReading {
  const { columns, head, isOnly } = reading.rendered!;
  const at = (column: string) => {
    const index = columns.indexOf(column);
    if (index < 0) throw new Error(`The statement has no column ${column}.`);
    return head + index;
  };
  const places = placesOf(reading, level, at);
  return {
    ...reading,
    ...{ level, ids, places, at },
    place: isOnly ? undefined : reading.plan.levels.indexOf(level),
    kindAt: head - 1,
    spans: level.level === 'rows' ? spanIndex(reading.question) : () => -1,
    isCut: cutIndex(reading.question, places),
  };
}

/** Which columns of a level's rows hold what. */
export interface Places {
  readonly keys: readonly { readonly dimension: Dimension; readonly at: number }[];
  readonly metrics: readonly Place[];
  readonly custom: readonly Place[];
  readonly comparisons: readonly WindowPlaces<ChangePlaces>[];
  readonly rolling: readonly WindowPlaces[];
  readonly shares: readonly {
    readonly of: readonly string[];
    readonly metrics: readonly Place[];
  }[];
}

/** The cell of a value of a name. */
export interface Place {
  readonly name: string;
  readonly at: number;
}

export interface WindowPlaces<Metric = Place> {
  readonly windows: SlotWindows;
  readonly metrics: readonly Metric[];
}

/** The cells of a comparison's metric. */
export interface ChangePlaces {
  readonly name: string;
  readonly current: number;
  readonly previous: number;
  readonly delta: number;
  readonly relativeChange: number;
}

function placesOf({ catalog, question }: Reading, level: LevelPlan, at: (column: string) => number): Places {
  const { values, parents } = askedAt(question, level.level);
  const metrics = values.flatMap((value) =>
    value.kind === 'metric' ? [{ name: value.metric, at: at(valueColumn(value)) }] : [],
  );
  const custom = values.flatMap((value) =>
    value.kind === 'custom' ? [{ name: question.custom[value.custom]!.key, at: at(valueColumn(value)) }] : [],
  );
  return {
    keys: level.groupBy.map((name) => ({ dimension: catalog.dimension(name), at: at(`key_${name}`) })),
    metrics,
    custom,
    comparisons: question.comparisons.map((windows, comparison) => ({
      windows,
      metrics: comparedMetrics(values, comparison).map((metric) => {
        const partAt = (part: ChangePart) => at(valueColumn(changeRef(comparison, metric, part)));
        return {
          name: metric,
          current: partAt('CURRENT'),
          previous: partAt('PREVIOUS'),
          delta: partAt('DELTA'),
          relativeChange: partAt('RELATIVE_CHANGE'),
        };
      }),
    })),
    rolling: question.rolling.map((windows, rolling) => ({
      windows,
      metrics: values.flatMap((value) =>
        value.kind === 'rolling' && value.rolling === rolling
          ? [{ name: value.metric, at: at(valueColumn(value)) }]
          : [],
      ),
    })),
    shares: level.shares.map(({ of }, place) => ({
      of,
      metrics: parents[place]!.metrics.map((metric) => ({
        name: metric,
        at: at(shareColumn(place, metric)),
      })),
    })),
  };
}

/** Metrics of which all parts of a comparison are there. */
function comparedMetrics(values: readonly ValueRef[], comparison: number): readonly string[] {
  const has = (ref: ValueRef) => values.some((value) => valueColumn(value) === valueColumn(ref));
  const names = values.flatMap((value) =>
    value.kind === 'change' && value.comparison === comparison ? [value.metric] : [],
  );
  return [...new Set(names)].filter(
    (metric) =>
      has({ kind: 'metric', metric }) &&
      CHANGE_PARTS.every((part) => has({ kind: 'change', comparison, metric, part })),
  );
}

/** The place of a slot by the label of its finest period. */
export type SpanIndex = (keys: Values) => number;

function spanIndex({ unit, groupBy, slots }: Question): SpanIndex {
  const key = groupBy.find((dimension) => dimension.kind === 'time' && dimension.grain === unit);
  if (key === undefined) return () => 0;
  const places = new Map(slots!.map(({ start }, index) => [start.slice(0, 10), index]));
  return (keys) => places.get(keys[key.name] as string) ?? -1;
}

/** Whether the time of a row is not over at as-of, or is cut by the range, by the keys of the row. */
export type CutIndex = (keys: Values) => boolean;

/**
 * The time of a row is what its grouped periods have in common, or without any the range; what is folded has none of
 * them. Found once for each time: many rows are of the same.
 */
function cutIndex({ range, extent }: Question, { keys }: Places): CutIndex {
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
