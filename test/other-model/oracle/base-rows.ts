import { LINES, type Line, PRODUCTS, STORES, VISITS } from '../data.ts';
import { GRAINS, labelOf, midnight, step, wallOf } from './calendar.ts';
import type { Keys } from './request.ts';

/** A row of a fact. Where it stands for several things, such as products of an order, it has keys for each. */
export interface BaseRow {
  readonly at: string;
  readonly keys: readonly Keys[];
  readonly line?: Line;
  readonly number: number;
}

export const FACTS = ['lines', 'orders', 'visits', 'months', 'stores'] as const;
export type FactName = (typeof FACTS)[number];

const storeKeys = STORES.map(({ id, opened, area, outlet }): Keys => {
  const areaBand = area < 100 ? 'SMALL' : area < 400 ? 'MEDIUM' : 'LARGE';
  return { store: id, areaBand, openingYear: labelOf('year', opened), outlet };
});
const productKeys = PRODUCTS.map(({ id, launched, category }): Keys => {
  return { product: id, category, launchQuarter: labelOf('quarter', launched) };
});

/** Members of the entities, with their attributes. */
export const MEMBERS: Readonly<Record<string, readonly Keys[]>> = { store: storeKeys, product: productKeys };

const ofStore = (id: number) => storeKeys.find(({ store }) => store === id)!;
const ofProduct = (id: string | null) =>
  productKeys.find(({ product }) => product === id) ?? { product: id, category: null, launchQuarter: null };

export function periodsOf(at: string): Keys {
  return Object.fromEntries(GRAINS.map((grain) => [grain, labelOf(grain, at)]));
}

/** All rows of every fact, their times in the time zone asked. */
export function baseRows(timeZone: string | undefined): Readonly<Record<FactName, readonly BaseRow[]>> {
  const lines = LINES.map((line): BaseRow => {
    const { store, product, country, units, price } = line;
    const at = wallOf(line.at, timeZone);
    const keys = { ...periodsOf(at), ...ofStore(store), ...ofProduct(product), country, units };
    return { at, keys: [keys], line, number: price / 100 };
  });
  return {
    lines,
    orders: distinct(LINES.map(({ order }) => order)).map((order): BaseRow => {
      const own = lines.filter(({ line }) => line!.order === order);
      const total = own.reduce((sum, { line }) => sum + line!.price, 0) / 100;
      return { at: own[0]!.at, keys: own.flatMap(({ keys }) => keys), number: total };
    }),
    visits: VISITS.map(({ store, date, count }): BaseRow => {
      const at = midnight(date);
      return { at, keys: [{ ...periodsOf(at), ...ofStore(store) }], number: count };
    }),
    months: storeMonths(),
    stores: STORES.map(
      ({ id, opened, area }): BaseRow => ({ at: opened, keys: [ofStore(id)], number: area }),
    ),
  };
}

/** Number 1 where a store began to sell in a month, −1 where it sold no more. */
function storeMonths(): readonly BaseRow[] {
  return STORES.flatMap(({ id }) => {
    const own = LINES.filter(({ store }) => store === id).map(({ at }) => labelOf('month', at));
    const sold = (month: string) => own.includes(month);
    const months = distinct([...own, ...own.map((month) => step('month', month, 1))]);
    return months
      .filter((month) => sold(month) !== sold(step('month', month, -1)))
      .map((month): BaseRow => {
        const at = midnight(month);
        return { at, keys: [{ ...periodsOf(at), ...ofStore(id) }], number: sold(month) ? 1 : -1 };
      });
  });
}

export function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
