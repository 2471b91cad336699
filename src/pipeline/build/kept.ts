import { type Sql, sql } from '../../database/sql.ts';

/** Versions stay readable for this long after a later one replaced them, so that running operations can finish. */
const KEPT_FOR = sql`interval '60 seconds'`;

/** The oldest version that may still be read, by the database's clock; null as long as all may. */
export const OLDEST_KEPT: Sql = sql`(
  select max(oldest_version) from mart.data_versions
   where published_at <= (clock_timestamp() at time zone 'UTC') - ${KEPT_FOR})`;
