import { comparedGroups, filledGroups, mayPass, memberGroups } from './added-groups.ts';
import { passesAt } from './collect.ts';
import { distinctKeys, nameOf, pick, without } from './key-sets.ts';
import type { Keys } from './keys.ts';
import { otherKeys, type Question } from './question.ts';
import { isIn } from './slice.ts';

export type GroupKind = 'GROUP' | 'FILLED' | 'EMPTY';

export interface Group {
  readonly keys: Keys;
  readonly kind: GroupKind;
}

/** The groups of an answer before `having`: those with events, of comparisons, of `emptyGroups` and of `fill`. */
export function groupsOf(question: Question): readonly Group[] {
  const { fill = false, emptyGroups = false } = question.request;
  const own = distinctKeys(eventGroups(question));
  const compared = without(own, comparedGroups(question));
  const active = [...own, ...compared];
  const mayBe = (keys: Keys) => mayPass(question, keys);
  // A member that passes in some period only is there in that one.
  const empty = emptyGroups ? without(active, memberGroups(question, active)) : [];
  const all = [...active, ...empty];
  const filled = fill ? without(all, filledGroups(question, all)) : [];
  const continued = new Set(active.map(nameOfOthers));
  const isFilled = (keys: Keys) => fill && isContinued(keys, continued);
  return [
    ...own.map((keys): Group => ({ keys, kind: 'GROUP' })),
    ...compared.map((keys): Group => ({ keys, kind: 'EMPTY' })),
    ...[...empty, ...filled]
      .filter(mayBe)
      .map((keys): Group => ({ keys, kind: isFilled(keys) ? 'FILLED' : 'EMPTY' })),
  ];
}

/** The keys of every event that is asked for. */
function eventGroups({ facts, span, request, dimensions }: Question): readonly Keys[] {
  const events = facts.filter((fact) => isIn(span, fact.at) && passesAt(request.where, {}, fact));
  return events.map(({ keys }) => pick(keys, dimensions));
}

/** Whether the same keys have a row in some period; there is always one of no other keys than periods. */
function isContinued(keys: Keys, continued: ReadonlySet<string>): boolean {
  return Object.keys(otherKeys(keys)).length === 0 || continued.has(nameOfOthers(keys));
}

function nameOfOthers(keys: Keys): string {
  return nameOf(otherKeys(keys));
}
