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
  private readonly jobs: Job[] = [];
  private inTransaction: object | undefined;
  private busy = false;

  constructor(private readonly folder: string) {
    this.thread = new DatabaseThread(folder);
  }

  opened(): Promise<void> {
    return this.thread.opened;
  }

  /** Runs whole wire messages of a connection (`owner`), ending in Sync or a simple Query. */
  ask(owner: object, asked: Asked, timeoutMs?: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      this.jobs.push({ owner, asked, timeoutMs, resolve, reject });
      void this.work();
    });
  }

  /** Forgets a connection: its open transaction is rolled back. */
  async release(owner: object): Promise<void> {
    if (this.inTransaction !== owner) return;
    await this.ask(owner, { kind: 'protocol', bytes: simpleQuery('rollback') }).catch(() => undefined);
  }

  close(): Promise<void> {
    return this.ask(this, { kind: 'close' })
      .then(() => this.thread.terminate(new Error('The database is closed.')))
      .catch(() => undefined);
  }

  private async work(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    for (let job = this.next(); job; job = this.next()) await this.run(job);
    this.busy = false;
  }

  private next(): Job | undefined {
    const owner = this.inTransaction;
    const index = owner === undefined ? 0 : this.jobs.findIndex((job) => job.owner === owner);
    return index < 0 ? undefined : this.jobs.splice(index, 1)[0];
  }

  private async run(job: Job): Promise<void> {
    const timer =
      job.timeoutMs === undefined ? undefined : setTimeout(() => this.restart(job), job.timeoutMs);
    try {
      const reply = await this.thread.ask(job.asked);
      if (reply.bytes) this.inTransaction = reply.bytes.at(-1) === IDLE ? undefined : job.owner;
      job.resolve(reply);
    } catch (error) {
      job.reject(error as Error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** PGlite cannot cancel a statement, so the thread goes and a new one opens the folder. */
  private restart(job: Job): void {
    const reason = Object.assign(new Error(`A statement took longer than ${job.timeoutMs} ms.`), {
      code: '57014',
    });
    void this.thread.terminate(reason);
    this.inTransaction = undefined;
    this.thread = new DatabaseThread(this.folder);
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
