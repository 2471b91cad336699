import type { Case } from '../cases.ts';

const MOST_PAGES = 3;

/** How many rows a page of a walk has: as the case says, or more where that would be many pages. */
export function firstOf({ first }: Case, rows: number): number {
  return Math.max(first, Math.ceil(rows / MOST_PAGES));
}
