import type { Engine, Row, Session, Statement } from './engine.ts';
import { ident, prepared, type Sql, sql } from './sql.ts';

/** `until_version` of a row that still holds. */
export const OPEN_VERSION = 2_147_483_647;

/** The NOTIFY channel that tells of a new version; its payload is the version. */
export const VERSION_CHANNEL = 'metricgraph_version';

/** The version that is served, with what its build recorded. */
export interface ServedVersion {
  readonly version: number;
  /** Rows of versions below this one may have been cleared. */
  readonly oldestVersion: number;
  /** Everything about the version itself; absent as long as nothing was built (version 0). */
  readonly record: VersionRecord | undefined;
}

export interface VersionRecord {
  /** Instants in UTC, ISO 8601. */
  readonly publishedAt: string;
  readonly asOf: string | undefined;
  readonly firstEventAt: string | undefined;
  readonly lastEventAt: string | undefined;
  /** Whether the imports in effect have times of day. */
  readonly hasTimes: boolean;
  readonly durationMs: number;
  readonly definitionHash: string;
  /** Rows that hold at the version, by table. */
  readonly rowCounts: Readonly<Record<string, number>>;
  /** Rows that hold at the version, by rollup's table and by the name of its level. */
  readonly rollups: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/**
 * The condition that a row of a versioned table, known by `alias`, holds at `version`: a value, or a constant where the
 * database is to plan for the version, which nearly all rows hold at.
 */
export function holdsAt(alias: string, version: number | Sql): Sql {
  const since = ident(alias, 'since_version');
  const until = ident(alias, 'until_version');
  return sql`${since} <= ${version} and ${version} < ${until}`;
}

/** The condition that a row of a versioned table, known by `alias`, holds at `version` or at the one before. */
export function holdsAround(alias: string, version: number): Sql {
  return sql`${ident(alias, 'since_version')} <= ${version} and ${ident(alias, 'until_version')} >= ${version}`;
}

/** The condition that a row of a versioned table, known by `alias`, begins or ceases to hold at `version`. */
export function changesAt(alias: string, version: number): Sql {
  return sql`(${ident(alias, 'since_version')} = ${version} or ${ident(alias, 'until_version')} = ${version})`;
}

/** Short, so that no request waits for its version behind reads that take long. */
const SERVED: Statement = {
  ...prepared(sql`
    select served.version, served.oldest_version, data.published_at, data.as_of, data.first_event_at,
           data.last_event_at, data.has_times, data.duration_ms, data.definition_hash, data.row_counts, data.rollups
      from mart.served_version as served
      left join mart.data_versions as data on data.version = served.version`),
  isShort: true,
};

/** Reads the pointer and the record of the version it names, in one statement. */
export async function readServedVersion(from: Engine | Session): Promise<ServedVersion> {
  const [row] = 'read' in from ? await from.read(SERVED) : await from.query(SERVED);
  if (!row)
    throw new Error('mart.served_version has no row; the database was not migrated, or someone deleted it.');
  return { version: row[0] as number, oldestVersion: row[1] as number, record: record(row) };
}

function record(row: Row): VersionRecord | undefined {
  if (row[2] === null) return undefined;
  return {
    publishedAt: row[2] as string,
    asOf: (row[3] as string | null) ?? undefined,
    firstEventAt: (row[4] as string | null) ?? undefined,
    lastEventAt: (row[5] as string | null) ?? undefined,
    hasTimes: row[6] as boolean,
    durationMs: row[7] as number,
    definitionHash: row[8] as string,
    rowCounts: row[9] as Record<string, number>,
    rollups: row[10] as VersionRecord['rollups'],
  };
}

/**
 * Whether a period that begins at as-of has begun: an event lies there. Otherwise as-of is where the data end, as the
 * end of the latest day is.
 */
export function includesAsOf(record: VersionRecord): boolean {
  return record.asOf !== undefined && record.asOf === record.lastEventAt;
}
