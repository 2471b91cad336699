import type { Catalog } from '../catalog.ts';
import { baseOf } from '../model/base.ts';
import type { Dimension, Relation } from '../model/model.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { rejection } from '../plan/choose-relation.ts';

/** The larger rollups that a rollup is made from. */
export function madeFrom(catalog: Catalog, { fact, rollup }: RollupTable): readonly RollupTable[] {
  return catalog.rollupsOf(fact).filter((each) => rollup.from?.includes(each.rollup.name));
}

/** What a rollup is made from: larger rollups, then the base. */
export function sourcesOf(catalog: Catalog, table: RollupTable): readonly Relation[] {
  return [
    ...madeFrom(catalog, table).flatMap(({ levels }) => levels.map(({ relation }) => relation)),
    baseOf(table.fact),
  ];
}

/** Whether a relation gives the exact number of a measure for each of some groups of all time. */
export function isExact(
  { fiscalYearStart }: Catalog,
  relation: Relation,
  groupBy: readonly Dimension[],
  measure: string,
): boolean {
  const need = {
    groupBy,
    filtered: [],
    pinned: new Set<string>(),
    measures: [measure],
    spans: [{}],
    isWindowed: false,
    isRegrouped: false,
    timeZone: undefined,
    fiscalYearStart,
  };
  return rejection(relation, need) === undefined;
}
