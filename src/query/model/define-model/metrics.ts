import { baseOf } from '../base.ts';
import { splitMeasure } from '../measures.ts';
import type { Aggregate, Fact, MeasureName, Metric, Model } from '../model.ts';
import { circle, list, unknown } from './wording.ts';

type Derived = Extract<Metric, { kind: 'derived' }>;
type Measured = Exclude<Metric, { kind: 'derived' } | { kind: 'ratio' }>;

/** What is wrong with metrics and what they are made of. */
export function checkMetrics({ facts, metrics }: Model): string[] {
  return metrics.flatMap((metric) =>
    [...checkWords(metric), ...checkFormula(metric, facts, metrics), ...checkFormat(metric)].map(
      (problem) => `${metric.name}: ${problem}`,
    ),
  );
}

function checkWords({ formula, unit }: Metric): string[] {
  return [
    ...(formula.trim() ? [] : ['its formula is missing.']),
    ...(unit.trim() ? [] : ['its unit is missing.']),
  ];
}

function checkFormula(metric: Metric, facts: readonly Fact[], metrics: readonly Metric[]): string[] {
  switch (metric.kind) {
    case 'derived':
      return checkDerived(metric, metrics);
    case 'ratio':
      return (['numerator', 'denominator'] as const).flatMap((part) =>
        metric[part] ? found(facts, metric[part]).problems : [`a ratio needs a ${part}.`],
      );
    default:
      return checkMeasured(metric, facts);
  }
}

function checkDerived({ name, operation, of }: Derived, metrics: readonly Metric[]): string[] {
  const names = metrics.map((metric) => metric.name);
  const problems = of.filter((part) => !names.includes(part)).map((part) => unknown('metric', part, names));
  const isPair = operation === 'ratio' || operation === 'difference';
  if (isPair && of.length !== 2)
    problems.push(`a ${operation} is of two metrics, and this one of ${of.length}.`);
  if (!isPair && of.length < 2)
    problems.push(`a ${operation} is of two metrics or more, and this one of ${of.length}.`);
  const round = circle(name, (each) => partsOf(metrics, each));
  return round === undefined ? problems : [...problems, `it is made of itself: ${round}.`];
}

function partsOf(metrics: readonly Metric[], name: string): readonly string[] {
  const metric = metrics.find((each) => each.name === name);
  return metric?.kind === 'derived' ? metric.of : [];
}

/** By kind: the aggregates that a metric of the kind can be. */
const AGGREGATES: Readonly<Record<Measured['kind'], readonly Aggregate['aggregate'][]>> = {
  additive: ['count', 'countIf', 'sum'],
  'distinct count': ['countDistinct', 'countPeriods'],
  mean: ['mean'],
  min: ['min'],
  max: ['max'],
  median: ['percentile'],
  percentile: ['percentile'],
  snapshot: ['count', 'countIf', 'sum', 'countDistinct'],
  movement: ['count', 'countIf', 'countDistinct'],
};

function checkMeasured({ kind, measure }: Measured, facts: readonly Fact[]): string[] {
  const { problems, fact, aggregate } = found(facts, measure);
  if (!fact || !aggregate) return problems;
  if (!AGGREGATES[kind].includes(aggregate.aggregate))
    problems.push(
      `${measure} is a ${aggregate.aggregate}; expected ${list(AGGREGATES[kind])} for kind ${kind}.`,
    );
  else if (kind === 'median' && aggregate.aggregate === 'percentile' && aggregate.fraction !== 0.5)
    problems.push(`${measure} has the fraction ${aggregate.fraction}; expected 0.5 for a median.`);
  const expected = fact.holds === 'snapshot' ? 'snapshot' : fact.needs === undefined ? undefined : 'movement';
  if (expected !== undefined && kind !== expected)
    problems.push(`it is of ${fact.name}; expected kind ${expected}.`);
  if (expected === undefined && (kind === 'snapshot' || kind === 'movement'))
    problems.push(
      `it is of ${fact.name}; a ${kind} is of a fact that ${kind === 'snapshot' ? 'holds as one' : 'needs a period'}.`,
    );
  return problems;
}

interface Found {
  readonly problems: string[];
  readonly fact?: Fact;
  readonly aggregate?: Aggregate;
}

function found(facts: readonly Fact[], measure: MeasureName): Found {
  const [name, own] = splitMeasure(measure);
  const fact = facts.find((each) => each.name === name);
  if (!fact)
    return {
      problems: [
        unknown(
          'fact',
          name,
          facts.map((each) => each.name),
        ),
      ],
    };
  const measures = baseOf(fact)?.measures ?? {};
  const aggregate = measures[own];
  if (!aggregate)
    return {
      problems: [
        unknown(
          'measure',
          measure,
          Object.keys(measures).map((each) => `${name}.${each}`),
        ),
      ],
    };
  return { problems: [], fact, aggregate };
}

/** Kinds whose numbers have fractions. */
const FRACTIONAL: readonly Metric['kind'][] = ['ratio', 'mean', 'median', 'percentile'];

function checkFormat(metric: Metric): string[] {
  const isRatio = metric.kind === 'derived' && metric.operation === 'ratio';
  return metric.format === 'integer' && (isRatio || FRACTIONAL.includes(metric.kind))
    ? ['its numbers have fractions; expected the format decimal or percent.']
    : [];
}
