/** Nothing that a person misspelt is longer, and the effort grows with the square of the length. */
const LONGEST = 100;

/** Names of so few letters are all near to each other. */
const SHORT = 2;

/**
 * The name that `given` was most likely meant to be: at most a third of its letters, rounded up, may differ, and of one
 * or two only their case.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
  if (given.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = given.length <= SHORT ? 1 : Math.ceil(given.length / 3) + 1;
  for (const name of names) {
    const distance = editDistance(given.toUpperCase(), name.toUpperCase());
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

/** Levenshtein's distance. */
function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = previous[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      current.push(Math.min(swap, previous[j]! + 1, current[j - 1]! + 1));
    }
    previous = current;
  }
  return previous[to.length]!;
}
