import type { Dimension, Fact, MeasureName, Metric, Model, Relation } from './model.ts';
import { contains } from './time.ts';

/** The base of a fact: the relation that answers whatever the fact can answer. */
export function baseOf(fact: Fact): Relation {
  return fact.relations.at(-1)!;
}

/** Whether a relation can be grouped or filtered by a dimension. */
export function knows(relation: Relation, dimension: Dimension): boolean {
  if (dimension.kind === 'time') return contains(dimension.grain, relation.grain);
  return Object.hasOwn(relation.dimensions, dimension.name);
}

/** The measures that a metric is made of. */
export function measuresOf(metric: Metric): readonly MeasureName[] {
  return metric.kind === 'ratio' ? [metric.numerator, metric.denominator] : [metric.measure];
}

/** `fact.measure` in its two parts. */
export function splitMeasure(name: MeasureName): readonly [fact: string, measure: string] {
  const [fact, measure] = name.split('.') as [string, string];
  return [fact, measure];
}

/** Look-ups over a model that was validated by `defineModel`. */
export class Catalog {
  private readonly dimensionsByName: ReadonlyMap<string, Dimension>;
  private readonly metricsByName: ReadonlyMap<string, Metric>;
  private readonly factsByName: ReadonlyMap<string, Fact>;

  constructor(readonly model: Model) {
    this.dimensionsByName = new Map(model.dimensions.map((each) => [each.name, each]));
    this.metricsByName = new Map(model.metrics.map((each) => [each.name, each]));
    this.factsByName = new Map(model.facts.map((each) => [each.name, each]));
  }

  dimension(name: string): Dimension {
    return found(this.dimensionsByName, name, 'dimension');
  }

  metric(name: string): Metric {
    return found(this.metricsByName, name, 'metric');
  }

  fact(name: string): Fact {
    return found(this.factsByName, name, 'fact');
  }

  relation(fact: string, name: string): Relation {
    const relation = this.fact(fact).relations.find((each) => each.name === name);
    if (!relation) throw new Error(`Fact ${fact} has no relation ${name}.`);
    return relation;
  }

  /** The facts that a metric is made of. */
  factsOf(metric: Metric): readonly Fact[] {
    const names = measuresOf(metric).map((measure) => splitMeasure(measure)[0]);
    return [...new Set(names)].map((name) => this.fact(name));
  }

  /** The dimensions by which a metric can be grouped and filtered. */
  dimensionsOf(metric: Metric): readonly Dimension[] {
    const bases = this.factsOf(metric).map(baseOf);
    return this.model.dimensions.filter((dimension) => bases.every((base) => knows(base, dimension)));
  }
}

function found<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`The model has no ${what} ${name}.`);
  return value;
}
