import { type Calendar, periodsOf } from '../../oracle/calendar.ts';
import { dateOf } from '../../oracle/data.ts';
import { isPeriod, type Key, LISTED } from '../../oracle/keys.ts';
import { type Fact, factsOf } from '../../oracle/slice.ts';
import type { World } from '../cases.ts';

/** Text that ids contain, and that must not be taken for a pattern. */
export const FRAGMENTS = ['a', '1', '0', '10', '😀', "'", '_', '%', '\\', '"', 'é', '6', 'nobody'];

/** A value as GraphQL takes it: ids are text. */
export function inputOf(field: string, key: Key): Key {
  return field === 'firm' ? String(key) : key;
}

/** Values to filter a dimension by: those that events have, and some that none has. */
export function valuesOf({ data }: World, calendar: Calendar, field: string): readonly Key[] {
  const own = factsOf(data, calendar).map(({ keys }) => keys[field]!);
  return [...new Set([...own, ...beyond(calendar, field)])].map((key) => inputOf(field, key));
}

function beyond(calendar: Calendar, field: string): readonly Key[] {
  if (isPeriod(field)) return [periodsOf(calendar, '2024-05-15')[field]];
  if (field in LISTED) return LISTED[field]!;
  const more: Readonly<Record<string, readonly Key[]>> = {
    firm: [1063, 77],
    user: ['nobody', '9'],
    interactionTypesUsed: [0, 1, 2, 3],
    powerUser: [false, true],
  };
  return more[field] ?? ['2024-05-01'];
}

/** Days that ranges begin and end with: those of events, the days beside them, and first days of months around. */
export function daysOf(facts: readonly Fact[], wholeMonths: boolean): readonly string[] {
  const months = [...new Set(facts.map(({ at }) => at.slice(0, 7)))].flatMap((month) => around(month));
  const days = facts.map(({ at }) => dateOf(at));
  return [...new Set(wholeMonths ? months : [...months, ...days])].sort();
}

/** First days of a month, the one before and the two after. */
function around(month: string): readonly string[] {
  const [year, index] = month.split('-').map(Number) as [number, number];
  return [-1, 0, 1, 2].map((offset) =>
    new Date(Date.UTC(year, index - 1 + offset, 1)).toISOString().slice(0, 10),
  );
}
