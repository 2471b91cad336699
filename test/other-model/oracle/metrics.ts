import { type BaseRow, distinct, type FactName } from './base-rows.ts';

type Number = number | null;
export type Read = (fact: FactName) => readonly BaseRow[];

export interface Metric {
  /** The facts that it reads. */
  readonly of: readonly FactName[];
  readonly value: (read: Read) => Number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);
export const ratio = (of: Number, by: Number): Number =>
  of === null || by === null || by === 0 ? null : of / by;
const numbers = (rows: readonly BaseRow[]): readonly number[] => rows.map(({ number }) => number);
/** Cents add up exactly. */
const money = (rows: readonly BaseRow[]): number => sum(rows.map(({ line }) => line!.price)) / 100;
const units = (rows: readonly BaseRow[]): number => sum(rows.map(({ line }) => line!.units));
const isBulk = ({ line }: BaseRow): boolean => line!.units >= 4;
const orders = (rows: readonly BaseRow[]): number => distinct(rows.map(({ line }) => line!.order)).length;

function percentile(fraction: number, rows: readonly BaseRow[]): Number {
  const sorted = [...numbers(rows)].sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const place = fraction * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}

const ofLines = (value: (rows: readonly BaseRow[]) => Number): Metric => ({
  of: ['lines'],
  value: (read) => value(read('lines')),
});
const least = (rows: readonly BaseRow[], pick: (...numbers: number[]) => number): Number =>
  rows.length === 0 ? null : pick(...numbers(rows));
const stores = (rows: readonly BaseRow[], sign: number): number =>
  distinct(rows.filter(({ number }) => number === sign).map(({ keys }) => keys[0]!.store)).length;

/** By GraphQL field, in the words of the definitions. */
export const METRICS: Readonly<Record<string, Metric>> = {
  numLines: ofLines((rows) => rows.length),
  bulkLines: ofLines((rows) => rows.filter(isBulk).length),
  unitsSold: ofLines(units),
  revenue: ofLines(money),
  turnover: ofLines(money),
  numOrders: ofLines(orders),
  bulkOrders: ofLines((rows) => orders(rows.filter(isBulk))),
  sellingDays: ofLines((rows) => distinct(rows.map(({ at }) => at.slice(0, 10))).length),
  avgUnitPrice: ofLines((rows) => ratio(money(rows), units(rows))),
  avgOrderValue: {
    of: ['orders'],
    value: (read) => ratio(sum(numbers(read('orders'))), read('orders').length),
  },
  medianPrice: ofLines((rows) => percentile(0.5, rows)),
  p90Price: ofLines((rows) => percentile(0.9, rows)),
  leastPrice: ofLines((rows) => least(rows, Math.min)),
  highestPrice: ofLines((rows) => least(rows, Math.max)),
  visits: { of: ['visits'], value: (read) => sum(numbers(read('visits'))) },
  conversionRate: {
    of: ['lines', 'visits'],
    value: (read) => ratio(orders(read('lines')), sum(numbers(read('visits')))),
  },
  startedStores: { of: ['months'], value: (read) => stores(read('months'), 1) },
  stoppedStores: { of: ['months'], value: (read) => stores(read('months'), -1) },
  floorSpace: { of: ['stores'], value: (read) => sum(numbers(read('stores'))) },
  numStores: { of: ['stores'], value: (read) => read('stores').length },
  revenuePerArea: {
    of: ['lines', 'stores'],
    value: (read) => ratio(money(read('lines')), sum(numbers(read('stores')))),
  },
  furtherLines: ofLines((rows) => rows.length - orders(rows)),
  contacts: {
    of: ['lines', 'visits'],
    value: (read) => sum(numbers(read('visits'))) + read('lines').length,
  },
  lineOrders: ofLines((rows) => rows.length * orders(rows)),
};
