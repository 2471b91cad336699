import { EventEmitter } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { types } from '../decode.ts';
import type { Engine, Row, Session } from '../engine.ts';
import { openPrisma } from '../prisma.ts';
import { type CopyFrom, sessionOver } from '../session.ts';
import { Backend } from './backend.ts';
import { lockFolder } from './lock.ts';
import { EmbeddedSocket } from './socket.ts';

export interface EmbeddedOptions {
  /** The folder that holds the data; made when missing. */
  readonly folder: string;
  /** Reads longer than this fail, at the cost of reopening the database. */
  readonly readTimeoutMs: number;
}

/** Chunks are joined to about this many bytes for each COPY. */
const COPY_BYTES = 8 << 20;

/**
 * PGlite (PostgreSQL compiled to WebAssembly) in a worker thread, spoken to by `pg` over its wire protocol,
 * so that everything above is the same for both engines.
 * @throws FolderHeldError when another process has the folder open
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  mkdirSync(options.folder, { recursive: true });
  const unlock = lockFolder(options.folder);
  const backend = new Backend(join(options.folder, 'pglite'));
  await backend.opened().catch((error) => {
    unlock();
    throw error;
  });
  const notifications = new EventEmitter();
  const attach = (client: pg.Client | pg.ClientBase) => {
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload }) => notifications.emit(channel, payload ?? ''));
  };
  const settings = { types, user: 'postgres', database: 'postgres' };
  const connection = (timeoutMs?: number) => ({
    ...settings,
    stream: () => new EmbeddedSocket(backend, timeoutMs) as never,
  });
  // One connection for reads: the backend runs one statement at a time, and names of prepared statements are its own.
  const pool = new pg.Pool({ ...connection(options.readTimeoutMs), max: 1, idleTimeoutMillis: 0 });
  pool.on('connect', attach);
  pool.on('error', () => undefined);
  await pool.query(`set timezone to 'UTC'`);

  const session = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const client = new pg.Client(connection());
    attach(client);
    await client.connect();
    try {
      return await work(sessionOver(client, copyInto(backend)));
    } finally {
      await client.end();
    }
  };
  const oneAtATime = queue();

  return {
    kind: 'embedded',
    location: options.folder,
    prisma: openPrisma(pool),
    read: async (statement) => {
      const { text, values, name } = statement;
      const query = {
        text,
        values: values as unknown[],
        rowMode: 'array' as const,
        ...(name !== undefined && { name }),
      };
      return (await pool.query<unknown[]>(query)).rows as unknown as Row[];
    },
    session,
    exclusive: (work, onWait) => oneAtATime(() => session(work), onWait),
    listen: async (channel, onNotify) => {
      notifications.on(channel, onNotify);
      await pool.query(`listen ${pg.escapeIdentifier(channel)}`);
      return async () => {
        notifications.off(channel, onNotify);
      };
    },
    close: async () => {
      await pool.end();
      await backend.close();
      unlock();
    },
  };
}

/** The write lock: one process has the folder, so its own queue is enough. */
function queue(): <T>(work: () => Promise<T>, onWait?: () => void) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  let running = 0;
  return (work, onWait) => {
    if (running++ > 0) onWait?.();
    const result = last.then(work).finally(() => running--);
    last = result.catch(() => undefined);
    return result;
  };
}

/** PGlite hangs on COPY FROM STDIN; it reads a blob instead, one per few megabytes of whole lines. */
function copyInto(backend: Backend): CopyFrom {
  return async (client, target, chunks) => {
    let rows = 0;
    let parts: Buffer[] = [];
    let size = 0;
    const socket = (client as unknown as { connection: { stream: EmbeddedSocket } }).connection.stream;
    const flush = async (last: boolean) => {
      const joined = Buffer.concat(parts);
      const end = last ? joined.length : joined.lastIndexOf('\n') + 1;
      const bytes = new Uint8Array(joined.subarray(0, end));
      parts = end < joined.length ? [joined.subarray(end)] : [];
      size = joined.length - end;
      if (end > 0) rows += (await backend.ask(socket, { kind: 'copy', target, bytes })).rows ?? 0;
    };
    for await (const chunk of chunks) {
      parts.push(chunk);
      size += chunk.length;
      if (size >= COPY_BYTES) await flush(false);
    }
    await flush(true);
    return rows;
  };
}
