import { emptyValue } from './model/aggregates.ts';
import { baseOf, knows } from './model/base.ts';
import { measuresOf, splitMeasure } from './model/measures.ts';
import type { Aggregate, Dimension, Fact, MeasureName, Metric, Model, Relation } from './model/model.ts';
import { type RollupTable, rollupTable } from './model/rollup/table.ts';

/** Look-ups over a model that was validated by `defineModel`. */
export class Catalog {
  readonly fiscalYearStart: number;
  private readonly dimensionsByName: ReadonlyMap<string, Dimension>;
  private readonly metricsByName: ReadonlyMap<string, Metric>;
  private readonly factsByName: ReadonlyMap<string, Fact>;
  /** By fact, smallest first. */
  private readonly rollups: ReadonlyMap<string, readonly RollupTable[]>;
  /** By fact and name, levels of rollups too. */
  private readonly relationsByName: ReadonlyMap<string, ReadonlyMap<string, Relation>>;

  /** @param fiscalYearStart the month, 1 to 12, that quarters and years are counted from */
  constructor(
    readonly model: Model,
    { fiscalYearStart = 1 }: { readonly fiscalYearStart?: number } = {},
  ) {
    this.fiscalYearStart = fiscalYearStart;
    this.dimensionsByName = new Map(model.dimensions.map((each) => [each.name, each]));
    this.metricsByName = new Map(model.metrics.map((each) => [each.name, each]));
    this.factsByName = new Map(model.facts.map((each) => [each.name, each]));
    this.rollups = new Map(
      model.facts.map((fact) => [
        fact.name,
        (fact.rollups ?? []).map((rollup) => rollupTable(model, fact, rollup, fiscalYearStart)),
      ]),
    );
    this.relationsByName = new Map(
      model.facts.map((fact) => {
        const levels = this.rollupsOf(fact).flatMap((table) => table.levels);
        const all = [...fact.relations, ...levels.map(({ relation }) => relation)];
        return [fact.name, new Map(all.map((each) => [each.name, each]))];
      }),
    );
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

  /** The rollups of a fact as tables, smallest first. */
  rollupsOf(fact: Fact): readonly RollupTable[] {
    return this.rollups.get(fact.name)!;
  }

  relation(fact: string, name: string): Relation {
    const relation = this.relationsByName.get(fact)?.get(name);
    if (!relation) throw new Error(`Fact ${fact} has no relation ${name}.`);
    return relation;
  }

  /** The fact whose groups are the rows of answers. */
  get definingFact(): Fact {
    return this.model.facts.find(({ rows }) => rows === 'defines')!;
  }

  /** The measures that a metric is made of, through those it derives from. */
  lineageOf(metric: Metric): readonly MeasureName[] {
    const through =
      metric.kind === 'derived' ? metric.of.flatMap((name) => this.lineageOf(this.metric(name))) : [];
    return [...new Set([...measuresOf(metric), ...through])];
  }

  /** How a measure is taken from its fact's base. */
  aggregateOf(name: MeasureName): Aggregate {
    const [fact, measure] = splitMeasure(name);
    return baseOf(this.fact(fact)).measures[measure]!;
  }

  /** The value of a measure over nothing. */
  emptyOf(name: MeasureName): 0 | null {
    return emptyValue(this.aggregateOf(name));
  }

  /** The facts that a metric is made of. */
  factsOf(metric: Metric): readonly Fact[] {
    const names = this.lineageOf(metric).map((measure) => splitMeasure(measure)[0]);
    return [...new Set(names)].map((name) => this.fact(name));
  }

  /** Whether a metric is, in part at least, what there is at a time: a filter on periods picks none of it. */
  isOfSnapshot(metric: Metric): boolean {
    return this.factsOf(metric).some(({ holds }) => holds === 'snapshot');
  }

  /** The dimensions by which a metric can be grouped and filtered; {@link isOfSnapshot} limits filters on periods. */
  dimensionsOf(metric: Metric): readonly Dimension[] {
    const facts = this.factsOf(metric);
    return this.model.dimensions.filter((dimension) => facts.every((fact) => factKnows(fact, dimension)));
  }

  /** The period dimensions that a metric must be grouped by. */
  needsOf(metric: Metric): readonly string[] {
    return [...new Set(this.factsOf(metric).flatMap(({ needs = [] }) => needs))];
  }

  /** Whether a metric is null over nothing, or for want of something to divide by. */
  isNullable(metric: Metric): boolean {
    if (metric.kind === 'derived')
      return metric.operation === 'ratio' || metric.of.some((name) => this.isNullable(this.metric(name)));
    return metric.kind === 'ratio' || this.emptyOf(metric.measure) === null;
  }

  /** Whether some row of a fact may have no value of a dimension. */
  hasNulls(dimension: Dimension): boolean {
    return this.model.facts.some((fact) => baseOf(fact).dimensions[dimension.name]?.nullable === true);
  }
}

/** Whether a fact can be grouped by a dimension, on its base. */
export function factKnows(fact: Fact, dimension: Dimension): boolean {
  return (dimension.kind === 'time' && fact.holds === 'snapshot') || knows(baseOf(fact), dimension);
}

function found<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
  const value = map.get(name);
  if (value === undefined) throw new Error(`The model has no ${what} ${name}.`);
  return value;
}
