import fc from 'fast-check';
import type { World } from './cases.ts';
import { dataSets } from './data-sets.ts';

/** Most fiscal years begin with the calendar's; some in the middle of its quarters. */
const FISCAL_STARTS = [1, 1, 1, 1, 2, 4, 7, 12];

export const worlds: fc.Arbitrary<World> = fc.noBias(
  fc.record({ data: dataSets, fiscalStart: fc.constantFrom(...FISCAL_STARTS) }),
);
