import type { BaseRows } from './base-rows.ts';
import { fraction, type Value } from './fraction.ts';
import {
  activeUsers,
  arr,
  count,
  distinct,
  docs,
  least,
  meanOf,
  most,
  moved,
  percentile,
  ratio,
  seats,
  sum,
  usersWith,
} from './measures.ts';
import type { MovementKind } from './movements.ts';
import type { Fact } from './slice.ts';
import { isPowerUser, type UserMonth } from './user-months.ts';

export type MetricKind =
  | 'additive'
  | 'ratio'
  | 'distinct count'
  | 'mean'
  | 'snapshot'
  | 'movement'
  | 'min'
  | 'max'
  | 'median'
  | 'percentile'
  | 'derived';

export interface Metric {
  readonly kind: MetricKind;
  /** The base rows it needs; where and by what it can be asked follows from them. */
  readonly reads: readonly (keyof BaseRows)[];
  /** Whether its values are whole numbers by nature. */
  readonly isWhole: boolean;
  readonly of: (rows: BaseRows) => Value;
}

function ofEvents(kind: MetricKind, of: (facts: readonly Fact[]) => Value): Metric {
  const isWhole = ['additive', 'distinct count', 'min', 'max'].includes(kind);
  return { kind, reads: ['events'], isWhole, of: ({ events }) => of(events) };
}

function ofUserMonths(kind: MetricKind, of: (rows: BaseRows) => Value): Metric {
  return { kind, reads: ['monthEvents'], isWhole: kind === 'distinct count', of };
}

function movement(kind: MovementKind): Metric {
  const of = ({ movements }: BaseRows) => fraction(moved(movements, kind));
  return { kind: 'movement', reads: ['movements'], isWhole: true, of };
}

const isHigh = ({ level }: UserMonth) => level === 'HIGH';
const share = (facts: readonly Fact[], keep: (fact: Fact) => boolean) =>
  ratio(facts.filter(keep).length, facts.length);

/** Each metric over base rows, in the words of its definition. */
export const METRICS: Readonly<Record<string, Metric>> = {
  numQueries: ofEvents('additive', (facts) => fraction(facts.length)),
  numDocs: ofEvents('additive', (facts) => fraction(sum(docs(facts)))),
  avgFeedback: ofEvents('ratio', (facts) =>
    ratio(sum(facts.map(({ event }) => event.feedback)), facts.length),
  ),
  engagementScore: ofUserMonths('mean', (rows) => meanOf(rows, ({ score }) => score, 10n ** 12n)),
  activeUsers: ofEvents('distinct count', (facts) => fraction(activeUsers(facts))),
  activeFirms: ofEvents('distinct count', (facts) =>
    fraction(distinct(facts.map(({ event }) => event.firm)).length),
  ),
  activeDays: ofEvents('distinct count', (facts) =>
    fraction(distinct(facts.map(({ keys }) => keys.day)).length),
  ),
  numAssistantQueries: ofEvents('additive', (facts) =>
    count(facts, ({ event }) => event.type === 'ASSISTANT'),
  ),
  numVaultQueries: ofEvents('additive', (facts) => count(facts, ({ event }) => event.type === 'VAULT')),
  numWorkflowQueries: ofEvents('additive', (facts) => count(facts, ({ event }) => event.type === 'WORKFLOW')),
  docsPerQuery: ofEvents('ratio', (facts) => ratio(sum(docs(facts)), facts.length)),
  queriesPerActiveUser: ofEvents('ratio', (facts) => ratio(facts.length, activeUsers(facts))),
  lowFeedbackShare: ofEvents('ratio', (facts) => share(facts, ({ event }) => event.feedback <= 2)),
  highFeedbackShare: ofEvents('ratio', (facts) => share(facts, ({ event }) => event.feedback >= 4)),
  minDocsPerQuery: ofEvents('min', (facts) => least(docs(facts))),
  maxDocsPerQuery: ofEvents('max', (facts) => most(docs(facts))),
  medianDocsPerQuery: ofEvents('median', (facts) => percentile(docs(facts), 0.5)),
  p95DocsPerQuery: ofEvents('percentile', (facts) => percentile(docs(facts), 0.95)),

  numHighEngagementUsers: ofUserMonths('distinct count', (rows) => fraction(usersWith(rows, isHigh))),
  numPowerUsers: ofUserMonths('distinct count', (rows) => fraction(usersWith(rows, isPowerUser))),
  powerUserRate: ofUserMonths('ratio', (rows) =>
    ratio(usersWith(rows, isPowerUser), activeUsers(rows.monthEvents)),
  ),
  avgActiveDays: ofUserMonths('mean', (rows) => meanOf(rows, ({ activeDays }) => BigInt(activeDays))),
  avgInteractionTypes: ofUserMonths('mean', (rows) => meanOf(rows, ({ types }) => BigInt(types))),

  newUsers: movement('new'),
  retainedUsers: movement('retained'),
  churnedUsers: movement('churned'),
  resurrectedUsers: movement('resurrected'),
  retentionRate: {
    kind: 'ratio',
    reads: ['movements'],
    isWhole: false,
    of: ({ movements }) => ratio(moved(movements, 'retained'), moved(movements, 'active before')),
  },

  arr: { kind: 'snapshot', reads: ['firms'], isWhole: true, of: ({ firms }) => fraction(arr(firms)) },
  seats: { kind: 'snapshot', reads: ['firms'], isWhole: true, of: ({ firms }) => fraction(seats(firms)) },
  seatUtilization: {
    kind: 'ratio',
    reads: ['events', 'firms'],
    isWhole: false,
    of: ({ events, firms }) => ratio(activeUsers(events), seats(firms)),
  },
  arrPerActiveUser: {
    kind: 'ratio',
    reads: ['events', 'firms'],
    isWhole: false,
    of: ({ events, firms }) => ratio(arr(firms), activeUsers(events)),
  },
  unusedSeats: {
    kind: 'derived',
    reads: ['events', 'firms'],
    isWhole: true,
    of: ({ events, firms }) => fraction(seats(firms) - activeUsers(events)),
  },
};

export const METRIC_FIELDS: readonly string[] = Object.keys(METRICS);

/** @throws for a metric that there is not */
export function metricNamed(field: string): Metric {
  const metric = METRICS[field];
  if (metric === undefined) throw new Error(`There is no metric ${field}.`);
  return metric;
}
