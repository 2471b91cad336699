import { columnsOf } from '../aggregates.ts';
import type { Relation } from '../model.ts';
import { isSnakeCase } from './names.ts';
import { circle, repeated, unknown } from './wording.ts';

/** What is wrong with a relation by itself; `where` says whose it is. */
export function checkRelation(where: string, relation: Relation, dimensions: readonly string[]): string[] {
  return [
    ...checkIdentifiers(relation),
    ...checkReferences(relation, dimensions),
    ...checkJoins(relation),
    ...checkAggregates(relation),
  ].map((problem) => `${where}: ${problem}`);
}

function checkIdentifiers({ alias, joins, columns, measures }: Relation): string[] {
  const names = [alias, ...[joins, columns, measures].flatMap(Object.keys)];
  return names.filter((name) => !isSnakeCase(name)).map((name) => `${name}: a name is snake_case.`);
}

function checkReferences(relation: Relation, known: readonly string[]): string[] {
  const { key, columns, joins, dimensions, measures } = relation;
  const names = Object.keys(columns);
  const read = [...key, ...Object.values(measures).flatMap(columnsOf)];
  const joined = [...Object.values(dimensions), ...Object.values(columns)].flatMap(
    (each) => each.joins ?? [],
  );
  const missing = (kind: string, given: readonly string[], all: readonly string[]) =>
    [...new Set(given)].filter((name) => !all.includes(name)).map((name) => unknown(kind, name, all));
  return [
    ...(key.length === 0 ? ['it has no key.'] : []),
    ...missing('column', read, names),
    ...missing('dimension', Object.keys(dimensions), known),
    ...missing('join', joined, Object.keys(joins)),
  ];
}

function checkJoins({ alias, joins }: Relation): string[] {
  const names = Object.keys(joins);
  const needsOf = (name: string) => joins[name]?.needs ?? [];
  const problems = repeated([alias, ...names]).map(
    (name) => `a join has the alias of the relation, ${name}.`,
  );
  for (const name of names) {
    for (const need of needsOf(name)) if (!names.includes(need)) problems.push(unknown('join', need, names));
    const round = circle(name, needsOf);
    if (round !== undefined) problems.push(`a join needs itself: ${round}.`);
  }
  return problems;
}

function checkAggregates({ measures }: Relation): string[] {
  return Object.entries(measures).flatMap(([name, measure]) =>
    measure.aggregate === 'percentile' && !(measure.fraction >= 0 && measure.fraction <= 1)
      ? [`the fraction of ${name} is ${measure.fraction}; expected 0 to 1.`]
      : [],
  );
}
