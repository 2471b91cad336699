// @ts-check

/** @typedef {import('./types.ts').Cell} Cell */
/** @typedef {readonly (readonly Cell[])[]} Rows */

/** Of means that are rounded differently on their way. */
const TOLERANCE = 1e-9;

/**
 * What differs between two answers, row by row in the order of their cells; undefined when nothing does.
 * @param {Rows} expected
 * @param {Rows} found
 */
export function difference(expected, found) {
  if (expected.length !== found.length) return `${found.length} rows instead of ${expected.length}`;
  const [ours, theirs] = [sorted(expected), sorted(found)];
  const at = ours.findIndex((row, index) => !sameRow(row, theirs[index] ?? []));
  if (at < 0) return undefined;
  return `${JSON.stringify(theirs[at])} instead of ${JSON.stringify(ours[at])}`.slice(0, 500);
}

/** By their texts: keys come first in a row, and tell rows apart. @param {Rows} rows */
function sorted(rows) {
  const key = (/** @type {readonly Cell[]} */ row) =>
    row.filter((cell) => typeof cell === 'string').join('\t');
  return rows
    .map((row) => ({ row, key: key(row) }))
    .sort((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0))
    .map(({ row }) => row);
}

/** @param {readonly Cell[]} one @param {readonly Cell[]} other */
function sameRow(one, other) {
  return one.length === other.length && one.every((cell, at) => same(cell, other[at]));
}

/** @param {Cell} one @param {Cell | undefined} other */
function same(one, other) {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other;
  return Math.abs(one - other) <= TOLERANCE * Math.max(1, Math.abs(one), Math.abs(other));
}
