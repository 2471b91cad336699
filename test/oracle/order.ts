import { toNumber, type Value } from './fraction.ts';
import { changePart } from './having.ts';
import { compareKeys, fieldOf, type Key } from './keys.ts';
import type { OrderTerm, Request } from './request.ts';
import type { Row } from './row.ts';

/** Compares two rows: by the asked terms, then by the grouped dimensions. */
export function rowOrder({ groupBy, orderBy = [], limitBy }: Request): (a: Row, b: Row) => number {
  const ties = groupBy.map((name): OrderTerm => ({ dimension: { name, direction: 'ASC' } }));
  const per = limitBy?.per ?? [];
  return (a, b) => {
    let isPastPer = false;
    for (const term of [...orderBy, ...ties]) {
      isPastPer ||= !('dimension' in term && per.includes(term.dimension.name));
      // What was folded together comes after the rows that it was beside, whatever its own numbers.
      const order =
        (isPastPer ? Number(a.kind === 'OTHER') - Number(b.kind === 'OTHER') : 0) || compareBy(term, a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareBy(term: OrderTerm, a: Row, b: Row): number {
  const { direction = 'ASC', nulls = 'LAST' } = termOf(term);
  const [left, right] = [sortKey(term, a), sortKey(term, b)];
  if (left === null || right === null) {
    const order = Number(left === null) - Number(right === null);
    return nulls === 'LAST' ? order : -order;
  }
  const sign = direction === 'ASC' ? 1 : -1;
  if ('dimension' in term) return sign * compareKeys(fieldOf(term.dimension.name), left as Key, right as Key);
  // By the numbers that are shown: of fractions that are shown the same, none is before the other.
  return sign * (toNumber(left as Value)! - toNumber(right as Value)!);
}

function termOf(term: OrderTerm) {
  if ('dimension' in term) return term.dimension;
  if ('metric' in term) return term.metric;
  return 'custom' in term ? term.custom : term.compare;
}

function sortKey(term: OrderTerm, row: Row): Key | Value {
  if ('dimension' in term) return row.keys[fieldOf(term.dimension.name)]!;
  if ('metric' in term) return row.metric(fieldOf(term.metric.name));
  if ('custom' in term) return row.custom(term.custom.key);
  const { key, metric, part } = term.compare;
  return changePart(row, key, metric, part);
}
