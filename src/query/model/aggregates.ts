import type { Aggregate } from './model.ts';

/** The value of each aggregate over no rows. */
const EMPTY: Readonly<Record<Aggregate['aggregate'], 0 | null>> = {
  count: 0,
  countIf: 0,
  sum: 0,
  mean: null,
  min: null,
  max: null,
  percentile: null,
  countDistinct: 0,
  countPeriods: 0,
  stored: 0,
  storedMean: null,
};

export function emptyValue({ aggregate }: Aggregate): 0 | null {
  return EMPTY[aggregate];
}

/** The columns of the relation that an aggregate reads. */
export function columnsOf(aggregate: Aggregate): readonly string[] {
  if (aggregate.aggregate === 'countPeriods') return [];
  if (aggregate.aggregate === 'storedMean') return [aggregate.sum, aggregate.count];
  const { column: name, where } = aggregate as { column?: string; where?: string };
  return [name, where].filter((each) => each !== undefined);
}

/** Whether the number of a group that is one row is a column of that row. */
export function isOwnNumber({ aggregate }: Aggregate): boolean {
  return ['sum', 'min', 'max', 'stored', 'storedMean'].includes(aggregate);
}
