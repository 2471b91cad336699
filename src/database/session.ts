import pg from 'pg';
import type { Cell, Row, Session, Statement } from './engine.ts';
import type { Pipelines } from './pipelines.ts';
import { isMisnamed, PreparedStatements } from './prepared.ts';

/** How an engine loads bulk data over one of its connections. */
export type CopyFrom = (
  client: pg.ClientBase,
  target: string,
  chunks: AsyncIterable<Buffer>,
) => Promise<number>;

/** How an engine takes the write lock for one of its connections. */
export type Lock = (client: pg.ClientBase, onWait?: () => void) => Promise<void>;

/** A {@link Session} over one `pg` connection. */
export function sessionOver(client: pg.ClientBase, copyFrom: CopyFrom, lock: Lock): Session {
  return {
    query: async (statement) => (await run(client, statement)).rows,
    execute: async (statement) => (await run(client, statement)).rowCount ?? 0,
    script: async (text) => {
      await client.query(text);
    },
    transaction: (work) => transaction(client, work),
    copyFrom: (target, chunks) => copyFrom(client, target, chunks),
    lock: (onWait) => lock(client, onWait),
  };
}

/**
 * Reads over any connection of a pool. A statement that fails costs its connection only where that is broken.
 * @param pipelines where short statements go once they are worth preparing; over the pool like all others where it is
 *   absent
 */
export function readsOver(pool: pg.Pool, pipelines?: Pipelines): (statement: Statement) => Promise<Row[]> {
  const prepared = new PreparedStatements();
  const overPool = async (statement: Statement, name?: string) => {
    const client = await pool.connect();
    let broken = false;
    try {
      const kept = name === undefined ? undefined : prepared.nameOn(client, name);
      await kept?.dropping;
      return (await run(client, statement, kept?.own)).rows;
    } catch (error) {
      broken = !(error instanceof pg.DatabaseError && error.severity === 'ERROR');
      throw error;
    } finally {
      client.release(broken);
    }
  };
  return async (statement) => {
    const { name } = statement;
    const isKept = name !== undefined && prepared.isAgain(name);
    const pipeline = isKept && statement.isShort ? pipelines?.choose() : undefined;
    if (pipeline === undefined) return overPool(statement, isKept ? name : undefined);
    return pipeline.send(async (client) => {
      const { own } = prepared.nameOn(client, name!);
      try {
        return (await run(client, statement, own)).rows;
      } catch (error) {
        if (!isMisnamed(error)) throw error;
        prepared.giveUp(client, name!, own);
        return overPool(statement);
      }
    });
  };
}

function run(client: pg.ClientBase, { text, values }: Statement, name?: string) {
  const query = { name, text, values: values as unknown[], rowMode: 'array' };
  return client.query<Cell[]>(query as pg.QueryArrayConfig<unknown[]>);
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
