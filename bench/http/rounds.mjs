// @ts-check
/** @typedef {import('./types.ts').Measured} Measured */
/** @typedef {(measured: Measured) => number} Figure */

/**
 * What was measured in rounds, in one figure.
 * @param {readonly Measured[] | undefined} rounds
 * @param {Figure} figure
 */
export function figureOf(rounds = [], figure) {
  return middleOf(rounds.map(figure));
}

/**
 * One beside another: within the rounds, since the machine is another from minute to minute.
 * @param {readonly Measured[] | undefined} one
 * @param {readonly Measured[] | undefined} other
 * @param {Figure} figure
 */
export function ratioOf(one = [], other = [], figure) {
  if (one.length !== other.length) return figureOf(one, figure) / figureOf(other, figure);
  return middleOf(one.map((each, round) => figure(each) / figure(/** @type {Measured} */ (other[round]))));
}

/** The median, of none not a number. @param {Iterable<number>} values */
export function middleOf(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
