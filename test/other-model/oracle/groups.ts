import { MEMBERS } from './base-rows.ts';
import { candidates, isPeriod, labelsOf, ownScope, pick, type Question } from './question.ts';
import type { Keys, Row } from './request.ts';
import { isOf, type Scope } from './scope.ts';
import { judge } from './where.ts';
import { comparedScope } from './windows.ts';

export interface Group {
  readonly keys: Keys;
  readonly kind: Row['kind'];
}

/** The groups with lines, and those that are added to them. */
export function groupsOf(question: Question): readonly Group[] {
  const { request, dimensions } = question;
  const others = dimensions.filter((name) => !isPeriod(name));
  const own = distinctKeys(linesOf(question, ownScope(question, {})).map((keys) => pick(keys, dimensions)));
  const compared = (request.compare ?? []).flatMap((comparison) =>
    candidates(question).flatMap((periods) =>
      linesOf(question, comparedScope(question, periods, comparison)).map((keys) => ({
        ...periods,
        ...pick(keys, others),
      })),
    ),
  );
  const present = distinctKeys([...own, ...compared]);
  const withMembers = [...present, ...(request.emptyGroups ? members(question, present) : [])];
  const all = [...withMembers, ...(request.fill ? filled(question, withMembers) : [])];
  const has = (some: readonly Keys[], keys: Keys) => some.some((each) => isSame(each, keys));
  return distinctKeys(all)
    .filter((keys) => has(present, keys) || mayPass(question, keys))
    .map((keys): Group => {
      if (has(own, keys)) return { keys, kind: 'GROUP' };
      if (has(compared, keys) || !request.fill) return { keys, kind: 'EMPTY' };
      const isKnown = has(
        present.map((each) => pick(each, others)),
        pick(keys, others),
      );
      return { keys, kind: isKnown || others.length === 0 ? 'FILLED' : 'EMPTY' };
    });
}

/** The keys of the lines of a scope. */
function linesOf({ data, request }: Question, scope: Scope): readonly Keys[] {
  const lines = data.rows.lines.filter((line) => isOf('lines', line, scope, scope.time, [request.where]));
  return lines.map(({ keys }) => keys[0]!);
}

/** Of each grouped entity by itself: its members, with each combination of the other keys that there is. */
function members({ dimensions }: Question, present: readonly Keys[]): readonly Keys[] {
  return Object.entries(MEMBERS)
    .filter(([entity]) => dimensions.includes(entity))
    .flatMap(([, all]) => {
      const own = dimensions.filter((name) => name in all[0]!);
      const rest = dimensions.filter((name) => !own.includes(name));
      const combinations = rest.length === 0 ? [{}] : distinctKeys(present.map((keys) => pick(keys, rest)));
      return all.flatMap((member) => combinations.map((keys) => ({ ...keys, ...pick(member, own) })));
    });
}

function filled(question: Question, rows: readonly Keys[]): readonly Keys[] {
  const others = question.dimensions.filter((name) => !isPeriod(name));
  const combinations = others.length === 0 ? [{}] : distinctKeys(rows.map((keys) => pick(keys, others)));
  return combinations.flatMap((keys) => candidates(question).map((periods) => ({ ...periods, ...keys })));
}

/** Whether an added row passes as far as its keys, their attributes and their periods tell. */
function mayPass({ request }: Question, keys: Keys): boolean {
  const attributes = Object.entries(MEMBERS).map(
    ([entity, all]) => all.find((member) => entity in keys && member[entity] === keys[entity]) ?? {},
  );
  const told: Keys = Object.assign({}, ...attributes, labelsOf(keys), keys);
  return judge(request.where, (name) => told[name]) !== false;
}

export function distinctKeys(all: readonly Keys[]): readonly Keys[] {
  return all.filter((keys, index) => all.findIndex((each) => isSame(each, keys)) === index);
}

export function isSame(a: Keys, b: Keys): boolean {
  return Object.keys(a).every((name) => a[name] === b[name]);
}
