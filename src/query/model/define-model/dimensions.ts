import { baseOf } from '../base.ts';
import type { BandDimension, Dimension, EntityDimension, EnumDimension, Fact, Model } from '../model.ts';
import { checkRelation } from './relations.ts';
import { repeated } from './wording.ts';

/** What is wrong with dimensions, their values and their members. */
export function checkDimensions({ dimensions, facts }: Model): string[] {
  const types = dimensions.flatMap((dimension) => ('type' in dimension ? [dimension.type] : []));
  const names = dimensions.map(({ name }) => name);
  return [
    ...repeated(types).map((type) => `${type}: two dimensions have this GraphQL type.`),
    ...dimensions.flatMap((dimension) => [
      ...checkFound(dimension, facts),
      ...checkType(dimension),
      ...(dimension.kind === 'entity' ? checkMembers(dimension, names) : []),
    ]),
  ];
}

/** Rows are groups of the fact that defines them, so it must know whatever they are grouped by. */
function checkFound({ kind, name }: Dimension, facts: readonly Fact[]): string[] {
  if (kind === 'time') return [];
  const having = facts.filter((fact) => Object.hasOwn(baseOf(fact)?.dimensions ?? {}, name));
  if (having.length === 0) return [`${name}: no fact has this dimension.`];
  const defining = facts.find(({ rows }) => rows === 'defines');
  return defining === undefined || having.includes(defining)
    ? []
    : [`${name}: ${defining.name}, which defines the rows of answers, does not have this dimension.`];
}

function checkType(dimension: Dimension): string[] {
  if (!('type' in dimension)) return [];
  const { name, type } = dimension;
  const problems = /^[A-Z][A-Za-z0-9]*$/.test(type)
    ? []
    : [`${name}: ${type} is no name of a GraphQL type; expected PascalCase.`];
  return dimension.kind === 'entity' ? problems : [...problems, ...checkValues(dimension)];
}

function checkValues(dimension: EnumDimension | BandDimension): string[] {
  const { name, values } = dimension;
  const problems = repeated(values.map((value) => value.name)).map(
    (value) => `${name}: it has the value ${value} twice.`,
  );
  if (values.length === 0) problems.push(`${name}: it has no values.`);
  for (const value of values) {
    if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(value.name))
      problems.push(`${name}: the value ${value.name} is not in SCREAMING_CASE.`);
    if (!value.description.trim()) problems.push(`${name}: its value ${value.name} has no description.`);
  }
  return dimension.kind === 'band' ? [...problems, ...checkBounds(dimension)] : problems;
}

function checkBounds({ name, values }: BandDimension): string[] {
  const bounds = values.map(({ from }) => from ?? Number.NEGATIVE_INFINITY);
  const [first, ...others] = values;
  const problems: string[] = [];
  if (first?.from !== undefined) problems.push(`${name}: its first band has a lower bound; expected none.`);
  for (const { name: band, from } of others)
    if (from === undefined) problems.push(`${name}: the band ${band} has no lower bound.`);
  const falls = others.some(({ from }, index) => from !== undefined && from <= bounds[index]!);
  return falls ? [...problems, `${name}: its bands are not in the order of their lower bounds.`] : problems;
}

function checkMembers({ name, members }: EntityDimension, dimensions: readonly string[]): string[] {
  const problems = checkRelation(`${name}, members`, members, dimensions);
  if (!Object.hasOwn(members.dimensions, name))
    problems.push(`${name}: its members do not have the dimension ${name}.`);
  return problems;
}
