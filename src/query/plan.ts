import { type Catalog, knows, measuresOf, splitMeasure } from './catalog.ts';
import type { Aggregate, Dimension, Fact, Metric, Relation } from './model.ts';
import type { Condition, OrderTerm, Question, Range } from './request.ts';
import { dimensionsIn } from './resolve-where.ts';
import { isBoundary } from './time.ts';

/** A relation that was not taken, though it is smaller, and why. */
export interface Rejection {
  readonly relation: string;
  readonly reason: string;
}

/** One fact at one level, answered by one relation. */
export interface BranchPlan {
  readonly fact: string;
  readonly relation: string;
  readonly rejected: readonly Rejection[];
  readonly measures: readonly string[];
  /** Whether its groups are rows of the answer. */
  readonly givesRows: boolean;
}

/** One level of detail: the rows, or their totals. */
export interface LevelPlan {
  readonly level: 'rows' | 'totals';
  readonly groupBy: readonly string[];
  readonly metrics: readonly string[];
  readonly branches: readonly BranchPlan[];
}

/** How a question is answered: plain data that can be printed and compared. */
export interface Plan {
  readonly version: number;
  readonly where: Condition;
  readonly range: Range;
  readonly levels: readonly LevelPlan[];
  readonly order: readonly OrderTerm[];
  readonly first: number;
  readonly after: readonly (string | number | null)[] | undefined;
  readonly count: boolean;
}

/** Plans a question at a version; `after` holds the values of the cursor in the question's order. */
export function plan(
  catalog: Catalog,
  question: Question,
  version: number,
  after: readonly (string | number | null)[] | undefined,
): Plan {
  const { groupBy, rowMetrics, totalMetrics, wants } = question;
  const levels: LevelPlan[] = [];
  if (wants.rows || wants.totalCount) levels.push(level(catalog, question, 'rows', groupBy, rowMetrics));
  if (wants.totals) levels.push(level(catalog, question, 'totals', [], totalMetrics));
  return freeze({
    version,
    where: question.where,
    range: question.range,
    levels,
    order: question.order,
    first: question.first,
    after,
    count: wants.totalCount,
  });
}

function level(
  catalog: Catalog,
  question: Question,
  name: LevelPlan['level'],
  groupBy: readonly Dimension[],
  metrics: readonly Metric[],
): LevelPlan {
  const needed = new Map<string, Set<string>>();
  for (const measure of metrics.flatMap(measuresOf)) {
    const [fact, own] = splitMeasure(measure);
    needed.set(fact, (needed.get(fact) ?? new Set()).add(own));
  }
  if (![...needed.keys()].some((fact) => catalog.fact(fact).rows !== 'none')) {
    const rows = catalog.model.facts.find((fact) => fact.rows === 'defines')!;
    needed.set(rows.name, new Set());
  }
  return {
    level: name,
    groupBy: groupBy.map((dimension) => dimension.name),
    metrics: metrics.map((metric) => metric.name),
    branches: [...needed].map(([fact, measures]) =>
      branch(catalog, question, catalog.fact(fact), groupBy, [...measures]),
    ),
  };
}

function branch(
  catalog: Catalog,
  question: Question,
  fact: Fact,
  groupBy: readonly Dimension[],
  measures: readonly string[],
): BranchPlan {
  const filtered = [...dimensionsIn(question.where)].map((name) => catalog.dimension(name));
  const rejected: Rejection[] = [];
  for (const relation of fact.relations) {
    const reason = rejection(relation, { groupBy, filtered, measures, range: question.range });
    if (reason === undefined) {
      return {
        fact: fact.name,
        relation: relation.name,
        rejected,
        measures,
        givesRows: fact.rows !== 'none',
      };
    }
    rejected.push({ relation: relation.name, reason });
  }
  const reasons = rejected.map(({ relation, reason }) => `${relation}: ${reason}`).join('; ');
  throw new Error(`No relation of ${fact.name} can answer (${reasons}), though the request was found valid.`);
}

interface Need {
  readonly groupBy: readonly Dimension[];
  readonly filtered: readonly Dimension[];
  readonly measures: readonly string[];
  readonly range: Range;
}

/** Why a relation cannot answer exactly; undefined when it can. */
function rejection(relation: Relation, need: Need): string | undefined {
  const { groupBy, filtered, measures, range } = need;
  const unknown = [...groupBy, ...filtered].find((dimension) => !knows(relation, dimension));
  if (unknown) return `it does not hold ${unknown.name}`;
  const { grain } = relation;
  if (grain !== 'instant') {
    const cut = [range.from, range.to].find(
      (instant) => instant !== undefined && !isBoundary(grain, instant),
    );
    if (cut !== undefined) return `the range cuts a ${grain} at ${cut}`;
  }
  for (const measure of measures) {
    const aggregate = relation.measures[measure];
    if (!aggregate) return `${measure} cannot be computed from it`;
    if (!exactAt(relation, aggregate, groupBy)) return `${measure} is stored only for each of its rows`;
  }
  return undefined;
}

/** A stored number holds only where each group is one row of the relation. */
function exactAt(relation: Relation, { aggregate }: Aggregate, groupBy: readonly Dimension[]): boolean {
  if (aggregate !== 'stored') return true;
  const names = groupBy.map(({ name }) => name);
  const itsPeriod = groupBy.some(
    (dimension) => dimension.kind === 'time' && dimension.grain === relation.grain,
  );
  return itsPeriod && Object.keys(relation.dimensions).every((name) => names.includes(name));
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
