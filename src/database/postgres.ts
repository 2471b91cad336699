import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyStream } from 'pg-copy-streams';
import { types } from './decode.ts';
import type { Engine, Session } from './engine.ts';
import { listenOver } from './listen.ts';
import { Pipelines } from './pipelines.ts';
import { openPrisma } from './prisma.ts';
import { type CopyFrom, type Lock, readsOver, sessionOver } from './session.ts';
import { oneConnection } from './single.ts';

export interface PostgresOptions {
  /** A PostgreSQL connection string. */
  readonly url: string;
  /** Connections for reads, some of them for short ones; sessions open their own. */
  readonly poolSize: number;
  /** Reads longer than this fail. */
  readonly readTimeoutMs: number;
}

/** The key of the advisory lock that writers hold; any constant does, this one spells “metric”. */
const WRITE_LOCK = 0x6d6574726963;

/** The key of Prisma's own advisory lock, so that its command line and ours wait for each other. */
const MIGRATION_LOCK = 72_707_369;

/**
 * How many connections of a pool are for short statements. On a machine of two cores, two of them answer nearly twice as
 * many a second as ten that each wait for every answer: fewer and larger packets, and backends that stay awake. A larger
 * pool is for a machine with more cores.
 */
function pipelinesOf(poolSize: number): number {
  return Math.max(Math.min(2, Math.floor(poolSize / 2)), Math.floor(poolSize / 5));
}

/** An engine over a PostgreSQL server (15 or later). Connects when first used. */
export function openPostgres(options: PostgresOptions): Engine {
  const settings = settingsOf(options.url);
  const reading = {
    ...settings,
    options: `${settings.options} -c statement_timeout=${options.readTimeoutMs}`,
  };
  const forShort = pipelinesOf(options.poolSize);
  const pipelines = new Pipelines(reading, forShort);
  const pool = new pg.Pool({ ...reading, max: options.poolSize - forShort });
  // An idle connection that breaks is replaced by the next read; without a listener it would end the process.
  pool.on('error', () => undefined);
  const connect = () => connected(new pg.Client(settings));
  const session = <T>(work: (session: Session) => Promise<T>) => withClient(connect, work);
  let closed: Promise<void> | undefined;

  return {
    kind: 'postgres',
    location: describe(options.url),
    prisma: openPrisma(pool),
    read: readsOver(pool, pipelines),
    session,
    exclusive: (work, onWait) =>
      session(async (own) => {
        await own.lock(onWait);
        return work(own);
      }),
    migrating: (work, onWait) =>
      oneConnection(
        (own) => new pg.Pool({ ...settings, ...own }),
        async (own) => {
          await lock(own, MIGRATION_LOCK, onWait);
          return work(own);
        },
      ),
    listen: (channel, onNotify) => listenOver(connect, channel, onNotify),
    close: () => {
      closed ??= Promise.all([pool.end(), pipelines.end()]).then(() => undefined);
      return closed;
    },
  };
}

/**
 * Compiling takes the database longer than it saves: statements here are wide, and few of them run for seconds. Of random
 * requests to five million events, those that read them took a quarter less without.
 */
const NO_JIT = '-c jit=off';

/** No time-out of what is idle: the session that holds a build's lock is, while another one computes. */
const OURS = [
  'timezone=UTC',
  'client_encoding=UTF8',
  'extra_float_digits=1',
  'statement_timeout=0',
  'idle_session_timeout=0',
];

/** Options in the URL would replace ours, so they are moved in front of those that must hold. */
function settingsOf(text: string) {
  const url = new URL(text);
  const theirs = url.searchParams.get('options') ?? '';
  url.searchParams.delete('options');
  const ours = OURS.map((setting) => `-c ${setting}`).join(' ');
  return { connectionString: url.href, types, keepAlive: true, options: `${NO_JIT} ${theirs} ${ours}` };
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
    return await work(sessionOver(client, copyFrom, lockWrites));
  } finally {
    await client.end();
  }
}

const copyFrom: CopyFrom = async (client, target, chunks) => {
  const stream = client.query(copyStream(`copy ${target} from stdin`));
  await pipeline(chunks, stream);
  return stream.rowCount;
};

const lockWrites: Lock = (client, onWait) => lock(client, WRITE_LOCK, onWait);

/** Ends with the connection. */
async function lock(connection: pg.ClientBase | pg.Pool, key: number, onWait?: () => void): Promise<void> {
  const tried = await connection.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key]);
  if (tried.rows[0]?.taken) return;
  onWait?.();
  await connection.query('select pg_advisory_lock($1)', [key]);
}

function describe(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
