import { EventEmitter } from 'node:events';
import pg from 'pg';
import { types } from '../decode.ts';
import type { Backend } from './backend.ts';
import { EmbeddedSocket } from './socket.ts';

/** `pg`'s clients and pools over an embedded backend, and the notifications that reach any of them. */
export class Connections {
  private readonly notifications = new EventEmitter().setMaxListeners(0);

  constructor(private readonly backend: Backend) {}

  async client(): Promise<pg.Client> {
    const client = new pg.Client(this.settings());
    this.attach(client);
    await client.connect();
    return client;
  }

  /** A pool of one: the backend runs one statement at a time. */
  pool(options: pg.PoolConfig = {}, timeoutMs?: number): pg.Pool {
    const pool = new pg.Pool({ ...this.settings(timeoutMs), max: 1, idleTimeoutMillis: 0, ...options });
    pool.on('connect', (client) => this.attach(client));
    pool.on('error', () => undefined);
    return pool;
  }

  async listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>> {
    this.notifications.on(channel, onNotify);
    await this.backend.listen(pg.escapeIdentifier(channel));
    return async () => {
      this.notifications.off(channel, onNotify);
    };
  }

  private settings(timeoutMs?: number) {
    const stream = () => new EmbeddedSocket(this.backend, timeoutMs) as never;
    return { types, user: 'postgres', database: 'postgres', stream };
  }

  /** A notification comes with the answer to whichever connection spoke next. */
  private attach(client: pg.ClientBase): void {
    client.on('error', () => undefined);
    client.on('notification', ({ channel, payload }) => this.notifications.emit(channel, payload ?? ''));
  }
}
