import { join } from 'node:path';
import { makeFolder } from '../../make-folder.ts';
import type { Engine, Session } from '../engine.ts';
import { openPrisma } from '../prisma.ts';
import { type Lock, readsOver, sessionOver } from '../session.ts';
import { oneConnection } from '../single.ts';
import { Backend } from './backend.ts';
import { Connections } from './connections.ts';
import { copyInto } from './copy.ts';
import { lockFolder } from './lock.ts';

export interface EmbeddedOptions {
  /** The folder that holds the data; made when missing. */
  readonly folder: string;
  /** Reads longer than this fail, at the cost of reopening the database. */
  readonly readTimeoutMs: number;
}

/**
 * PGlite (PostgreSQL compiled to WebAssembly) in a worker thread, spoken to by `pg` over its wire protocol,
 * so that everything above is the same for both engines.
 * @throws FolderHeldError when another process has the folder open
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Engine> {
  makeFolder(options.folder, 'data folder', 'DATA_DIR');
  const unlock = lockFolder(options.folder);
  const backend = new Backend(join(options.folder, 'pglite'));
  await backend.opened().catch((error) => {
    unlock();
    throw error;
  });
  return engineOver(backend, options, unlock);
}

function engineOver(backend: Backend, options: EmbeddedOptions, unlock: () => void): Engine {
  const connections = new Connections(backend);
  // Prepared statements belong to the backend, so a new connection must forget those of the one before.
  const onConnect = (client: { query(text: string): unknown }) => client.query('deallocate all') as never;
  const pool = connections.pool({ onConnect }, options.readTimeoutMs);
  const writers = new Queue();
  const migrators = new Queue();

  const session = async <T>(work: (session: Session) => Promise<T>): Promise<T> => {
    const client = await connections.client();
    let unlockWrites: (() => void) | undefined;
    const lock: Lock = async (_client, onWait) => {
      unlockWrites = await writers.enter(onWait);
    };
    try {
      return await work(sessionOver(client, copyInto(backend), lock));
    } finally {
      await client.end();
      unlockWrites?.();
    }
  };
  const close = async () => {
    await pool.end();
    await backend.close();
    unlock();
  };
  let closed: Promise<void> | undefined;

  return {
    kind: 'embedded',
    location: options.folder,
    prisma: openPrisma(pool),
    read: readsOver(pool),
    session,
    exclusive: (work, onWait) =>
      session(async (own) => {
        await own.lock(onWait);
        return work(own);
      }),
    migrating: async (work, onWait) => {
      const leave = await migrators.enter(onWait);
      return oneConnection((own) => connections.pool(own), work).finally(leave);
    },
    listen: (channel, onNotify) => connections.listen(channel, onNotify),
    close: () => {
      closed ??= close();
      return closed;
    },
  };
}

/** A lock among the work of this process, which is enough: no other has the folder. */
class Queue {
  private last: Promise<void> = Promise.resolve();
  private inside = 0;

  /** Waits for its turn; the function given back ends it. */
  async enter(onWait?: () => void): Promise<() => void> {
    if (this.inside++ > 0) onWait?.();
    const before = this.last;
    let leave!: () => void;
    this.last = new Promise((resolve) => {
      leave = resolve;
    });
    await before;
    return () => {
      this.inside--;
      leave();
    };
  }
}
