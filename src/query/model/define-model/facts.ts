import { baseOf, knows } from '../base.ts';
import type { Aggregate, Dimension, Fact, Model, Relation } from '../model.ts';
import { isSnakeCase } from './names.ts';
import { checkRelation } from './relations.ts';
import { checkSource } from './source.ts';
import { list, repeated, unknown } from './wording.ts';

/** What is wrong with facts and with the relations that answer for them. */
export function checkFacts({ facts, dimensions }: Model): string[] {
  const defining = facts.filter(({ rows }) => rows === 'defines');
  return [
    ...(defining.length === 1 ? [] : [`${defining.length} facts define the rows of answers; expected one.`]),
    ...repeated(facts.map(({ name }) => name)).map((name) => `${name}: two facts have this name.`),
    ...facts.flatMap((fact) => checkFact(fact, dimensions)),
  ];
}

function checkFact(fact: Fact, dimensions: readonly Dimension[]): string[] {
  const names = dimensions.map(({ name }) => name);
  const { name, description, relations } = fact;
  if (relations.length === 0) return [`${name}: it has no relation.`];
  return [
    ...(isSnakeCase(name) ? [] : [`${name}: a name is snake_case.`]),
    ...(description.trim() ? [] : [`${name}: its description is missing.`]),
    ...[...checkRows(fact), ...checkTime(fact, dimensions)].map((problem) => `${name}: ${problem}`),
    ...repeated(relations.map((relation) => relation.name)).map(
      (relation) => `${name}: two of its relations are named ${relation}.`,
    ),
    ...relations.flatMap((relation) => {
      const where = `${name}, relation ${relation.name}`;
      const own = relation === baseOf(fact) ? checkBase(relation) : checkSmaller(relation, baseOf(fact));
      return [...checkRelation(where, relation, names), ...own.map((problem) => `${where}: ${problem}`)];
    }),
  ];
}

function checkRows(fact: Fact): string[] {
  const { rows, holds, source } = fact;
  const problems: string[] = [];
  if (rows === 'defines' && holds !== 'event')
    problems.push(`it defines the rows of answers and holds as ${holds}; expected event.`);
  if (rows === 'coincides' && holds === 'snapshot')
    problems.push('a snapshot holds without any event, so its rows cannot coincide with those of answers.');
  if (rows === 'defines' && source === undefined)
    problems.push('it defines the rows of answers, so it needs a source of the rows behind them.');
  if (source !== undefined) problems.push(...checkSource(source, baseOf(fact)));
  return problems;
}

function checkTime(fact: Fact, dimensions: readonly Dimension[]): string[] {
  const { holds, needs } = fact;
  const { grain } = baseOf(fact);
  const problems: string[] = [];
  if (holds === 'snapshot' && grain !== 'instant')
    problems.push(`a snapshot holds from an instant on, but the grain of its base is ${grain}.`);
  if (holds === 'period' && grain === 'instant')
    problems.push('it holds for periods, but the grain of its base is instant; expected a period.');
  if (needs === undefined) return problems;
  const periods = dimensions.filter(({ kind }) => kind === 'time');
  const needed = periods.find(({ name }) => name === needs);
  if (!needed)
    problems.push(
      `it needs an ${unknown(
        'period',
        needs,
        periods.map(({ name }) => name),
      )}`,
    );
  else if (!knows(baseOf(fact), needed))
    problems.push(`it needs ${needs}, which its base does not tell apart.`);
  if (holds !== 'period') problems.push(`it needs ${needs} and holds as ${holds}; expected period.`);
  return problems;
}

function checkBase({ measures }: Relation): string[] {
  return Object.entries(measures)
    .filter(([, { aggregate }]) => aggregate === 'stored')
    .map(([name]) => `the base answers at any grain, and so cannot have ${name} stored.`);
}

type Name = Aggregate['aggregate'];

/** By the aggregate of the base: those that give the same number from rows of a smaller relation. */
const EXACT: Readonly<Record<Name, readonly Name[]>> = {
  count: ['count', 'sum'],
  countIf: ['countIf', 'sum'],
  sum: ['sum'],
  min: ['min'],
  max: ['max'],
  countDistinct: ['countDistinct', 'stored'],
  countPeriods: ['countPeriods', 'count', 'stored'],
  mean: ['storedMean'],
  percentile: [],
  stored: [],
  storedMean: [],
};

/** A smaller relation claims nothing that it cannot give exactly. */
function checkSmaller({ measures, dimensions }: Relation, base: Relation): string[] {
  const problems = Object.keys(dimensions)
    .filter((name) => !Object.hasOwn(base.dimensions, name))
    .map((name) => `its dimension ${name} is none of the base.`);
  for (const [name, { aggregate }] of Object.entries(measures)) {
    const whole = base.measures[name];
    const exact = whole && EXACT[whole.aggregate];
    if (exact === undefined) problems.push(unknown('measure of the base,', name, Object.keys(base.measures)));
    else if (exact.length === 0)
      problems.push(`${name} is a ${whole!.aggregate}, which only rows of the base give exactly.`);
    else if (!exact.includes(aggregate))
      problems.push(
        `${name} is a ${whole!.aggregate} of the base, and here a ${aggregate}; expected ${list(exact)}.`,
      );
  }
  return problems;
}
