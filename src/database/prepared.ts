import pg from 'pg';
import { UNKNOWN_STATEMENT } from './error-codes.ts';

/** Most statements that a connection keeps: of a wide question, one takes half a megabyte of the server's memory. */
export const MAX_PREPARED = 64;

/** Most names that are remembered as asked for before. */
const MAX_SEEN = 1_000;

/** The statements that the connections of a pool keep prepared: those asked for again, the latest used of them. */
export class PreparedStatements {
  private readonly seen = new Recent(MAX_SEEN);
  private readonly kept = new WeakMap<pg.ClientBase, Recent>();

  /**
   * The name to prepare a statement under on a connection that is the caller's for the moment; none for one that is
   * asked for the first time, since most of those never are again. Makes room for it.
   */
  async nameOn(client: pg.ClientBase, name: string | undefined): Promise<string | undefined> {
    if (name === undefined || !this.seen.has(name)) {
      if (name !== undefined) this.seen.use(name);
      return undefined;
    }
    this.seen.use(name);
    const kept = this.kept.get(client) ?? new Recent(MAX_PREPARED);
    this.kept.set(client, kept);
    const dropped = kept.use(name);
    if (dropped !== undefined) await forget(client, dropped);
    return name;
  }
}

/** What `pg` keeps of the statements that it has prepared, by name; it has no call to forget one. */
interface WithStatements {
  readonly connection: { readonly parsedStatements: Record<string, string> };
}

async function forget(client: pg.ClientBase, name: string): Promise<void> {
  try {
    await client.query(`deallocate ${pg.escapeIdentifier(name)}`);
  } catch (error) {
    // One that failed when it was prepared is not there.
    if ((error as { code?: string }).code !== UNKNOWN_STATEMENT) throw error;
  }
  delete (client as unknown as WithStatements).connection.parsedStatements[name];
}

/** Names by their latest use, up to a number. */
class Recent {
  private readonly names = new Set<string>();

  constructor(private readonly limit: number) {}

  has(name: string): boolean {
    return this.names.has(name);
  }

  /** The name that this use pushes out, if any. */
  use(name: string): string | undefined {
    this.names.delete(name);
    this.names.add(name);
    if (this.names.size <= this.limit) return undefined;
    const [oldest] = this.names;
    this.names.delete(oldest!);
    return oldest;
  }
}
