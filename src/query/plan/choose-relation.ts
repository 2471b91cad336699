import type { VersionRecord } from '../../database/version.ts';
import { baseOf, knows } from '../model/base.ts';
import type { Aggregate, Dimension, Fact, Relation } from '../model/model.ts';
import type { RollupTable } from '../model/rollup/table.ts';
import { shift } from '../time/time.ts';
import { dateOf, isBoundary, midnight, type Wall } from '../time/wall.ts';
import type { Rejection } from './plan.ts';

/** What a relation must answer. */
export interface Need {
  readonly groupBy: readonly Dimension[];
  readonly filtered: readonly Dimension[];
  /** Names of dimensions that a filter holds to one value. */
  readonly pinned: ReadonlySet<string>;
  readonly measures: readonly string[];
  /** The stretches of time that are read. */
  readonly spans: readonly { readonly from?: Wall; readonly to?: Wall }[];
  /** Whether rows are put together over windows, each told by its own labels. */
  readonly isWindowed: boolean;
  /** Whether rows are put together over groups of groups. */
  readonly isRegrouped: boolean;
  readonly timeZone: string | undefined;
  readonly fiscalYearStart: number;
}

/** What there is to choose from at a version. */
export interface Candidates {
  readonly fact: Fact;
  readonly rollups: readonly RollupTable[];
  readonly built: Built;
}

/** The rows of what was built for a version: of tables by their names, and of rollups that are there. */
export type Built = Pick<VersionRecord, 'rollups' | 'rowCounts'>;

export interface Choice {
  readonly relation: string;
  readonly rejected: readonly Rejection[];
}

interface Candidate {
  readonly relation: Relation;
  /** What it is rejected as: a rollup for all of its levels. */
  readonly name: string;
  readonly rows: number;
}

/** The smallest relation of a fact that answers exactly, and why smaller ones do not. */
export function chooseRelation({ fact, rollups, built }: Candidates, need: Need): Choice {
  const rejected = new Map<string, string>();
  for (const { rollup, name } of rollups)
    if (!built.rollups[name]) rejected.set(rollup.name, 'the version was built without it');
  for (const { relation, name } of bySize({ fact, rollups, built })) {
    const reason = fact.holds === 'snapshot' ? undefined : rejection(relation, need);
    if (reason === undefined) {
      const smaller = [...rejected].filter(([each]) => each !== name);
      return {
        relation: relation.name,
        rejected: smaller.map(([each, why]) => ({ relation: each, reason: why })),
      };
    }
    rejected.set(name, reason);
  }
  const reasons = [...rejected].map(([relation, reason]) => `${relation}: ${reason}`).join('; ');
  throw new Error(`No relation of ${fact.name} can answer (${reasons}), though the request was found valid.`);
}

/** By the rows that each has; what nobody counted in the order of the model. The base is last in any case. */
function bySize({ fact, rollups, built: { rollups: levels, rowCounts } }: Candidates): readonly Candidate[] {
  const ofRollups = rollups.flatMap((table) => {
    const rows = levels[table.name];
    return rows
      ? table.levels.map(({ relation }) => candidate(relation, table.rollup.name, rows[relation.name]))
      : [];
  });
  const others = fact.relations.slice(0, -1).map((each) => candidate(each, each.name, rowCounts[each.name]));
  const base = baseOf(fact);
  return [...[...ofRollups, ...others].sort((a, b) => a.rows - b.rows), candidate(base, base.name)];
}

function candidate(relation: Relation, name: string, rows = Number.MAX_SAFE_INTEGER): Candidate {
  return { relation, name, rows };
}

/** Why a relation cannot answer exactly; undefined when it can. */
export function rejection(relation: Relation, need: Need): string | undefined {
  const { groupBy, filtered, measures } = need;
  const unknown = [...groupBy, ...filtered].find((dimension) => !knows(relation, dimension));
  if (unknown) return `it does not hold ${unknown.name}`;
  const cut = cutOf(relation, need);
  if (cut !== undefined) return cut;
  for (const measure of measures) {
    const aggregate = relation.measures[measure];
    if (!aggregate) return `${measure} cannot be computed from it`;
    if (isStored(aggregate) && !isOneRowPerGroup(relation, need))
      return `${measure} is stored only for each of its rows`;
  }
  return undefined;
}

/** Why the time that is read is none of whole periods of a relation. */
function cutOf({ grain }: Relation, need: Need): string | undefined {
  const { spans, isWindowed, isRegrouped, timeZone, fiscalYearStart } = need;
  if (grain === 'instant') return undefined;
  const ends = spans.flatMap(({ from, to }) => [from, to]).filter((end) => end !== undefined);
  if (timeZone !== undefined) return `its ${grain === 'ever' ? 'day' : grain}s are those of UTC`;
  if (grain === 'ever') return ends.length > 0 ? 'it does not tell time apart' : undefined;
  const cut = ends.find((end) => !isBoundary(grain, end, fiscalYearStart));
  if (cut === undefined) return undefined;
  return `${isWindowed || isRegrouped ? 'a window' : 'the range'} cuts a ${grain} at ${cut}`;
}

function isStored({ aggregate }: Aggregate): boolean {
  return aggregate === 'stored' || aggregate === 'storedMean';
}

/** A stored number holds only where each group is one row of the relation. */
function isOneRowPerGroup(relation: Relation, need: Need): boolean {
  const { groupBy, pinned, isRegrouped } = need;
  if (isRegrouped || !isOnePeriodPerGroup(relation, need)) return false;
  const told = new Set([...groupBy.map(({ name }) => name), ...pinned]);
  return (relation.rowPer ?? Object.keys(relation.dimensions)).every((name) => told.has(name));
}

function isOnePeriodPerGroup({ grain }: Relation, need: Need): boolean {
  const { groupBy, spans, isWindowed, fiscalYearStart } = need;
  if (grain === 'ever') return true;
  if (grain === 'instant') return false;
  const isGrouped = groupBy.some((dimension) => dimension.kind === 'time' && dimension.grain === grain);
  if (isGrouped && !isWindowed) return true;
  return (
    (isWindowed || spans.length === 1) &&
    spans.every(
      ({ from, to }) =>
        from !== undefined &&
        isBoundary(grain, from, fiscalYearStart) &&
        to === midnight(shift(grain, dateOf(from), 1)),
    )
  );
}
