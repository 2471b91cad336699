import { describe, expect, it } from 'vitest';
import { ident, join, type Sql, sql, statement } from '../../src/database/sql.ts';
import { dimensions } from '../../src/model/dimensions.ts';
import { facts } from '../../src/model/facts.ts';
import { metrics } from '../../src/model/metrics.ts';
import { defineModel, type Relation } from '../../src/query/define.ts';
import { describeEngines } from '../support/databases.ts';

const relations = [
  ...facts.flatMap((fact) => fact.relations.map((relation) => [fact.name, relation.name, relation] as const)),
  ...dimensions.flatMap((dimension) =>
    dimension.kind === 'entity' ? [[dimension.name, 'members', dimension.members] as const] : [],
  ),
];

/** Each join after those that it needs. */
function ordered({ joins }: Relation): readonly string[] {
  const before = (name: string): string[] => [...(joins[name]!.needs ?? []).flatMap(before), name];
  return [...new Set(Object.keys(joins).flatMap(before))];
}

/** Everything that a relation can be asked for. */
function everything(relation: Relation): Sql {
  const { table, alias, time, columns, joins } = relation;
  const all = [
    time,
    ...[...Object.values(columns), ...Object.values(relation.dimensions)].map((each) => each.sql),
  ];
  const joined = ordered(relation).map(
    (name) => sql` left join ${joins[name]!.table} as ${ident(name)} on ${joins[name]!.on}`,
  );
  return sql`select ${join(all)} from ${table} as ${ident(alias)}${join(joined, sql``)}`;
}

it('is a model that holds together', () => {
  expect(defineModel({ dimensions, facts, metrics }).metrics.length).toBeGreaterThan(30);
});

describe('attributes of firms and users', () => {
  it.each(['firm', 'user'])('of a %s are known to every fact that knows it', (name) => {
    const entity = dimensions.find((dimension) => dimension.name === name)!;
    const attributes = Object.keys(entity.kind === 'entity' ? entity.members.dimensions : {});
    expect(attributes.length).toBeGreaterThan(2);
    const knowing = relations.filter(([, , relation]) => Object.hasOwn(relation.dimensions, name));
    expect(knowing.length).toBeGreaterThan(4);
    for (const [, , relation] of knowing)
      expect(Object.keys(relation.dimensions)).toEqual(expect.arrayContaining(attributes));
  });
});

describeEngines('the SQL of the model', (fixture) => {
  it.each(relations)('is of columns that exist: %s, %s', async (_owner, _name, relation) => {
    expect(await fixture.engine.read(statement(everything(relation)))).toEqual([]);
  });
});
