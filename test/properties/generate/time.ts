import type { Calendar } from '../../oracle/calendar.ts';
import { hasTimes } from '../../oracle/data.ts';
import { type Fact, factsOf, isIn, spanOf, type TimeRange } from '../../oracle/slice.ts';
import type { World } from '../cases.ts';
import type { Choices } from './choices.ts';
import type { Family } from './dimensions.ts';
import { daysOf } from './values.ts';

/** Offsets of whole and half hours on either side of UTC, a summer time of half an hour, both sides of the date line. */
const ZONES = [
  'America/New_York',
  'Europe/Berlin',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Kiritimati',
].concat(['Pacific/Pago_Pago', 'America/St_Johns', 'UTC']);
const TIMES = ['T00:00:00', 'T00:00:00.000001', 'T03:30:00', 'T11:30:00', 'T12:00:00', 'T23:59:59.999999'];

export function timeZoneOf(
  choices: Choices,
  { data }: World,
  { wholeMonths, isSnapshot }: Family,
): string | undefined {
  const isPossible = hasTimes(data) && !wholeMonths && !isSnapshot;
  return isPossible && choices.chance(0.4) ? choices.one(ZONES) : undefined;
}

/** A range that most often has the anchor in it. */
export function rangeOf(
  choices: Choices,
  world: World,
  calendar: Calendar,
  family: Family,
  anchor: Fact,
): TimeRange {
  const make = () =>
    choices.chance(0.4) ? last(choices, family) : between(choices, world, calendar, family);
  const holds = (range: TimeRange) => isIn(spanOf(world.data, range, calendar), anchor.at);
  let made = make();
  for (let tries = 1; tries < 6 && !holds(made) && choices.chance(0.9); tries++) made = make();
  return made;
}

function last(choices: Choices, { wholeMonths }: Family): TimeRange {
  const units = wholeMonths ? ['MONTH', 'QUARTER', 'YEAR'] : ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];
  const count = choices.whole(1, choices.chance(0.3) ? 12 : 3);
  return { last: { count, unit: choices.one(units), completeOnly: choices.chance(0.3) } };
}

function between(choices: Choices, { data }: World, calendar: Calendar, { wholeMonths }: Family): TimeRange {
  const days = daysOf(factsOf(data, calendar), wholeMonths);
  const zone = calendar.timeZone === undefined && choices.chance(0.5) ? 'Z' : '';
  const end = (day: string) =>
    wholeMonths || choices.chance(0.6) ? day : `${day}${choices.one(TIMES)}${zone}`;
  const [from, to] = choices.some(days, 2, 2).sort() as [string, string];
  const isSameDay = !wholeMonths && choices.chance(0.1);
  return { between: isSameDay ? { from, to: `${from}T12:00:00` } : { from: end(from), to: end(to) } };
}
