import type { Engine, Session, Statement, Value } from '../../src/database/engine.ts';
import { join, prepared, sql } from '../../src/database/sql.ts';

export function select(text: string, values: readonly Value[] = []): Statement {
  return { text, values };
}

/** A statement of so many columns, all of one value: each width is a text of its own. */
export function shape(width: number, value = 0): Statement {
  return prepared(sql`select ${join(Array.from({ length: width }, () => sql`${value}::int`))}`);
}

/** The number of rows of a table, read by an engine or a session. */
export async function count(of: Engine | Session, table: string): Promise<unknown> {
  const statement = select(`select count(*) from ${table}`);
  return ('read' in of ? await of.read(statement) : await of.query(statement))[0]?.[0];
}

/** A promise that is settled from outside. */
export function signal<T = void>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
