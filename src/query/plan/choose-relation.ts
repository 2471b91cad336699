import { isOwnNumber } from '../model/aggregates.ts';
import { knows } from '../model/base.ts';
import type { Adds, Aggregate, Dimension, Relation } from '../model/model.ts';
import { type Grain, shift } from '../time/time.ts';
import { dateOf, isBoundary, midnight, type Wall } from '../time/wall.ts';
import { type Candidates, rank } from './candidates.ts';
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
  /** No event is later: what ends after it cuts nothing. */
  readonly lastEvent?: Wall | undefined;
}

export interface Choice {
  readonly relation: string;
  readonly rejected: readonly Rejection[];
  /** Whether each group is one row of a rollup, and each number a column of it. */
  readonly isLookup: boolean;
  readonly relationRows: number;
  /** The places of the spans that it answers for; absent where it answers for all of them. */
  readonly places?: readonly number[];
}

/** Reading fewer rows than these is no slower than reading from one relation more. */
const FEW_ROWS = 1_000;

/**
 * The smallest relation of a fact that answers exactly, and why smaller ones do not. Where a much smaller one answers
 * for most of several spans, it does, and the smallest that can for the rest: as-of cuts one period and no other.
 * @param areApart whether every group is of one span, so that nothing is put together from two relations
 */
export function chooseRelations(candidates: Candidates, need: Need, areApart: boolean): readonly Choice[] {
  const chosen = choose(candidates, need, need.spans, areApart);
  const most = areApart && need.spans.length > 1 ? mostOf(candidates, need, chosen) : undefined;
  if (most === undefined) return [chosen];
  const isMost = new Set(most);
  const rest = need.spans.flatMap((_, place) => (isMost.has(place) ? [] : [place]));
  return [most, rest].map((places) => {
    const spans = places.map((place) => need.spans[place]!);
    return { ...choose(candidates, need, spans, areApart), places };
  });
}

function choose(candidates: Candidates, asked: Need, spans: Need['spans'], areApart: boolean): Choice {
  const { fact } = candidates;
  const need = { ...asked, spans };
  const { bySize, missing } = rank(candidates);
  const rejected = new Map(missing.map((name) => [name, 'the version was built without it']));
  for (const { relation, name, isRollup, rows } of bySize) {
    const reason = fact.holds === 'snapshot' ? undefined : rejection(relation, need);
    if (reason === undefined) {
      const smaller = [...rejected].filter(([each]) => each !== name);
      const reasons = smaller.map(([each, why]) => ({ relation: each, reason: why }));
      const isLookup = isRollup && (!need.isWindowed || areApart) && isLookedUp(relation, need);
      return { relation: relation.name, rejected: reasons, isLookup, relationRows: rows };
    }
    rejected.set(name, reason);
  }
  const reasons = [...rejected].map(([relation, reason]) => `${relation}: ${reason}`).join('; ');
  throw new Error(`No relation of ${fact.name} can answer (${reasons}), though the request was found valid.`);
}

/** The places of the spans that the first much smaller relation to answer for half of them answers for. */
function mostOf(candidates: Candidates, need: Need, { relationRows }: Choice): readonly number[] | undefined {
  const smaller = rank(candidates).bySize.filter((each) => each.rows + FEW_ROWS <= relationRows);
  const none = { ...need, spans: [] };
  for (const { relation } of smaller) {
    if (rejection(relation, none) !== undefined) continue;
    const places = placesFor(relation, need);
    if (places !== undefined) return places;
  }
  return undefined;
}

/** The places of the spans that a relation answers for each by itself; undefined where they are fewer than half. */
function placesFor(relation: Relation, need: Need): readonly number[] | undefined {
  const { spans } = need;
  const places: number[] = [];
  let others = 0;
  for (const [place, span] of spans.entries()) {
    if (rejection(relation, { ...need, spans: [span] }) === undefined) places.push(place);
    else if (++others * 2 > spans.length) return undefined;
  }
  return places;
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
    if (isStored(aggregate) && !isOneRowPerGroup(relation, need, aggregate.adds))
      return `${measure} is stored only for each of its rows`;
  }
  return undefined;
}

/** Why the time that is read is none of whole periods of a relation. */
function cutOf({ grain }: Relation, need: Need): string | undefined {
  const { spans, isWindowed, isRegrouped, timeZone } = need;
  if (grain === 'instant') return undefined;
  if (timeZone !== undefined) return `its ${grain === 'ever' ? 'day' : grain}s are those of UTC`;
  if (grain === 'ever') {
    const isOpen = spans.every(({ from, to }) => from === undefined && to === undefined);
    return isOpen ? undefined : 'it does not tell time apart';
  }
  for (const { from, to } of spans) {
    const cut = [from, to].find((end) => end !== undefined && cuts(grain, end, need, end === to));
    if (cut !== undefined)
      return `${isWindowed || isRegrouped ? 'a window' : 'the range'} cuts a ${grain} at ${cut}`;
  }
  return undefined;
}

/** Whether events of a period lie on both sides of the end of a span. */
function cuts(grain: Grain, end: Wall, { fiscalYearStart, lastEvent }: Need, isLast: boolean): boolean {
  if (isBoundary(grain, end, fiscalYearStart)) return false;
  return !isLast || lastEvent === undefined || end <= lastEvent;
}

/** Not where rows add up to a group; and without keys there is a group even of no rows. */
function isLookedUp(relation: Relation, need: Need): boolean {
  if (need.groupBy.length === 0 || !isOneRowPerGroup(relation, need)) return false;
  return need.measures.every((name) => isOwnNumber(relation.measures[name]!));
}

type Stored = Extract<Aggregate, { aggregate: 'stored' | 'storedMean' }>;

function isStored(aggregate: Aggregate): aggregate is Stored {
  return aggregate.aggregate === 'stored' || aggregate.aggregate === 'storedMean';
}

/** Whether each group is one row of the relation, or some that stored numbers add up over. */
function isOneRowPerGroup(relation: Relation, need: Need, adds?: Adds): boolean {
  const { groupBy, pinned, isRegrouped } = need;
  if (isRegrouped || !(adds?.periods || isOnePeriodPerGroup(relation, need))) return false;
  const told = new Set([...groupBy.map(({ name }) => name), ...pinned, ...(adds?.dimensions ?? [])]);
  return (relation.rowPer ?? Object.keys(relation.dimensions)).every((name) => told.has(name));
}

function isOnePeriodPerGroup({ grain }: Relation, need: Need): boolean {
  const { groupBy, spans, isWindowed } = need;
  if (grain === 'ever') return true;
  if (grain === 'instant') return false;
  const isGrouped = groupBy.some((dimension) => dimension.kind === 'time' && dimension.grain === grain);
  if (isGrouped && !isWindowed) return true;
  return (isWindowed || spans.length === 1) && spans.every((span) => isOnePeriod(grain, span, need));
}

function isOnePeriod(grain: Grain, { from, to }: Need['spans'][number], need: Need): boolean {
  if (from === undefined || to === undefined || cuts(grain, from, need, false)) return false;
  const end = midnight(shift(grain, dateOf(from), 1));
  return to === end || (to < end && !cuts(grain, to, need, true));
}
