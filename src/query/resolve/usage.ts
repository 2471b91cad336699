import type { Catalog } from '../catalog.ts';
import type { Metric } from '../model/model.ts';
import type { Part } from './custom.ts';
import type { Problems } from './problems.ts';
import type { Condition, Path } from './request.ts';
import { checkMetric, type Place } from './validity.ts';
import { type ValueRef, valueColumn } from './values.ts';

/** The numbers that one level is asked for, each once, with every place that asks. */
export class Usage {
  private readonly byColumn = new Map<string, { readonly value: ValueRef; readonly paths: Path[] }>();

  readonly add = (value: ValueRef, path: Path): void => {
    const column = valueColumn(value);
    const known = this.byColumn.get(column);
    if (known) known.paths.push(path);
    else this.byColumn.set(column, { value, paths: [path] });
  };

  get values(): readonly ValueRef[] {
    return [...this.byColumn.values()].map(({ value }) => value);
  }

  /** Checks that each number has a meaning at a place, under `where` and the filters of its own. */
  check(
    catalog: Catalog,
    where: Condition,
    place: Omit<Place, 'conditions'>,
    partsOf: (custom: number) => readonly Part[],
    problems: Problems,
  ): void {
    for (const { value, paths } of this.byColumn.values()) {
      for (const { metric, filter, path } of partsIn(catalog, value, partsOf)) {
        const conditions = filter ? [where, filter] : [where];
        for (const at of path ? [path] : paths)
          checkMetric(catalog, metric, { ...place, conditions }, at, problems);
      }
    }
  }

  /** The metrics that the level's numbers are made of, custom ones and windows seen through. */
  metrics(catalog: Catalog, partsOf: (custom: number) => readonly Part[]): ReadonlySet<Metric> {
    return new Set(
      this.values.flatMap((value) => partsIn(catalog, value, partsOf).map(({ metric }) => metric)),
    );
  }

  /** What is compared with, or rolled over, other periods. */
  windowed(catalog: Catalog): readonly Windowed[] {
    return [...this.byColumn.values()].flatMap(({ value, paths }) =>
      value.kind === 'change' || value.kind === 'rolling'
        ? [{ value, metric: catalog.metric(value.metric), path: paths[0]! }]
        : [],
    );
  }
}

/** A number that is read from other periods than the row's own. */
interface Windowed {
  readonly value: Extract<ValueRef, { kind: 'change' | 'rolling' }>;
  readonly metric: Metric;
  readonly path: Path;
}

/** A custom metric's parts are told of where they are defined, anything else where it is asked. */
function partsIn(
  catalog: Catalog,
  value: ValueRef,
  partsOf: (custom: number) => readonly Part[],
): readonly (Omit<Part, 'path'> & { readonly path?: Path })[] {
  return value.kind === 'custom' ? partsOf(value.custom) : [{ metric: catalog.metric(value.metric) }];
}
