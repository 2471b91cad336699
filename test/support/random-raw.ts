import fc from 'fast-check';
import type { Event, RawRows } from '../oracle/marts.ts';
import { firm, rawOf } from './raw.ts';

/** At the edges of days, months and years. */
const INSTANTS = [
  '2024-01-01T00:00:00',
  '2024-01-31T23:59:59.999999',
  '2024-02-01T00:00:00',
  '2024-02-29T12:00:00',
  '2024-03-31T23:59:59',
  '2024-12-31T23:59:59.5',
  '2025-01-01T00:00:00',
];

const anyEvent: fc.Arbitrary<Event> = fc.record({
  userId: fc.constantFrom('a', 'B', 'ä', 'u1', 'u10'),
  created: fc.constantFrom(...INSTANTS),
  firmId: fc.constantFrom(2, 10, 11),
  eventType: fc.constantFrom('ASSISTANT', 'VAULT', 'WORKFLOW'),
  numDocs: fc.nat(3),
  feedbackScore: fc.integer({ min: 1, max: 5 }),
});

/** Raw rows of a few users and firms, one firm without events among them. */
export const anyRaw: fc.Arbitrary<RawRows> = fc
  .tuple(fc.array(anyEvent, { maxLength: 60 }), fc.nat(9_999))
  .map(([events, arrInThousands]) => rawOf(events, { firms: [firm({ id: 99, arrInThousands })] }));

/** Three of them, the same in each run. */
export const SOME_RAWS: readonly RawRows[] = fc.sample(anyRaw, { numRuns: 3, seed: 7 });
