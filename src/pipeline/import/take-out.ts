import type { Session } from '../../database/engine.ts';
import { type Sql, sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION } from '../../database/version.ts';

/** Events taken out, by the batch that had loaded them. */
export type TakenOut = ReadonlyMap<number, number>;

/**
 * Ends the events that hold now and meet `condition` (on raw.events) with version `next`; those that no version has
 * shown yet are deleted.
 */
export async function takeOut(session: Session, condition: Sql, next: number): Promise<TakenOut> {
  const meant = sql`until_version = ${OPEN_VERSION} and ${condition}`;
  const counts = await session.query(
    statement(sql`select batch_id, count(*) from raw.events where ${meant} group by batch_id order by 1`),
  );
  if (counts.length > 0) {
    await session.execute(statement(sql`delete from raw.events where ${meant} and since_version >= ${next}`));
    await session.execute(statement(sql`update raw.events set until_version = ${next} where ${meant}`));
  }
  return new Map(counts.map(([batch, count]) => [batch as number, count as number]));
}

/** Says of batches whose events were taken out whether any are left. */
export async function markReplaced(session: Session, taken: TakenOut, next: number): Promise<void> {
  const batches = [...taken.keys()];
  if (batches.length === 0) return;
  await session.execute(
    statement(sql`
      update raw.import_batches
         set changed_version = ${next},
             status = case when id in (select batch_id from raw.events
                                        where until_version = ${OPEN_VERSION} and batch_id = any(${batches}))
                           then 'PARTLY_REPLACED' else 'REPLACED' end::raw.batch_status
       where id = any(${batches})`),
  );
}

export function countOf(taken: TakenOut): number {
  return [...taken.values()].reduce((sum, count) => sum + count, 0);
}
