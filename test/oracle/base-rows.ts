import { firmKeys } from './attributes.ts';
import { type DataSet, type FirmRow, onceEach } from './data.ts';
import type { Keys } from './keys.ts';
import type { Movement } from './movements.ts';
import type { Fact } from './slice.ts';

/** A firm, active or not. */
export interface FirmFact {
  readonly firm: FirmRow;
  readonly keys: Keys;
}

export const firmsOf = onceEach((data: DataSet): readonly FirmFact[] =>
  data.firms.map((firm) => ({ firm, keys: firmKeys(firm) })),
);

/**
 * The rows that a number is computed from. Each kind is collected when it is first read, since a request need only
 * make sense for the kinds that its metrics read.
 */
export interface BaseRows {
  readonly events: readonly Fact[];
  /** The events whose user-months count: of whole periods, where `events` are of a period to date. */
  readonly monthEvents: readonly Fact[];
  readonly movements: readonly Movement[];
  readonly firms: readonly FirmFact[];
}

export type Collect = { readonly [Kind in keyof BaseRows]: () => BaseRows[Kind] };

export function collected(collect: Collect): BaseRows {
  const once = <T>(make: () => T) => {
    let made: { readonly value: T } | undefined;
    return () => {
      made ??= { value: make() };
      return made.value;
    };
  };
  const events = once(collect.events);
  const monthEvents = once(collect.monthEvents);
  const movements = once(collect.movements);
  const firms = once(collect.firms);
  return {
    get events() {
      return events();
    },
    get monthEvents() {
      return monthEvents();
    },
    get movements() {
      return movements();
    },
    get firms() {
      return firms();
    },
  };
}

/** All that belong to at least one of several, each once. */
export function union(several: readonly BaseRows[]): BaseRows {
  if (several.length === 1) return several[0]!;
  const all = <T>(of: (rows: BaseRows) => readonly T[]) => [...new Set(several.flatMap(of))];
  return collected({
    events: () => all((rows) => rows.events),
    monthEvents: () => all((rows) => rows.monthEvents),
    movements: () => all((rows) => rows.movements),
    firms: () => all((rows) => rows.firms),
  });
}
