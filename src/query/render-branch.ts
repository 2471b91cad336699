import { all, empty, ident, join, type Sql, sql } from '../database/sql.ts';
import { holdsAt } from '../database/version.ts';
import { columnsOf, renderAggregate } from './aggregates.ts';
import type { Catalog } from './catalog.ts';
import type { Dimension, Relation } from './model.ts';
import type { BranchPlan, LevelPlan, Plan } from './plan.ts';
import { keyType, renderCondition, renderRange } from './render-condition.ts';
import { dimensionsIn } from './resolve-where.ts';

/** The column of a grouped key. */
export function keyColumn(dimension: string): Sql {
  return ident(`key_${dimension}`);
}

/** The column of a fact's measure. */
export function measureColumn(fact: string, measure: string): Sql {
  return ident(`${fact}_${measure}`);
}

/**
 * A query for one fact at one level: its keys, its measures, and whether there was any row.
 * Where a join multiplies rows, each row of the relation is first made to count once per group.
 */
export function renderBranch(catalog: Catalog, plan: Plan, level: LevelPlan, branch: BranchPlan): Sql {
  const relation = catalog.relation(branch.fact, branch.relation);
  const dimensions = level.groupBy.map((name) => catalog.dimension(name));
  const aggregates = branch.measures.map((name) => [name, relation.measures[name]!] as const);
  const inputs = new Set(aggregates.flatMap(([, aggregate]) => columnsOf(aggregate)));
  const joins = joinsOf(relation, dimensions, [...inputs], dimensionsIn(plan.where));
  const distinct = joins.some((name) => relation.joins[name]!.multiplies);
  if (distinct) for (const name of relation.key) inputs.add(name);

  const keys = dimensions.map(
    (dimension) => sql`${keyOf(relation, dimension)} as ${keyColumn(dimension.name)}`,
  );
  const columns = [...inputs].map((name) => sql`${relation.columns[name]!.sql} as ${ident(name)}`);
  const selected = [...keys, ...columns];
  const source = sql`
    select ${distinct ? sql`distinct ` : empty}${selected.length > 0 ? join(selected) : sql`1`}
      from ${renderSource(catalog, relation, joins, plan)}`;
  const grouped = level.groupBy.map((name) => sql`source.${keyColumn(name)}`);
  const measures = aggregates.map(
    ([name, aggregate]) => sql`${renderAggregate(aggregate)} as ${measureColumn(branch.fact, name)}`,
  );
  const present = sql`${branch.givesRows ? sql`count(*) > 0` : sql`false`} as present`;
  return sql`select ${join([...grouped, ...measures, present])}
    from (${source}) as source${grouped.length > 0 ? sql` group by ${join(grouped)}` : empty}`;
}

/** The keys of a relation's rows that pass a filter and a range: for fields of a model that list its rows. */
export function renderMatching(
  catalog: Catalog,
  relation: Relation,
  plan: Pick<Plan, 'version' | 'where' | 'range'>,
): Sql {
  const joins = joinsOf(relation, [], [], dimensionsIn(plan.where));
  const keys = join(relation.key.map((name) => sql`${relation.columns[name]!.sql} as ${ident(name)}`));
  return sql`select distinct ${keys} from ${renderSource(catalog, relation, joins, plan)}`;
}

function renderSource(
  catalog: Catalog,
  relation: Relation,
  joins: readonly string[],
  plan: Pick<Plan, 'version' | 'where' | 'range'>,
): Sql {
  const joined = joins.map((name) => renderJoin(relation, name, plan.version));
  return sql`${relation.table} as ${ident(relation.alias)}${join(joined, empty)}
     where ${holdsAt(relation.alias, plan.version)}${renderRange(relation, plan.range)}
       and ${renderCondition(catalog, relation, plan.where)}`;
}

function keyOf(relation: Relation, dimension: Dimension): Sql {
  if (dimension.kind !== 'time')
    return sql`${relation.dimensions[dimension.name]!.sql}::${keyType(dimension)}`;
  return sql`date_trunc(${truncation(dimension.grain)}, ${relation.time})::date`;
}

/** A literal, since a parameter would be another one in each place and never match itself. */
function truncation(grain: 'day' | 'week' | 'month' | 'quarter' | 'year'): Sql {
  const literals = {
    day: sql`'day'`,
    week: sql`'week'`,
    month: sql`'month'`,
    quarter: sql`'quarter'`,
    year: sql`'year'`,
  };
  return literals[grain];
}

/** The joins that the keys, inputs and conditions need, each after those it needs itself. */
function joinsOf(
  relation: Relation,
  groupBy: readonly Dimension[],
  inputs: readonly string[],
  filtered: ReadonlySet<string>,
): readonly string[] {
  const dimensions = [...groupBy.map(({ name }) => name), ...filtered];
  const direct = [
    ...dimensions.flatMap((name) => relation.dimensions[name]?.joins ?? []),
    ...inputs.flatMap((name) => relation.columns[name]!.joins ?? []),
  ];
  const withNeeds = (name: string): string[] => [
    ...(relation.joins[name]!.needs ?? []).flatMap(withNeeds),
    name,
  ];
  return [...new Set(direct.flatMap(withNeeds))];
}

function renderJoin(relation: Relation, name: string, version: number): Sql {
  const { table, on, versioned } = relation.joins[name]!;
  return sql`
      left join ${table} as ${ident(name)} on ${all([on, ...(versioned ? [holdsAt(name, version)] : [])])}`;
}
