import type { RawRows } from '../oracle/marts.ts';
import { event, firm, rawOf, user } from '../support/raw.ts';

const TYPES = ['ASSISTANT', 'VAULT', 'WORKFLOW'] as const;

/** Four users at three firms over a year and a half, each month a little different. */
const EVENTS = Array.from({ length: 120 }, (_, n) => {
  const day = new Date(Date.UTC(2023, 0, 1 + ((n * 37) % 540), n % 24));
  return event({
    userId: `u${n % 4}`,
    created: day.toISOString().slice(0, 19),
    firmId: 1 + (n % 3),
    eventType: TYPES[((n * 7) % 5) % 3]!,
    numDocs: (n * 13) % 29,
    feedbackScore: 1 + ((n * 3) % 5),
  });
});

export const RAW: RawRows = {
  ...rawOf(EVENTS),
  users: ['u0', 'u1', 'u2', 'u3', 'idle'].map((id, n) =>
    user({ id, title: n % 2 ? 'PARTNER' : 'ASSOCIATE' }),
  ),
  firms: [1, 2, 3, 9].map((id) => firm({ id, firmSize: id * 30, arrInThousands: id * 50 })),
};
