import type pg from 'pg';

/**
 * Lends a pool of exactly one connection, for a driver that insists on a pool. Once the connection is lost
 * every query fails: a new one would have neither its transaction nor its locks.
 * @param open - makes the pool with the options given
 */
export async function oneConnection<T>(
  open: (options: pg.PoolConfig) => pg.Pool,
  work: (pool: pg.Pool) => Promise<T>,
): Promise<T> {
  let connections = 0;
  const verify = (_client: pg.PoolClient, done: (error?: Error) => void) =>
    connections++ === 0 ? done() : done(new Error('The connection to the database was lost.'));
  const pool = open({ max: 1, idleTimeoutMillis: 0, verify });
  pool.on('error', () => undefined);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}
