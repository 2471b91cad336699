import type pg from 'pg';
import type { PrismaClient } from './generated/client.ts';

/** A value bound to a placeholder. Arrays become PostgreSQL arrays. */
export type Value = string | number | bigint | boolean | null | readonly Value[];

/**
 * A decoded cell, the same on every engine: `date` is `YYYY-MM-DD`, `timestamp` an ISO 8601 instant in UTC,
 * `int8` a safe integer (decoding throws beyond 2^53 - 1), `numeric` a string, `jsonb` its parsed value.
 */
export type Cell = string | number | boolean | null | object;
export type Row = readonly Cell[];

/** Looking them all up takes some tens of milliseconds; mostly an index tells those that are asked for. */
export const MOST_ROWS_OF_SHORT = 200_000;

/** One parameterised statement. A named one may be kept prepared when it is read again; its name stands for one text. */
export interface Statement {
  readonly text: string;
  readonly values: readonly Value[];
  readonly name?: string;
  /** Whether it reads so little, {@link MOST_ROWS_OF_SHORT} at most, that others may wait for it on one connection. */
  readonly isShort?: boolean;
}

/** One connection, used by one caller at a time. */
export interface Session {
  /** Rows as arrays, in the order of the selected columns. */
  query(statement: Statement): Promise<Row[]>;
  /** The number of rows that the statement wrote. */
  execute(statement: Statement): Promise<number>;
  /** Runs several statements without parameters; all or nothing outside a transaction. */
  script(text: string): Promise<void>;
  /** Commits what `work` did, or rolls all of it back when it throws. Not nestable. */
  transaction<T>(work: () => Promise<T>): Promise<T>;
  /**
   * Bulk load in COPY's text format, UTF-8. `target` is a table with its column list, from trusted code.
   * Memory does not grow with the number of chunks. Resolves to the number of rows loaded.
   */
  copyFrom(target: string, chunks: AsyncIterable<Buffer>): Promise<number>;
  /** Takes the write lock of {@link Engine.exclusive} for the rest of the session; once, outside a transaction. */
  lock(onWait?: () => void): Promise<void>;
}

export interface Engine {
  readonly kind: 'postgres' | 'embedded';
  /** Where the data are, without secrets: a folder or host/database. */
  readonly location: string;
  readonly prisma: PrismaClient;
  /**
   * One read-only statement on any connection. The embedded engine has one backend, so there a read waits for an
   * open transaction to end: inside a transaction, query through its session.
   */
  read(statement: Statement): Promise<Row[]>;
  /** Lends a connection of its own for as long as `work` takes. */
  session<T>(work: (session: Session) => Promise<T>): Promise<T>;
  /**
   * A session that holds the one write lock of the database (imports' last transaction, undo, the whole of a
   * build). Waits for another holder, saying so once through `onWait`. Losing the connection loses the lock,
   * so write only through the session given.
   */
  exclusive<T>(work: (session: Session) => Promise<T>, onWait?: () => void): Promise<T>;
  /**
   * Lends a pool of one connection without time-outs that holds the migration lock; for the migrations in this
   * folder alone. Waits for another holder, saying so once through `onWait`.
   */
  migrating<T>(work: (pool: pg.Pool) => Promise<T>, onWait?: () => void): Promise<T>;
  /**
   * Calls `onNotify` with the payload of each NOTIFY on `channel`; resolves to a function that stops. On
   * PostgreSQL a connection that drops is replaced; what is sent in between is missed.
   */
  listen(channel: string, onNotify: (payload: string) => void): Promise<() => Promise<void>>;
  close(): Promise<void>;
}
