import { type BaseRows, union } from './base-rows.ts';
import { baseRowsIn } from './collect.ts';
import { customValue } from './custom.ts';
import { both, divide, subtract, type Value } from './fraction.ts';
import type { GroupKind } from './groups.ts';
import type { Key, Keys } from './keys.ts';
import { metricNamed } from './metrics.ts';
import { isPartial as isCut, type Question } from './question.ts';
import type { Where } from './where.ts';
import {
  comparedWindows,
  isRollingPartial,
  ownWindows,
  rollingWindows,
  startsBeforeData,
  type Windows,
} from './windows.ts';

export interface Change {
  readonly current: Value;
  readonly previous: Value;
  readonly delta: Value;
  readonly relativeChange: Value;
}

/** What a comparison says of a row. Metrics are named as GraphQL's fields are. */
export interface Changes {
  readonly isPartial: boolean;
  metric(field: string): Change;
}

export interface WindowValues {
  readonly isPartial: boolean;
  metric(field: string): Value;
}

/** Numbers of some groups taken together. */
export interface Numbers {
  metric(field: string): Value;
  custom(key: string): Value;
}

export interface Row extends Numbers {
  readonly kind: GroupKind | 'OTHER';
  readonly keys: Readonly<Record<string, Key | null>>;
  readonly isPartial: boolean;
  /** The groups that it stands for. */
  readonly groups: readonly Keys[];
  /** Undefined for what was folded together across periods. */
  comparison(key: string): Changes | undefined;
  rolling(key: string): WindowValues | undefined;
}

type WindowsOf = (keys: Keys) => Windows;
type Given = Pick<Row, 'kind' | 'keys' | 'groups'>;

/** Numbers over the base rows of some groups. */
export function numbersOf(question: Question, groups: readonly Keys[]): Numbers {
  const rows = remembered((and?: Where) => read(question, groups, (keys) => ownWindows(question, keys), and));
  const metric = remembered((field: string, and?: Where) => metricNamed(field).of(rows(and)));
  const all = question.request.custom ?? [];
  return { metric, custom: remembered((key: string) => customValue(all, key, metric)) };
}

export function rowOf(question: Question, given: Given): Row {
  const { unit } = question;
  const numbers = numbersOf(question, given.groups);
  const isPartial = isCut(question, known(given.keys));
  const hasPeriod = unit === undefined || given.keys[unit] !== null;
  const comparison = (key: string) => comparisonOf(question, { ...given, ...numbers, isPartial }, key);
  const rolling = (key: string) => rollingOf(question, given, key);
  return {
    ...given,
    ...numbers,
    isPartial,
    comparison: remembered((key: string) => (hasPeriod ? comparison(key) : undefined)),
    rolling: remembered((key: string) => (hasPeriod ? rolling(key) : undefined)),
  };
}

function comparisonOf(question: Question, row: Omit<Row, 'comparison' | 'rolling'>, key: string): Changes {
  const asked = question.request.compare!.find((each) => each.key === key)!;
  const windows = (keys: Keys) => comparedWindows(question, keys, asked);
  const rows = read(question, row.groups, windows);
  return {
    isPartial: row.isPartial || startsBeforeData(question, windows(row.groups[0]!)),
    metric: (field) => changeOf(row.metric(field), metricNamed(field).of(rows)),
  };
}

function rollingOf(question: Question, { groups }: Given, key: string): WindowValues {
  const asked = question.request.rolling!.find((each) => each.key === key)!;
  const windows = (keys: Keys) => rollingWindows(question, keys, asked);
  const rows = read(question, groups, windows);
  return {
    isPartial: isRollingPartial(question, groups[0]!, windows(groups[0]!)),
    metric: (field) => metricNamed(field).of(rows),
  };
}

function read(question: Question, groups: readonly Keys[], windows: WindowsOf, and?: Where): BaseRows {
  return union(groups.map((keys) => baseRowsIn(question, keys, windows(keys), and)));
}

function changeOf(current: Value, previous: Value): Change {
  const delta = both(current, previous, subtract);
  return { current, previous, delta, relativeChange: both(delta, previous, divide) };
}

/** The keys that a row has. */
function known(keys: Row['keys']): Keys {
  const isKnown = (entry: [string, Key | null]): entry is [string, Key] => entry[1] !== null;
  return Object.fromEntries(Object.entries(keys).filter(isKnown));
}

/** Rows are filtered and ordered by the same numbers many times over. */
function remembered<Given extends unknown[], T>(make: (...given: Given) => T): (...given: Given) => T {
  const made = new Map<string, T>();
  return (...given) => {
    const name = JSON.stringify(given);
    if (!made.has(name)) made.set(name, make(...given));
    return made.get(name)!;
  };
}
