import { FIRM_FIELDS, firmKeys, USER_FIELDS, userKeys } from './attributes.ts';
import { type Periods, withCoarser } from './calendar.ts';
import { passesAt } from './collect.ts';
import { distinctKeys, pick } from './key-sets.ts';
import { isPeriod, type Key, type Keys } from './keys.ts';
import { candidatePeriods, otherKeys, type Question } from './question.ts';
import { isIn } from './slice.ts';
import { judge } from './where.ts';
import { comparedWindows } from './windows.ts';

/** The rows that could be: of each candidate period, or the one without periods. */
function rowPeriods(question: Question): readonly Keys[] {
  const { calendar, dimensions, unit } = question;
  if (unit === undefined) return [{}];
  return candidatePeriods(question).map((label) => {
    const told = withCoarser(calendar, { [unit]: label });
    return pick(told as Keys, dimensions.filter(isPeriod));
  });
}

/** Groups with an event in the compared time of a candidate period. */
export function comparedGroups(question: Question): readonly Keys[] {
  const { request, facts, calendar, dimensions } = question;
  const others = dimensions.filter((name) => !isPeriod(name));
  return (request.compare ?? []).flatMap((comparison) =>
    rowPeriods(question).flatMap((periods) => {
      const { events } = comparedWindows(question, periods, comparison);
      const told = withCoarser(calendar, periods as Periods);
      const passing = facts.filter((fact) => isIn(events, fact.at) && passesAt(request.where, told, fact));
      return passing.map(({ keys }) => ({ ...periods, ...pick(keys, others) }));
    }),
  );
}

/** For each grouped entity: its members, with each combination of the other keys that there is. */
export function memberGroups({ data, dimensions }: Question, rows: readonly Keys[]): readonly Keys[] {
  const members = [
    { entity: 'firm', own: FIRM_FIELDS, all: data.firms.map(firmKeys) },
    { entity: 'user', own: USER_FIELDS, all: data.users.map(userKeys) },
  ].filter(({ entity }) => dimensions.includes(entity));
  return members.flatMap(({ own, all }) => {
    const rest = dimensions.filter((name) => !own.includes(name));
    const combinations = rest.length === 0 ? [{}] : distinctKeys(rows.map((keys) => pick(keys, rest)));
    const grouped = own.filter((name) => dimensions.includes(name));
    return all.flatMap((member) => combinations.map((keys) => ({ ...keys, ...pick(member, grouped) })));
  });
}

/** Each combination of keys that are not periods in every candidate period. */
export function filledGroups(question: Question, rows: readonly Keys[]): readonly Keys[] {
  const isOnlyPeriods = question.dimensions.every(isPeriod);
  const combinations = isOnlyPeriods ? [{}] : distinctKeys(rows.map(otherKeys));
  return combinations.flatMap((keys) => rowPeriods(question).map((periods) => ({ ...periods, ...keys })));
}

/** Whether an added row passes `where` as far as its keys tell. */
export function mayPass({ request, calendar, data, unit }: Question, keys: Keys): boolean {
  const firm = data.firms.find(({ id }) => id === keys.firm);
  const user = data.users.find(({ id }) => id === keys.user);
  const told: Readonly<Record<string, Key | undefined>> = {
    ...(unit !== undefined && withCoarser(calendar, { [unit]: keys[unit] as string })),
    ...(firm && firmKeys(firm)),
    ...(user && userKeys(user)),
    ...keys,
  };
  return request.where === undefined || judge(request.where, (name) => told[name]) !== false;
}
