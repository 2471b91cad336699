import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyStream } from 'pg-copy-streams';
import { types } from './decode.ts';
import type { Engine, Row, Session } from './engine.ts';
import { openPrisma } from './prisma.ts';
import { type CopyFrom, sessionOver } from './session.ts';

export interface PostgresOptions {
  /** A PostgreSQL connection string. */
  readonly url: string;
  /** Connections for reads; sessions open their own. */
  readonly poolSize: number;
  /** Reads longer than this fail. */
  readonly readTimeoutMs: number;
}

/** The key of the advisory lock that writers hold; any constant does, this one spells “metric”. */
const WRITE_LOCK = 0x6d6574726963;

/** An engine over a PostgreSQL server (15 or later). Connects when first used. */
export function openPostgres(options: PostgresOptions): Engine {
  const settings = { connectionString: options.url, types, keepAlive: true };
  const utc = '-c timezone=UTC -c client_encoding=UTF8 -c extra_float_digits=1';
  const pool = new pg.Pool({
    ...settings,
    max: options.poolSize,
    options: `${utc} -c statement_timeout=${options.readTimeoutMs}`,
  });
  // An idle connection that breaks is replaced by the next read; without a listener it would end the process.
  pool.on('error', () => undefined);
  const connect = () => connected(new pg.Client({ ...settings, options: utc }));
  const session = <T>(work: (session: Session) => Promise<T>) => withClient(connect, work);

  return {
    kind: 'postgres',
    location: describe(options.url),
    prisma: openPrisma(pool),
    read: async (statement) => {
      const result = await pool.query<unknown[]>({
        text: statement.text,
        values: statement.values as unknown[],
        rowMode: 'array',
        ...(statement.name !== undefined && { name: statement.name }),
      });
      return result.rows as unknown as Row[];
    },
    session,
    exclusive: (work, onWait) =>
      session(async (own) => {
        await lock(own, onWait);
        return work(own);
      }),
    listen: (channel, onNotify) => listen(connect, channel, onNotify),
    close: () => pool.end(),
  };
}

async function connected(client: pg.Client): Promise<pg.Client> {
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function withClient<T>(
  connect: () => Promise<pg.Client>,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const client = await connect();
  try {
    return await work(sessionOver(client, copyFrom));
  } finally {
    await client.end();
  }
}

const copyFrom: CopyFrom = async (client, target, chunks) => {
  const stream = client.query(copyStream(`copy ${target} from stdin`));
  await pipeline(chunks, stream);
  return stream.rowCount;
};

/** Ends with the session's connection. */
async function lock(session: Session, onWait?: () => void): Promise<void> {
  const values = [WRITE_LOCK];
  const [row] = await session.query({ text: 'select pg_try_advisory_lock($1)', values });
  if (row?.[0] === true) return;
  onWait?.();
  await session.query({ text: 'select pg_advisory_lock($1)', values });
}

async function listen(
  connect: () => Promise<pg.Client>,
  channel: string,
  onNotify: (payload: string) => void,
): Promise<() => Promise<void>> {
  const client = await connect();
  client.on('notification', (message) => onNotify(message.payload ?? ''));
  await client.query(`listen ${pg.escapeIdentifier(channel)}`);
  return () => client.end();
}

function describe(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
