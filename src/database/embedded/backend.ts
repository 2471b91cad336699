import type { Asked, Reply } from './protocol.ts';
import { DatabaseThread } from './thread.ts';

/** The status byte of PostgreSQL's ReadyForQuery outside a transaction: `I`. */
const IDLE = 0x49;

interface Job {
  readonly owner: object;
  readonly asked: Asked;
  readonly timeoutMs: number | undefined;
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The one backend of an embedded database, shared by several connections. A connection in a transaction
 * has it to itself until the transaction ends; the others wait their turn.
 */
export class Backend {
  private thread: DatabaseThread;
  private readonly channels = new Set<string>();
  private jobs: Job[] = [];
  private inTransaction: object | undefined;
  private running: { readonly owner: object; readonly done: Promise<void> } | undefined;
  private closing: Promise<void> | undefined;

  constructor(private readonly folder: string) {
    this.thread = this.newThread();
  }

  opened(): Promise<void> {
    return this.thread.opened;
  }

  /** Runs whole wire messages of a connection (`owner`), ending in Sync or a simple Query. */
  ask(owner: object, asked: Asked, timeoutMs?: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.jobs.push({ owner, asked, timeoutMs, resolve, reject });
      this.work();
    });
  }

  /** Listens on a channel (a quoted identifier) for as long as the database is open, over restarts too. */
  async listen(channel: string): Promise<void> {
    this.channels.add(channel);
    await this.ask({}, { kind: 'protocol', bytes: simpleQuery(`listen ${channel}`) });
  }

  hasTransaction(owner: object): boolean {
    return this.inTransaction === owner;
  }

  /** Forgets a connection: what it asked and was not begun is dropped, its open transaction rolled back. */
  async release(owner: object): Promise<void> {
    this.drop((job) => job.owner === owner, new Error('The connection was closed.'));
    if (this.running?.owner === owner) await this.running.done;
    if (this.inTransaction !== owner) return;
    await this.ask(owner, { kind: 'protocol', bytes: simpleQuery('rollback') }).catch(() => undefined);
  }

  /** Ends the thread after the statement it runs; an open transaction is lost. */
  close(): Promise<void> {
    this.closing ??= this.end();
    return this.closing;
  }

  private async end(): Promise<void> {
    const closed = new Error('The database is closed.');
    this.drop(() => true, closed);
    await this.running?.done;
    this.inTransaction = undefined;
    await this.ask(this, { kind: 'close' }).catch(() => undefined);
    await this.thread.terminate(closed);
  }

  private drop(which: (job: Job) => boolean, reason: Error): void {
    const dropped = this.jobs.filter(which);
    this.jobs = this.jobs.filter((job) => !which(job));
    for (const { reject } of dropped) reject(reason);
  }

  private work(): void {
    if (this.running) return;
    const job = this.next();
    if (!job) return;
    const done = this.run(job).then(() => {
      this.running = undefined;
      this.work();
    });
    this.running = { owner: job.owner, done };
  }

  private next(): Job | undefined {
    const owner = this.inTransaction;
    const index = owner === undefined ? 0 : this.jobs.findIndex((job) => job.owner === owner);
    return index < 0 ? undefined : this.jobs.splice(index, 1)[0];
  }

  private async run(job: Job): Promise<void> {
    // Opening the folder is no part of the statement's time.
    await this.thread.opened.catch(() => undefined);
    let restarted: Promise<void> | undefined;
    const restart = () => {
      restarted = this.restart(job.timeoutMs!);
    };
    const timer = job.timeoutMs === undefined ? undefined : setTimeout(restart, job.timeoutMs);
    try {
      const reply = await this.thread.ask(job.asked);
      if (reply.bytes) this.inTransaction = reply.bytes.at(-1) === IDLE ? undefined : job.owner;
      job.resolve(reply);
    } catch (error) {
      job.reject(error as Error);
    } finally {
      clearTimeout(timer);
    }
    await restarted;
  }

  /** PGlite cannot cancel a statement, so the thread goes, and when it is gone a new one opens the folder. */
  private async restart(timeoutMs: number): Promise<void> {
    const message = `canceling statement due to statement timeout (${timeoutMs} ms)`;
    await this.thread.terminate(Object.assign(new Error(message), { code: '57014' }));
    this.inTransaction = undefined;
    this.thread = this.newThread();
  }

  private newThread(): DatabaseThread {
    const listening = [...this.channels].map((channel) => `listen ${channel};`).join(' ');
    return new DatabaseThread(this.folder, `set timezone to 'UTC'; ${listening}`);
  }
}

function simpleQuery(text: string): Uint8Array<ArrayBuffer> {
  const body = Buffer.from(`${text}\0`);
  const message = Buffer.alloc(5 + body.length);
  message.write('Q', 0);
  message.writeInt32BE(4 + body.length, 1);
  body.copy(message, 5);
  return new Uint8Array(message);
}
