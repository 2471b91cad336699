import pg from 'pg';
import { UNKNOWN_STATEMENT } from './error-codes.ts';

/** Most statements that a connection keeps: of a wide question, one takes half a megabyte of the server's memory. */
export const MAX_PREPARED = 64;

/** Most names that are remembered as asked for before. */
const MAX_SEEN = 1_000;

/** The statements that connections keep prepared: those asked for again, the latest used of them on each. */
export class PreparedStatements {
  private readonly seen = new Recent(MAX_SEEN);
  private readonly kept = new WeakMap<pg.ClientBase, Recent>();

  /** Whether a name was asked for before; most statements are asked for once, and not worth preparing. */
  isAgain(name: string): boolean {
    const isAgain = this.seen.has(name);
    this.seen.use(name);
    return isAgain;
  }

  /**
   * Makes room for a statement on a connection, of which it may be the next: what it drops is sent before it.
   * @returns settles when what was dropped is; absent where nothing was
   */
  keepOn(client: pg.ClientBase, name: string): Promise<void> | undefined {
    const kept = this.kept.get(client) ?? new Recent(MAX_PREPARED);
    this.kept.set(client, kept);
    const dropped = kept.use(name);
    return dropped === undefined ? undefined : this.forget(client, dropped, kept);
  }

  private async forget(client: pg.ClientBase, name: string, kept: Recent): Promise<void> {
    const { parsedStatements, submittedNamedStatements } = (client as unknown as WithStatements).connection;
    const done = client.query(`deallocate ${pg.escapeIdentifier(name)}`);
    // Whoever asks for it from now on asks after that.
    delete parsedStatements[name];
    delete submittedNamedStatements[name];
    try {
      await done;
    } catch (error) {
      // One that failed when it was prepared is not there.
      if ((error as { code?: string }).code !== UNKNOWN_STATEMENT) throw error;
    }
    // Had it been on its way, it was noted as prepared after that.
    if (!kept.has(name)) delete parsedStatements[name];
  }
}

/** What `pg` keeps of the statements that it has prepared, by name; it has no call to forget one. */
interface WithStatements {
  readonly connection: Record<'parsedStatements' | 'submittedNamedStatements', Record<string, string>>;
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
