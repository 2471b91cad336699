import { Duplex } from 'node:stream';
import type { Backend } from './backend.ts';

const SYNC = 0x53;
const QUERY = 0x51;
const TERMINATE = 0x58;

/** AuthenticationOk, then ReadyForQuery outside a transaction: a folder asks for no password. */
const WELCOME = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5a, 0, 0, 0, 5, 0x49]);

/** What `pg` takes for its TCP socket: PostgreSQL's wire protocol, answered by the embedded backend. */
export class EmbeddedSocket extends Duplex {
  private pending: Buffer = Buffer.alloc(0);
  private welcomed = false;
  private answered: Promise<void> = Promise.resolve();

  constructor(
    private readonly backend: Backend,
    private readonly timeoutMs?: number,
  ) {
    super();
  }

  connect(): this {
    this.backend.opened().then(
      () => this.emit('connect'),
      (error) => this.destroy(error),
    );
    return this;
  }

  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk]);
    if (!this.welcomed) this.welcome();
    const end = this.wholeUnits();
    if (end > 0) {
      const bytes = new Uint8Array(this.pending.subarray(0, end));
      this.pending = this.pending.subarray(end);
      this.answered = this.answered.then(() => this.answer(bytes));
    }
    done();
  }

  override _final(done: () => void): void {
    this.backend.release(this).finally(() => {
      this.push(null);
      done();
    });
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.backend.release(this).finally(() => done(error));
  }

  /** The startup message has no type byte. */
  private welcome(): void {
    this.pending = this.pending.subarray(this.pending.readInt32BE(0));
    this.welcomed = true;
    this.push(WELCOME);
  }

  /** The end of the last message that PostgreSQL would answer with ReadyForQuery. */
  private wholeUnits(): number {
    let end = 0;
    for (let at = 0; at + 5 <= this.pending.length; ) {
      const next = at + 1 + this.pending.readInt32BE(at + 1);
      if (next > this.pending.length) break;
      const type = this.pending[at];
      if (type === SYNC || type === QUERY) end = next;
      if (type === TERMINATE) this.end();
      at = next;
    }
    return end;
  }

  private async answer(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      if (this.destroyed) return;
      const reply = await this.backend.ask(this, { kind: 'protocol', bytes }, this.timeoutMs);
      if (!this.destroyed) this.push(reply.bytes);
    } catch (error) {
      this.destroy(error as Error);
    }
  }
}
