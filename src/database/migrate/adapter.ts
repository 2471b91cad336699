import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type pg from 'pg';

/** What a connection to an empty database of its own gives the schema engine to compare with. */
export type Shadow = () => Promise<pg.Pool>;

/** Prisma's driver adapter for `pg`, made fit for migrations. */
export class MigrationAdapter implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  /** What the database said of the first script that failed; the schema engine's own error may hide it. */
  scriptError: Error | undefined;

  /** @param shadow - without one nothing that needs a shadow database works: it must never be made on a server */
  constructor(
    private readonly pool: pg.Pool,
    private readonly shadow?: Shadow,
  ) {}

  connect(): Promise<SqlDriverAdapter> {
    return this.over(this.pool);
  }

  async connectToShadowDb(): Promise<SqlDriverAdapter> {
    if (!this.shadow) throw new Error('There is no shadow database here.');
    return this.over(await this.shadow());
  }

  /** The adapter splits scripts at every semicolon; this one sends each whole, so that it is all or nothing. */
  private async over(pool: pg.Pool): Promise<SqlDriverAdapter> {
    const adapter = await new PrismaPg(pool).connect();
    adapter.executeScript = async (script) => {
      try {
        await pool.query(script);
      } catch (error) {
        this.scriptError ??= error as Error;
        throw error;
      }
    };
    return adapter;
  }
}
