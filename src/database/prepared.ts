import { LRUCache } from 'lru-cache';
import pg from 'pg';
import { codesOf, DUPLICATE_STATEMENT, UNKNOWN_STATEMENT } from './error-codes.ts';

/** Most statements that a connection keeps: of a wide question, one takes half a megabyte of the server's memory. */
export const MAX_PREPARED = 64;

/** Most names that are remembered as asked for before. */
const MAX_SEEN = 1_000;

/** The statements that connections keep prepared: those asked for again, the latest used of them on each. */
export class PreparedStatements {
  private readonly seen = new LRUCache<string, true>({ max: MAX_SEEN });
  private readonly kept = new WeakMap<pg.ClientBase, Kept>();

  /** Whether a statement was asked for before; most are asked for once, and not worth preparing. */
  isAgain(name: string): boolean {
    if (this.seen.get(name)) return true;
    this.seen.set(name, true);
    return false;
  }

  /**
   * The name under which a connection keeps a statement, or will when it is sent next.
   * @returns also what settles once the server has given up the statement that made room for it, if one did
   */
  nameOn(client: pg.ClientBase, name: string): { readonly own: string; readonly dropping?: Promise<void> } {
    const kept = this.kept.get(client) ?? { own: new LRUCache({ max: MAX_PREPARED }), made: 0 };
    this.kept.set(client, kept);
    const known = kept.own.get(name);
    if (known !== undefined) return { own: known };
    // Never one that was given up: answers of what was sent before may still be on their way.
    const own = `${name}_${kept.made++}`;
    const dropped = kept.own.size === MAX_PREPARED ? kept.own.pop() : undefined;
    kept.own.set(name, own);
    return dropped === undefined ? { own } : { own, dropping: forget(client, dropped) };
  }

  /** Gives up a name under which a connection has another statement than it should, or none. */
  giveUp(client: pg.ClientBase, name: string, own: string): void {
    const kept = this.kept.get(client);
    if (kept?.own.peek(name) !== own) return;
    kept.own.delete(name);
    void forget(client, own);
  }
}

/** What a connection keeps, by the names that statements are asked for by, and how many names it has had. */
interface Kept {
  readonly own: LRUCache<string, string>;
  made: number;
}

/** Whether a statement failed for its name: what should have prepared it was itself ended, or came twice. */
export function isMisnamed(error: unknown): boolean {
  return [...codesOf(error)].some((code) => code === UNKNOWN_STATEMENT || code === DUPLICATE_STATEMENT);
}

/** What `pg` keeps of the statements that it has prepared, by name; it has no call to forget one. */
interface WithStatements {
  readonly connection: { readonly parsedStatements: Record<string, string> };
}

/** One that failed when it was prepared is not there, and on a broken connection nothing is. */
async function forget(client: pg.ClientBase, own: string): Promise<void> {
  await client.query(`deallocate ${pg.escapeIdentifier(own)}`).catch(() => undefined);
  delete (client as unknown as WithStatements).connection.parsedStatements[own];
}
