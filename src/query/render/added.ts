import { empty, ident, join, type Sql, sql } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Catalog } from '../catalog.ts';
import { joinsOf } from '../model/joins.ts';
import { keyType } from '../model/key-type.ts';
import type { Dimension, EntityDimension } from '../model/model.ts';
import { PERIODS, type Plan } from '../plan/plan.ts';
import { dimensionsIn } from '../resolve/where.ts';
import { contains, type Grain } from '../time/time.ts';
import type { Table } from './common-table.ts';
import { type Judged, renderCondition } from './condition.ts';
import { renderJoin } from './joins.ts';
import { keyColumn, keyOf } from './key.ts';

/**
 * The tables that end in the rows that empty groups and filled periods add: keys, and whether a row is of a group that
 * has others.
 */
export function renderAdded(catalog: Catalog, plan: Plan, core: Sql): readonly Table[] {
  const dimensions = plan.groupBy.map((name) => catalog.dimension(name));
  const based: Table = {
    name: ident('rows_based'),
    query: sql`select ${list(dimensions.map(columnOf))}, true as has_rows from ${core} where mark is not null`,
  };
  const emptied = plan.emptyGroups ? renderEmpty(catalog, plan, dimensions, based.name) : undefined;
  const sources = [based.name, ...(emptied ? [emptied.name] : [])];
  const filled = plan.fill ? renderFilled(dimensions, sources) : undefined;
  const made = [emptied, filled].filter((each) => each !== undefined);
  const columns = list([...dimensions.map(columnOf), ident('filled')]);
  const candidates = join(
    made.map(({ name }) => sql`select ${columns} from ${name}`),
    sql` union all `,
  );
  const added: Table = { name: ident('rows_added'), query: passing(catalog, plan, dimensions, candidates) };
  return [based, ...made, added];
}

function columnOf({ name }: Dimension): Sql {
  return keyColumn(name);
}

function list(columns: readonly Sql[]): Sql {
  return join(columns);
}

/** Every member of each grouped entity, with its own attributes, for each combination of what else is grouped. */
function renderEmpty(catalog: Catalog, plan: Plan, dimensions: readonly Dimension[], based: Sql): Table {
  const entities = dimensions.filter((dimension) => dimension.kind === 'entity');
  const keys = list(dimensions.map(columnOf));
  const sides = entities.map((entity) => {
    const owned = dimensions.filter((each) => knowsOf(entity, each));
    const rest = list(dimensions.filter((each) => !knowsOf(entity, each)).map(columnOf));
    const members = sql`(${membersOf(catalog, plan, entity, owned)}) as members`;
    const combinations = sql`(select distinct ${rest} from ${based}) as combinations`;
    const others = owned.length < dimensions.length ? sql`${combinations} cross join ` : empty;
    return sql`select ${keys}, false as has_rows, false as filled from ${others}${members}`;
  });
  return { name: ident('rows_emptied'), query: join(sides, sql` union all `) };
}

function knowsOf({ members }: EntityDimension, { name }: Dimension): boolean {
  return Object.hasOwn(members.dimensions, name);
}

function membersOf(
  catalog: Catalog,
  plan: Plan,
  { members }: EntityDimension,
  owned: readonly Dimension[],
): Sql {
  const keys = owned.map((each) => sql`${keyOf(members, each, catalog)} as ${columnOf(each)}`);
  const joined = joinsOf(
    members,
    owned.map(({ name }) => name),
  ).map((name) => renderJoin(members, name, plan.version));
  return sql`select ${list(keys)} from ${members.table} as ${ident(members.alias)}${join(joined, empty)}
     where ${holdsAt(members.alias, plan.version)}`;
}

/** Every period of the answer for each combination of what else is grouped; periods alone need no combination. */
function renderFilled(dimensions: readonly Dimension[], sources: readonly Sql[]): Table {
  const rest = dimensions.filter(({ kind }) => kind !== 'time');
  const keys = list(dimensions.map(columnOf));
  if (rest.length === 0)
    return { name: ident('rows_filled'), query: sql`select ${keys}, true as filled from ${ident(PERIODS)}` };
  const columns = list(rest.map(columnOf));
  const all = join(
    sources.map((name) => sql`select ${columns}, has_rows from ${name}`),
    sql` union all `,
  );
  return {
    name: ident('rows_filled'),
    query: sql`select ${keys}, has_rows as filled
      from (select ${columns}, bool_or(has_rows) as has_rows from (${all}) as sources group by ${columns}) as combinations
      cross join ${ident(PERIODS)}`,
  };
}

/** Those that pass the filter, as far as keys and the members' own attributes tell. */
function passing(catalog: Catalog, plan: Plan, dimensions: readonly Dimension[], candidates: Sql): Sql {
  const entities = dimensions.filter((dimension) => dimension.kind === 'entity');
  const asked = [...dimensionsIn(plan.where)].map((name) => catalog.dimension(name));
  const grouped = (dimension: Dimension) => dimensions.some(({ name }) => name === dimension.name);
  const needed = entities.filter((entity) => asked.some((each) => !grouped(each) && knowsOf(entity, each)));
  const joins = needed.map((entity) => memberJoin(plan, entity, asked));
  const judged: Judged = {
    time: (grain) => labelOf(dimensions, grain),
    key: (dimension) => {
      if (grouped(dimension)) return { sql: sql`candidate.${columnOf(dimension)}`, nullable: true };
      const owner = needed.find((entity) => knowsOf(entity, dimension));
      return owner && { sql: keyOf(owner.members, dimension, catalog), nullable: true };
    },
  };
  return sql`select ${list(dimensions.map((each) => sql`candidate.${columnOf(each)}`))}, candidate.filled
    from (${candidates}) as candidate${join(joins, empty)}
   where ${renderCondition(catalog, judged, plan.where)}`;
}

/** The start of a grouped period that lies wholly in or out of those of a grain. */
function labelOf(dimensions: readonly Dimension[], grain: Grain): Sql | undefined {
  const label = dimensions.find((dimension) => dimension.kind === 'time' && contains(grain, dimension.grain));
  return label && sql`candidate.${columnOf(label)}::timestamp`;
}

function memberJoin(plan: Plan, entity: EntityDimension, asked: readonly Dimension[]): Sql {
  const { members, name } = entity;
  const filtered = new Set(asked.filter((each) => knowsOf(entity, each)).map((each) => each.name));
  const joined = joinsOf(members, filtered).map((each) => renderJoin(members, each, plan.version));
  return sql`
    left join ${members.table} as ${ident(members.alias)}
      on ${members.dimensions[name]!.sql}::${keyType(entity)} = candidate.${keyColumn(name)}
     and ${holdsAt(members.alias, plan.version)}${join(joined, empty)}`;
}
