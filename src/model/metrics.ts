import type { Metric } from '../query/define.ts';
import { accountMetrics } from './metrics/accounts.ts';
import { engagementMetrics } from './metrics/engagement.ts';
import { movementMetrics } from './metrics/movements.ts';
import { queryMetrics } from './metrics/queries.ts';

export const metrics: readonly Metric[] = [
  ...queryMetrics,
  ...engagementMetrics,
  ...movementMetrics,
  ...accountMetrics,
];
