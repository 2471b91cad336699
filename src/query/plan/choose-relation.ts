import { knows } from '../model/catalog.ts';
import type { Aggregate, Dimension, Fact, Relation } from '../model/model.ts';
import { isBoundary, type Wall } from '../time/wall.ts';
import type { Rejection } from './plan.ts';

/** What a relation must answer. */
export interface Need {
  readonly groupBy: readonly Dimension[];
  readonly filtered: readonly Dimension[];
  readonly measures: readonly string[];
  /** The stretches of time that are read. */
  readonly spans: readonly { readonly from?: Wall; readonly to?: Wall }[];
  /** Whether rows are put together over windows or groups of groups, and not over periods of their own. */
  readonly isRegrouped: boolean;
  readonly timeZone: string | undefined;
  readonly fiscalYearStart: number;
}

/** The smallest relation of a fact that answers exactly, and why smaller ones do not. */
export function chooseRelation(
  fact: Fact,
  need: Need,
): { readonly relation: string; readonly rejected: readonly Rejection[] } {
  const rejected: Rejection[] = [];
  for (const relation of fact.relations) {
    const reason = fact.holds === 'snapshot' ? undefined : rejection(relation, need);
    if (reason === undefined) return { relation: relation.name, rejected };
    rejected.push({ relation: relation.name, reason });
  }
  const reasons = rejected.map(({ relation, reason }) => `${relation}: ${reason}`).join('; ');
  throw new Error(`No relation of ${fact.name} can answer (${reasons}), though the request was found valid.`);
}

/** Why a relation cannot answer exactly; undefined when it can. */
function rejection(relation: Relation, need: Need): string | undefined {
  const { groupBy, filtered, measures, spans, isRegrouped, timeZone, fiscalYearStart } = need;
  const unknown = [...groupBy, ...filtered].find((dimension) => !knows(relation, dimension));
  if (unknown) return `it does not hold ${unknown.name}`;
  const { grain } = relation;
  if (grain !== 'instant') {
    if (timeZone !== undefined) return `its ${grain}s are those of UTC`;
    const cut = spans
      .flatMap(({ from, to }) => [from, to])
      .find((end) => end !== undefined && !isBoundary(grain, end, fiscalYearStart));
    if (cut !== undefined) return `${isRegrouped ? 'a window' : 'the range'} cuts a ${grain} at ${cut}`;
  }
  for (const measure of measures) {
    const aggregate = relation.measures[measure];
    if (!aggregate) return `${measure} cannot be computed from it`;
    if (!exactAt(relation, aggregate, groupBy, isRegrouped))
      return `${measure} is stored only for each of its rows`;
  }
  return undefined;
}

/** A stored number holds only where each group is one row of the relation. */
function exactAt(
  relation: Relation,
  { aggregate }: Aggregate,
  groupBy: readonly Dimension[],
  isRegrouped: boolean,
): boolean {
  if (aggregate !== 'stored') return true;
  if (isRegrouped) return false;
  const names = groupBy.map(({ name }) => name);
  const itsPeriod = groupBy.some(
    (dimension) => dimension.kind === 'time' && dimension.grain === relation.grain,
  );
  return itsPeriod && Object.keys(relation.dimensions).every((name) => names.includes(name));
}
