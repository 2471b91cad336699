import { columnsOf } from './aggregates.ts';
import { baseOf, measuresOf, splitMeasure } from './catalog.ts';
import type { Described, Fact, Metric, Model, Relation } from './model.ts';
import { camelCase, nearest } from './names.ts';

/** Names that fields of generated types have already. */
const RESERVED = [
  'id',
  'kind',
  'and',
  'or',
  'not',
  'compare',
  'custom',
  'comparison',
  'rolling',
  'share',
  'is_partial',
  'source_rows',
];

/** A model that contradicts itself; the message lists everything that is wrong with it. */
export class ModelError extends Error {
  override readonly name = 'ModelError';

  constructor(readonly problems: readonly string[]) {
    super(`The model has ${problems.length} problem(s):\n${problems.map((each) => `- ${each}`).join('\n')}`);
  }
}

/**
 * Checks a model when it is loaded.
 * @throws ModelError with all problems at once
 */
export function defineModel(model: Model): Model {
  const problems = [
    ...checkDescribed([...model.dimensions, ...model.metrics]),
    ...checkFacts(model),
    ...model.metrics.flatMap((metric) => checkMetric(model, metric)),
    ...checkDimensions(model),
  ];
  if (problems.length > 0) throw new ModelError(problems);
  return model;
}

function checkDescribed(all: readonly Described[]): string[] {
  const problems: string[] = [];
  const seen = { name: new Set<string>(), description: new Set<string>() };
  for (const { name, label, description } of all) {
    if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) problems.push(`${name}: a name is snake_case.`);
    if (RESERVED.includes(name))
      problems.push(`${name}: the generated types have a field ${camelCase(name)} already.`);
    if (seen.name.has(name)) problems.push(`${name}: two definitions have this name.`);
    if (!label.trim()) problems.push(`${name}: its label is missing.`);
    if (!description.trim()) problems.push(`${name}: its description is missing.`);
    else if (seen.description.has(description))
      problems.push(`${name}: its description is another definition's.`);
    seen.name.add(name);
    seen.description.add(description);
  }
  return problems;
}

function checkDimensions({ dimensions, facts }: Model): string[] {
  return dimensions
    .filter((dimension) => dimension.kind !== 'time')
    .filter(({ name }) => !facts.some((fact) => Object.hasOwn(baseOf(fact).dimensions, name)))
    .map(({ name }) => `${name}: no fact has this dimension.`);
}

function checkFacts({ facts, dimensions }: Model): string[] {
  const names = dimensions.map(({ name }) => name);
  const defining = facts.filter(({ rows }) => rows === 'defines');
  const problems =
    defining.length === 1 ? [] : [`${defining.length} facts define the rows of answers; expected one.`];
  for (const fact of facts) {
    if (facts.find(({ name }) => name === fact.name) !== fact)
      problems.push(`${fact.name}: two facts have this name.`);
    for (const relation of fact.relations) problems.push(...checkRelation(fact, relation, names));
  }
  return problems;
}

function checkRelation(fact: Fact, relation: Relation, dimensions: readonly string[]): string[] {
  const where = `${fact.name}, relation ${relation.name}`;
  const problems: string[] = [];
  const known = (kind: string, name: string, all: object) => {
    if (!Object.hasOwn(all, name))
      problems.push(`${where}: unknown ${kind} ${name}${hint(name, Object.keys(all))}`);
  };
  for (const name of relation.key) known('column', name, relation.columns);
  for (const name of Object.keys(relation.dimensions)) {
    if (!dimensions.includes(name))
      problems.push(`${where}: unknown dimension ${name}${hint(name, dimensions)}`);
  }
  for (const { joins = [] } of [...Object.values(relation.dimensions), ...Object.values(relation.columns)]) {
    for (const name of joins) known('join', name, relation.joins);
  }
  for (const { needs = [] } of Object.values(relation.joins))
    for (const name of needs) known('join', name, relation.joins);
  const base = baseOf(fact).measures;
  for (const [measure, aggregate] of Object.entries(relation.measures)) {
    known('measure of the base,', measure, base);
    for (const name of columnsOf(aggregate)) known('column', name, relation.columns);
  }
  return problems;
}

function checkMetric({ facts }: Model, metric: Metric): string[] {
  const problems: string[] = [];
  if (metric.kind === 'ratio' && !metric.denominator)
    problems.push(`${metric.name}: a ratio needs a denominator.`);
  for (const measure of measuresOf(metric).filter(Boolean)) {
    const [factName, own] = splitMeasure(measure);
    const names = facts.map(({ name }) => name);
    const fact = facts.find(({ name }) => name === factName);
    if (!fact) {
      problems.push(`${metric.name}: unknown fact ${factName}${hint(factName, names)}`);
      continue;
    }
    const measures = Object.keys(baseOf(fact).measures);
    if (!measures.includes(own))
      problems.push(`${metric.name}: unknown measure ${measure}${hint(own, measures)}`);
  }
  return problems;
}

function hint(name: string, candidates: readonly string[]): string {
  const near = nearest(name, candidates);
  return near === undefined ? '.' : `; did you mean ${near}?`;
}
