import type { Calendar } from '../../oracle/calendar.ts';
import { compareKeys, type Key } from '../../oracle/keys.ts';
import { type Fact, passes } from '../../oracle/slice.ts';
import type { Filter, Where } from '../../oracle/where.ts';
import type { World } from '../cases.ts';
import type { Choices } from './choices.ts';
import { FRAGMENTS, inputOf, valuesOf } from './values.ts';

/** What filters are made for. */
export interface Aim {
  readonly world: World;
  readonly calendar: Calendar;
  /** Fields of dimensions that may be filtered. */
  readonly dimensions: readonly string[];
  /** An event that most filters let through, so that answers have rows. */
  readonly anchor: Fact;
}

const TRIES = 6;
const LETS_THROUGH = 0.9;
const IDS = ['firm', 'user'];

/** A filter of any depth. */
export function whereOf(choices: Choices, aim: Aim): Where {
  return aimed(choices, aim, () => anyWhere(choices, aim));
}

/** Tries again while the anchor is kept out, most of the time. */
function aimed(choices: Choices, { anchor }: Aim, make: () => Where): Where {
  let made = make();
  for (let tries = 1; tries < TRIES && !passes(made, anchor) && choices.chance(LETS_THROUGH); tries++)
    made = make();
  return made;
}

function anyWhere(choices: Choices, aim: Aim): Where {
  const several = (least: number) =>
    Array.from({ length: choices.whole(least, 3) }, () => shallow(choices, aim));
  const forms: readonly (() => Where)[] = [
    () => leafOf(choices, aim),
    () => leafOf(choices, aim),
    () => ({ ...leafOf(choices, aim), ...leafOf(choices, aim) }),
    () => ({ or: several(choices.chance(0.05) ? 0 : 1) }),
    () => ({ and: several(0) }),
    () => ({ not: shallow(choices, aim) }),
    () => ({ ...leafOf(choices, aim), or: several(1), not: shallow(choices, aim) }),
  ];
  return choices.one(forms)();
}

function shallow(choices: Choices, aim: Aim): Where {
  const forms: readonly (() => Where)[] = [
    () => leafOf(choices, aim),
    () => leafOf(choices, aim),
    () => ({ not: leafOf(choices, aim) }),
    () => ({ or: [leafOf(choices, aim), leafOf(choices, aim)] }),
    () => ({ and: [leafOf(choices, aim), leafOf(choices, aim)] }),
  ];
  return choices.one(forms)();
}

/** A filter on one dimension. */
export function leafOf(choices: Choices, aim: Aim): Where {
  const ids = aim.dimensions.filter((field) => IDS.includes(field));
  const field = choices.one(ids.length > 0 && choices.chance(0.2) ? ids : aim.dimensions);
  return { [field]: filterOf(choices, aim, field) };
}

function filterOf(choices: Choices, aim: Aim, field: string): Filter {
  const values = valuesOf(aim.world, aim.calendar, field);
  const own = inputOf(field, aim.anchor.keys[field]!);
  const value = (): Key => (choices.chance(0.5) ? own : choices.one(values));
  const list = (): readonly Key[] => choices.some([own, ...values.filter((each) => each !== own)], 1, 4);
  const operators = [
    ...equality(value, list, choices),
    ...(hasOrder(field) ? order(field, value) : []),
    ...text(choices, field),
  ];
  return choices.one(operators)();
}

type Make = () => Filter;

function hasOrder(field: string): boolean {
  return field !== 'powerUser';
}

function equality(value: () => Key, list: () => readonly Key[], choices: Choices): readonly Make[] {
  const both: readonly Make[] = [
    () => ({ eq: value() }),
    () => ({ neq: value() }),
    () => ({ isNull: choices.chance(0.15) }),
  ];
  return typeof value() === 'boolean' ? both : [...both, () => ({ in: list() }), () => ({ notIn: list() })];
}

function order(field: string, value: () => Key): readonly Make[] {
  const compare = (a: Key, b: Key) => (field === 'firm' ? Number(a) - Number(b) : compareKeys(field, a, b));
  return [
    () => ({ lt: value() }),
    () => ({ lte: value() }),
    () => ({ gt: value() }),
    () => ({ gte: value() }),
    () => ({ gte: value(), lt: value() }),
    () => {
      const [from, to] = [value(), value()].sort(compare) as [Key, Key];
      return { between: { from, to } };
    },
  ];
}

function text(choices: Choices, field: string): readonly Make[] {
  if (!IDS.includes(field)) return [];
  const forms: readonly Make[] = [
    () => ({ contains: choices.one(FRAGMENTS) }),
    () => ({ startsWith: choices.one(FRAGMENTS) }),
  ];
  return [...forms, ...forms, ...forms];
}
