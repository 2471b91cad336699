import type { Event } from '../oracle/marts.ts';
import { event } from './raw.ts';

/** Data of which every mart is different at each version: other users, months, firms and documents. */
export function eventsOf(version: number): Event[] {
  return Array.from({ length: 300 }, (_, index) =>
    event({
      userId: `u${(index * 7 + version) % 61}`,
      firmId: 1 + ((index + version) % 5),
      created: `2024-0${1 + ((index + version) % 4)}-${10 + (index % 19)}T08:00:00`,
      eventType: index % 3 === version % 3 ? 'VAULT' : 'ASSISTANT',
      numDocs: (index * version) % 13,
      feedbackScore: 1 + ((index + version) % 5),
    }),
  );
}
