import { sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { LEVEL, PERIOD } from '../model/rollup/relation.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { changedDates } from './changes.ts';
import { allMembers, changedMembers, type Members, membersOf } from './members.ts';
import { isWithin, type Part, rollupSource } from './source.ts';
import { madeFrom } from './sources.ts';
import { isMadeOfShorter, stagesOf } from './stages.ts';

/** Every rollup of a model for builds to make, each after those it is made from. */
export function rollupPlan(catalog: Catalog) {
  const tables = catalog.model.facts.flatMap((fact) => [...catalog.rollupsOf(fact)].reverse());
  return {
    tables: tables.map((table) => ({
      name: table.name,
      description: table.rollup.description,
      columns: [
        ...table.keys.map(({ name, type, nullable }) => ({ name, type, isNullable: nullable })),
        ...table.values.map(({ name, type }) => ({ name, type, isNullable: true })),
      ],
      indexes: indexesOf(table),
      levels: new Map(table.levels.map(({ level, relation }) => [level.place, relation.name])),
    })),
    at: (version: number) => tables.map((table) => builtTable(catalog, table, version)),
  };
}

function builtTable(catalog: Catalog, table: RollupTable, version: number) {
  return {
    schema: 'rollup' as const,
    name: table.name,
    madeFrom: madeFrom(catalog, table).map(({ name }) => name),
    changedDates: changedDates(table, version),
    making: (dates?: readonly string[]) => making(catalog, table, version, dates),
    keys: table.keys.map(({ name }) => name),
    nullable: table.keys.filter(({ nullable }) => nullable).map(({ name }) => name),
    slicedBy: table.levels.length > 1 || table.rollup.grains.includes('ever') ? LEVEL : PERIOD,
  };
}

function making(catalog: Catalog, table: RollupTable, version: number, dates?: readonly string[]) {
  const hasLonger = table.rollup.grains.some((grain) => isMadeOfShorter(table.rollup, grain));
  const members = hasLonger ? membersOf(catalog, table) : [];
  return {
    stages: stagesOf(table).map((levels) =>
      stageOf(catalog, table, { version, levels, ...(dates && { dates }) }, members),
    ),
    working: members.flatMap((each) =>
      dates ? changedMembers(catalog, each, version, dates) : [allMembers(catalog, each, version)],
    ),
  };
}

function stageOf(catalog: Catalog, table: RollupTable, part: Part, members: readonly Members[]) {
  const rows = (by: readonly Members[]) => sql`(${rollupSource(catalog, table, part, by)})`;
  return {
    rows: rows([]),
    within: (alias: string) => isWithin(catalog, part, alias),
    isWhole: part.dates === undefined,
    ...(members.length > 0 && { rowsByMembers: rows(members) }),
  };
}

/** By level, then by dimensions or by period first. */
function indexesOf({ keys }: RollupTable): readonly (readonly string[])[] {
  const dimensions = keys.flatMap(({ name, dimension }) => (dimension === undefined ? [] : [name]));
  if (dimensions.length === 0) return [[LEVEL, PERIOD]];
  return [
    [LEVEL, ...dimensions, PERIOD],
    [LEVEL, PERIOD, ...dimensions],
  ];
}
