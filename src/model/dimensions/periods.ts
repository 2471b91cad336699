import type { TimeDimension } from '../../query/define.ts';

const period = (grain: TimeDimension['grain'], description: string): TimeDimension => ({
  kind: 'time',
  name: grain,
  label: grain[0]!.toUpperCase() + grain.slice(1),
  grain,
  description,
});

export const periods: readonly TimeDimension[] = [
  period('day', 'UTC day on which the query was put.'),
  period('week', 'Week from Monday to Sunday, labelled by its Monday.'),
  period('month', 'Calendar month, labelled by its first day.'),
  period('quarter', 'Quarter of the fiscal year, labelled by its first day.'),
  period('year', 'Fiscal year, labelled by its first day.'),
];
