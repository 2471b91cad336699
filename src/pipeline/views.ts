import type { Engine, Session } from '../database/engine.ts';
import { ident, type Sql, sql, statement } from '../database/sql.ts';
import { DROP_WORKING } from '../database/working.ts';
import { UserError } from '../errors.ts';
import { VIEW_SCHEMAS, type ViewDefinition, viewDefinitions } from './view-definitions.ts';

/** What happened to the views, as `schema.name`. */
export interface ViewChanges {
  readonly created: readonly string[];
  readonly dropped: readonly string[];
}

/** How long to wait for readers of a view that must go. */
const LOCK_TIMEOUT = '5s';

// SQLSTATEs lock_not_available, dependent_objects_still_exist and duplicate_table.
const LOCKED = '55P03';
const NEEDED = '2BP01';
const TAKEN = '42P07';

/**
 * Makes the views what `sql/` says: views whose SQL changed, and those that read them, are dropped and created
 * again, the others stay untouched. All or nothing; write only while holding the database's write lock.
 * @throws UserError when a view that must be replaced stays in use
 */
export function createViews(
  session: Session,
  wanted: readonly ViewDefinition[] = viewDefinitions(),
  lockTimeout = LOCK_TIMEOUT,
): Promise<ViewChanges> {
  return withLockTimeout(session, lockTimeout, async () => {
    const found = await hashesOfViews(session);
    const kept = new Set(wanted.filter((view) => found.get(key(view)) === view.hash).map(key));
    const dropped = [...found.keys()].filter((name) => !kept.has(name));
    await drop(session, dropped);
    for (const schema of VIEW_SCHEMAS) await session.script(`create schema if not exists ${schema}`);
    const missing = wanted.filter((view) => !kept.has(key(view)));
    for (const view of missing) await session.script(creation(view));
    return { created: missing.map(key), dropped };
  });
}

/** Drops all of our views, so that migrations can change the columns below them. */
export function dropViews(session: Session): Promise<ViewChanges> {
  return withLockTimeout(session, LOCK_TIMEOUT, async () => {
    const dropped = [...(await hashesOfViews(session)).keys()];
    await drop(session, dropped);
    return { created: [], dropped };
  });
}

/** Whether every view is there and made by the SQL that `sql/` has now. */
export async function viewsAreCurrent(
  from: Engine | Session,
  wanted: readonly ViewDefinition[] = viewDefinitions(),
): Promise<boolean> {
  const found = await hashesOfViews(from);
  return found.size === wanted.length && wanted.every((view) => found.get(key(view)) === view.hash);
}

async function withLockTimeout<T>(session: Session, lockTimeout: string, work: () => Promise<T>): Promise<T> {
  try {
    return await session.transaction(async () => {
      await session.script(`set local lock_timeout = '${lockTimeout}'`);
      return work();
    });
  } catch (error) {
    throw explained(error as Error & { code?: string; detail?: string }, lockTimeout);
  }
}

function explained(error: Error & { code?: string; detail?: string }, lockTimeout: string): Error {
  const explanation =
    error.code === LOCKED
      ? `The views could not be replaced within ${lockTimeout}: other connections are reading them. End their transactions, or try again when they are done.`
      : error.code === NEEDED
        ? 'The views cannot be replaced: something of yours depends on them. Drop it, and create it again afterwards.'
        : error.code === TAKEN
          ? `The views cannot be created: ${error.message}, and is not one of metricgraph's. Rename or drop it.`
          : undefined;
  if (explanation === undefined) return error;
  const details = error.detail ? error.detail.split('\n') : [];
  return new UserError(`${explanation} Nothing was changed.`, details, { cause: error });
}

/** Our views with the hash that ends their comment. Views that others made in the same schemas have none. */
async function hashesOfViews(from: Engine | Session): Promise<ReadonlyMap<string, string>> {
  const select = statement(sql`
    with views as (
      select namespace.nspname || '.' || view.relname as name,
             substring(obj_description(view.oid, 'pg_class') from 'Definition ([0-9a-f]{16})$') as hash
        from pg_class as view
        join pg_namespace as namespace on namespace.oid = view.relnamespace
       where view.relkind = 'v' and namespace.nspname = any(${VIEW_SCHEMAS}::text[])
    )
    select name, hash from views where hash is not null order by name`);
  const rows = 'read' in from ? await from.read(select) : await from.query(select);
  return new Map(rows as unknown as [string, string][]);
}

async function drop(session: Session, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  // A build that was killed may have left a view on ours there.
  await session.script(DROP_WORKING);
  // One statement, so that views that read one another may go in any order; without cascade, so that
  // nothing of anyone else's goes with them.
  const list = names.map((name) => text(ident(...name.split('.')))).join(', ');
  await session.script(`drop view ${list}`);
}

function creation(view: ViewDefinition): string {
  const name = text(ident(view.schema, view.name));
  const comment = `${view.description}\n\nDefinition ${view.hash}`.replaceAll("'", "''");
  return `create view ${name} with (security_invoker = true) as\n${view.select};\ncomment on view ${name} is '${comment}'`;
}

function text(identifier: Sql): string {
  return statement(identifier).text;
}

function key(view: ViewDefinition): string {
  return `${view.schema}.${view.name}`;
}
