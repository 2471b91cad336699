import type pg from 'pg';
import type { Row, Session, Statement } from './engine.ts';

/** How an engine loads bulk data over one of its connections. */
export type CopyFrom = (
  client: pg.ClientBase,
  target: string,
  chunks: AsyncIterable<Buffer>,
) => Promise<number>;

/** A {@link Session} over one `pg` connection. */
export function sessionOver(client: pg.ClientBase, copyFrom: CopyFrom): Session {
  const run = (statement: Statement) =>
    client.query<unknown[]>({
      text: statement.text,
      values: statement.values as unknown[],
      rowMode: 'array',
    });
  return {
    query: async (statement) => (await run(statement)).rows as unknown as Row[],
    execute: async (statement) => (await run(statement)).rowCount ?? 0,
    script: async (text) => {
      await client.query(text);
    },
    transaction: (work) => transaction(client, work),
    copyFrom: (target, chunks) => copyFrom(client, target, chunks),
  };
}

async function transaction<T>(client: pg.ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  let result: T;
  try {
    result = await work();
  } catch (error) {
    // A rollback fails only where the connection is gone, and then the server has rolled back.
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
  await client.query('commit');
  return result;
}
