import type { OperationContext } from '../../../graphql/define.ts';
import type { Statement } from '../../../query/define.ts';
import type { PowerUserSummary } from './types.ts';

type Numbers = readonly [
  records: number,
  distinctUsers: number,
  activeUsers: number,
  kept: number,
  gained: number,
  lost: number,
];

/** Stands in where a query is only explained. */
const EMPTY: readonly [null, ...Numbers] = [null, 0, 0, 0, 0, 0, 0];

/** Reads the numbers of a population from their statement. */
export async function readSummary(
  reader: OperationContext['reader'],
  statement: Statement,
): Promise<PowerUserSummary> {
  const { value } = await reader.read(statement);
  const [all = EMPTY, ...months] = value as unknown as (readonly [string | null, ...Numbers])[];
  const [, records, distinctUsers, activeUsers, kept, gained, lost] = all;
  return {
    records,
    distinctUsers,
    activeUsers,
    rate: rate(distinctUsers, activeUsers),
    kept,
    gained,
    lost,
    byMonth: months.map(([month, own, , active, ...moves]) => ({
      month: month!,
      records: own,
      activeUsers: active,
      rate: rate(own, active),
      kept: moves[0],
      gained: moves[1],
      lost: moves[2],
    })),
  };
}

function rate(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
