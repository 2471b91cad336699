export type Country = 'DE' | 'FR' | 'NL';
export type Category = 'FRUIT' | 'BAKERY' | 'DAIRY';

export interface Store {
  readonly id: number;
  readonly opened: string;
  readonly area: number;
  readonly outlet: boolean;
}

export interface Product {
  readonly id: string;
  readonly launched: string;
  readonly category: Category;
}

export interface Line {
  readonly id: number;
  readonly order: string;
  /** UTC, `YYYY-MM-DDTHH:MM:SS`. */
  readonly at: string;
  readonly store: number;
  readonly country: Country;
  /** Null where it was not noted; one that is not listed is no {@link Product}. */
  readonly product: string | null;
  readonly units: number;
  /** Cents. */
  readonly price: number;
}

export interface Visits {
  readonly store: number;
  readonly date: string;
  readonly count: number;
}

/** Bounds of bands, a store without sales, one that opens after as-of. */
export const STORES: readonly Store[] = [
  { id: 1, opened: '2022-05-10T00:00:00', area: 99, outlet: false },
  { id: 2, opened: '2023-11-30T09:00:00', area: 250, outlet: false },
  { id: 3, opened: '2024-02-01T00:00:00', area: 1000, outlet: true },
  { id: 4, opened: '2024-02-29T12:00:00', area: 100, outlet: false },
  { id: 10, opened: '2024-05-01T00:00:00', area: 400, outlet: true },
];

export const PRODUCTS: readonly Product[] = [
  { id: 'apple', launched: '2023-02-15T00:00:00', category: 'FRUIT' },
  { id: 'Bread', launched: '2023-12-31T23:00:00', category: 'BAKERY' },
  { id: 'cheese', launched: '2024-01-01T00:00:00', category: 'DAIRY' },
  { id: 'zucchini', launched: '2024-02-29T00:00:00', category: 'FRUIT' },
];

type Bought = readonly [product: string | null, units: number, price: number];
type Order = readonly [at: string, store: number, country: Country, ...lines: readonly Bought[]];

/**
 * Month ends, a leap day, seconds around midnight, a gap from April to November, a product twice in an order, lines
 * without a product or with one that is not listed, ties.
 */
const ORDERS: readonly Order[] = [
  ['2023-02-28T10:00:00', 1, 'DE', ['apple', 1, 100]],
  ['2023-03-31T10:00:00', 1, 'FR', ['Bread', 2, 400], ['apple', 1, 100]],
  ['2023-12-31T23:30:00', 1, 'DE', ['apple', 2, 300], ['Bread', 1, 250]],
  ['2024-01-01T00:00:00', 1, 'FR', ['apple', 1, 150]],
  ['2024-01-15T10:00:00', 2, 'DE', ['cheese', 1, 999], ['truffle', 3, 450]],
  ['2024-01-31T23:59:59', 2, 'NL', ['Bread', 4, 1000]],
  ['2024-02-01T00:00:00', 3, 'DE', ['apple', 10, 1200], ['apple', 1, 150]],
  ['2024-02-10T13:00:00', 1, 'FR', [null, 1, 0]],
  ['2024-02-29T12:00:00', 3, 'FR', ['cheese', 2, 1998], ['Bread', 1, 250]],
  ['2024-02-29T23:45:00', 2, 'DE', ['apple', 5, 700]],
  ['2024-03-01T00:15:00', 1, 'DE', ['Bread', 2, 500]],
  ['2024-03-10T06:30:00', 1, 'NL', ['cheese', 1, 999]],
  ['2024-03-10T07:30:00', 3, 'DE', ['truffle', 1, 150]],
  ['2024-03-15T18:20:00', 2, 'FR', ['apple', 3, 420], ['Bread', 1, 240], ['cheese', 1, 800]],
  ['2024-03-20T15:30:00', 3, 'NL', ['apple', 1, 140]],
];

export const LINES: readonly Line[] = ORDERS.flatMap(([at, store, country, ...bought], order) =>
  bought.map(([product, units, price], line) => ({
    id: 10 * (order + 1) + line,
    order: `order ${order + 1}`,
    at,
    store,
    country,
    product,
    units,
    price,
  })),
);

export const VISITS: readonly Visits[] = [
  { store: 1, date: '2023-02-28', count: 8 },
  { store: 1, date: '2023-12-31', count: 5 },
  { store: 1, date: '2024-01-01', count: 4 },
  { store: 2, date: '2024-01-15', count: 20 },
  { store: 2, date: '2024-01-31', count: 9 },
  { store: 3, date: '2024-02-01', count: 50 },
  { store: 1, date: '2024-02-10', count: 3 },
  { store: 3, date: '2024-02-29', count: 40 },
  { store: 2, date: '2024-02-29', count: 10 },
  { store: 4, date: '2024-02-29', count: 6 },
  { store: 1, date: '2024-03-01', count: 0 },
  { store: 1, date: '2024-03-10', count: 7 },
  { store: 3, date: '2024-03-10', count: 30 },
  { store: 2, date: '2024-03-15', count: 12 },
  { store: 4, date: '2024-03-16', count: 2 },
  { store: 3, date: '2024-03-20', count: 25 },
];

/** The latest line. */
export const AS_OF = '2024-03-20T15:30:00';
export const FIRST_EVENT = '2023-02-28T10:00:00';
