import { EVENT_TYPES, LEVELS, TITLES } from './data.ts';
import { UNITS, type Unit } from './periods.ts';

/** A value of a dimension: a date, an enum's or band's name, a number, a boolean, or an entity's id. */
export type Key = string | number | boolean;
/** By dimension, named as GraphQL's fields are. */
export type Keys = Readonly<Record<string, Key>>;

export const SIZE_BANDS = [
  'SEATS_1_TO_49',
  'SEATS_50_TO_99',
  'SEATS_100_TO_249',
  'SEATS_250_AND_MORE',
] as const;
export const ARR_BANDS = ['BELOW_75K', 'FROM_75K_TO_150K', 'FROM_150K_TO_300K', 'FROM_300K'] as const;

/** Dimensions with a list of values, in its order. */
export const LISTED: Readonly<Record<string, readonly string[]>> = {
  title: TITLES,
  eventType: EVENT_TYPES,
  engagementLevel: LEVELS,
  firmSizeBand: SIZE_BANDS,
  arrBand: ARR_BANDS,
};

/** NUM_QUERIES, EVENT_TYPE → numQueries, eventType */
export function fieldOf(name: string): string {
  const known = fields.get(name);
  if (known !== undefined) return known;
  const field = name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  fields.set(name, field);
  return field;
}

const fields = new Map<string, string>();

export function isPeriod(field: string): field is Unit {
  return (UNITS as readonly string[]).includes(field);
}

/** Numbers as numbers, false before true, enums by their order, text by code point. */
export function compareKeys(field: string, a: Key, b: Key): number {
  if (typeof a !== 'string' || typeof b !== 'string') return Number(a) - Number(b);
  const values = LISTED[field];
  if (values) return values.indexOf(a) - values.indexOf(b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
