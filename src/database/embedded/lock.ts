import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../errors.ts';

interface Holder {
  readonly pid: number;
  /** When the process began, as the system tells it: a pid alone may have been given to another process since. */
  readonly began: string;
  readonly token: string;
}

/** Another process has the data folder open: two would lose each other's rows. */
export class FolderHeldError extends UserError {
  override readonly name = 'FolderHeldError';

  constructor(
    readonly folder: string,
    readonly pid: number,
  ) {
    super(
      `The data folder ${folder} is in use by process ${pid}. The embedded database takes one process at a time: ` +
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
  const mine: Holder = { pid: process.pid, began: beginningOf(process.pid) ?? '', token: randomUUID() };
  for (;;) {
    if (claim(path, mine)) {
      sweep(folder);
      return release(path, mine);
    }
    const holder = read(path);
    if (holder && isRunning(holder)) throw new FolderHeldError(folder, holder.pid);
    if (holder) clear(path, holder);
  }
}

/** A folder appears in one step, with its content only when renamed into place whole. */
function claim(path: string, mine: Holder): boolean {
  const draft = `${path}.${mine.token}`;
  mkdirSync(draft);
  writeFileSync(join(draft, 'holder.json'), JSON.stringify(mine));
  try {
    renameSync(draft, path);
    return true;
  } catch {
    rmSync(draft, { recursive: true, force: true });
    return false;
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
  try {
    renameSync(path, `${path}.${dead.token}.dead`);
  } catch {
    // Another process was first.
  }
}

/** Removes graves and abandoned drafts that are over a minute old. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!name.startsWith('lock.') || Date.now() - statSync(path).mtimeMs < 60_000) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

function release(path: string, mine: Holder): () => void {
  return () => {
    if (read(path)?.token === mine.token) rmSync(path, { recursive: true, force: true });
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
