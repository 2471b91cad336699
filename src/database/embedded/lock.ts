import { randomUUID } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';

interface Holder {
  readonly pid: number;
  /** When the process began, as the system tells it: a pid alone may have been given to another process since. */
  readonly began: string;
  readonly token: string;
  /** The first word that it was called with, and when it took the folder (ISO 8601), for people. */
  readonly command?: string;
  readonly since?: string;
}

/** Who has a folder's lock. */
export interface FolderHolder {
  /** As `process 4711 (import, since 2024-06-30T12:00:00Z)`. */
  readonly described: string;
  /** Without it the process ended and left the lock, and the next one takes it over. */
  readonly isRunning: boolean;
}

/** A lock goes away between two looks now and then, but not this often. */
const MOST_ATTEMPTS = 1_000;

/** Another process has the data folder open: two would lose each other's rows. */
export class FolderHeldError extends UserError {
  override readonly name = 'FolderHeldError';

  constructor(
    readonly folder: string,
    readonly holder: string,
  ) {
    super(
      `The data folder ${folder} is in use by ${holder}. The embedded database takes one process at a time: ` +
        'stop that one (a server: press Ctrl+C in its terminal) and try again, put your query to its GraphQL address, ' +
        'choose another folder with DATA_DIR, or use PostgreSQL through DATABASE_URL, which takes any number.',
    );
  }
}

/**
 * Takes the folder for this process; a lock whose process is gone is taken over.
 * @returns a function that gives it back
 * @throws FolderHeldError
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const mine = myself();
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    if (claim(path, mine)) {
      sweep(folder);
      return release(path, mine);
    }
    const holder = read(path);
    if (holder && isRunning(holder)) throw new FolderHeldError(folder, describe(holder));
    if (holder) clear(path, holder);
  }
  throw new UserError(
    `The lock ${path} cannot be read. Make sure that no process uses the folder, and delete it.`,
  );
}

/** Who has the folder's lock, if anyone; takes and changes nothing. */
export function holderOf(folder: string): FolderHolder | undefined {
  const holder = read(join(folder, 'lock'));
  return holder && { described: describe(holder), isRunning: isRunning(holder) };
}

function myself(): Holder {
  const { pid, argv } = process;
  const command = argv.slice(2).find((word) => !word.startsWith('-'));
  const since = `${new Date().toISOString().slice(0, 19)}Z`;
  const began = beginningOf(pid) ?? '';
  return { pid, began, token: randomUUID(), since, ...(command !== undefined && { command }) };
}

function describe({ pid, command, since }: Holder): string {
  const known = [command, since && `since ${since}`].filter((part) => part !== undefined);
  return `process ${pid}${known.length > 0 ? ` (${known.join(', ')})` : ''}`;
}

/** A folder appears in one step, with its content only when renamed into place whole. */
function claim(path: string, mine: Holder): boolean {
  const draft = `${path}.${mine.token}`;
  mkdirSync(draft);
  writeFileSync(join(draft, 'holder.json'), JSON.stringify(mine));
  try {
    renameSync(draft, path);
    return true;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // What a folder with content in the place answers, depending on the system.
    if (['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) return false;
    throw error;
  }
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(path, 'holder.json'), 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/**
 * Moves a dead holder's lock to a grave of its own. The grave stays for a while: a slower process that still
 * means the dead one then fails to move what is by now the lock of a living one.
 */
function clear(path: string, dead: Holder): void {
  const now = new Date();
  try {
    // Moving keeps the time of change, by which graves are swept: without this an old lock's grave goes at once.
    utimesSync(path, now, now);
    renameSync(path, `${path}.${dead.token}.dead`);
  } catch {
    // Another process was first.
  }
}

/** Removes graves and abandoned drafts that are over a minute old. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('lock.')) continue;
    const path = join(folder, name);
    const changed = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (changed !== undefined && Date.now() - changed > 60_000)
      rmSync(path, { recursive: true, force: true });
  }
}

function release(path: string, mine: Holder): () => void {
  return () => {
    if (read(path)?.token !== mine.token) return;
    // In one step: emptied where it stands, it could be replaced by the next holder's and go with ours.
    const gone = `${path}.${mine.token}.gone`;
    renameSync(path, gone);
    rmSync(gone, { recursive: true, force: true });
  };
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const began = beginningOf(holder.pid);
  return began === undefined || began === holder.began;
}

/** The start time of a process where the system tells it (Linux), in clock ticks since boot, with the boot's id. */
function beginningOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return undefined;
  }
}
