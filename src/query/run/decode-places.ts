import type { Row } from '../../database/engine.ts';
import type { Catalog } from '../catalog.ts';
import type { Dimension } from '../model/model.ts';
import { askedAt, type LevelPlan, type Plan } from '../plan/plan.ts';
import type { Identity } from '../reading/identity.ts';
import { HEAD } from '../render/render.ts';
import type { Question, SlotWindows } from '../resolve/question.ts';
import { CHANGE_PARTS, shareColumn, type ValueRef, valueColumn } from '../resolve/values.ts';

/** What the rows of a statement are read with. */
export interface Reading {
  readonly catalog: Catalog;
  readonly question: Question;
  readonly plan: Plan;
  readonly identity: Identity;
  readonly columns: readonly string[];
  readonly cells: readonly Row[];
}

/** Which columns of a level's rows hold what; made once for all of its rows. */
export interface Places {
  readonly keys: readonly { readonly dimension: Dimension; readonly at: number }[];
  readonly metrics: readonly (readonly [name: string, at: number])[];
  readonly custom: readonly (readonly [key: string, at: number])[];
  readonly comparisons: readonly WindowPlaces[];
  readonly rolling: readonly WindowPlaces[];
  readonly shares: readonly {
    readonly of: readonly string[];
    readonly metrics: readonly (readonly [name: string, at: number])[];
  }[];
}

export interface WindowPlaces {
  readonly windows: SlotWindows;
  readonly metrics: readonly (readonly [name: string, at: readonly number[]])[];
}

/** Finds the columns of a level. */
export function placesOf({ catalog, question, columns }: Reading, level: LevelPlan): Places {
  const at = (column: string) => HEAD + columns.indexOf(column);
  const { values, parents } = askedAt(question, level.level);
  const metrics = values.flatMap((value) =>
    value.kind === 'metric' ? [[value.metric, at(valueColumn(value))] as const] : [],
  );
  const custom = values.flatMap((value) =>
    value.kind === 'custom' ? [[question.custom[value.custom]!.key, at(valueColumn(value))] as const] : [],
  );
  return {
    keys: level.groupBy.map((name) => ({ dimension: catalog.dimension(name), at: at(`key_${name}`) })),
    metrics,
    custom,
    comparisons: question.comparisons.map((windows, comparison) => ({
      windows,
      metrics: comparedMetrics(values, comparison).map((metric) => [
        metric,
        [
          at(valueColumn({ kind: 'metric', metric })),
          ...CHANGE_PARTS.map((part) => at(valueColumn({ kind: 'change', comparison, metric, part }))),
        ],
      ]),
    })),
    rolling: question.rolling.map((windows, rolling) => ({
      windows,
      metrics: values.flatMap((value) =>
        value.kind === 'rolling' && value.rolling === rolling
          ? [[value.metric, [at(valueColumn(value))]] as const]
          : [],
      ),
    })),
    shares: level.shares.map(({ of }, place) => ({
      of,
      metrics: parents[place]!.metrics.map((metric) => [metric, at(shareColumn(place, metric))] as const),
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
