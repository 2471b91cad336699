import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../../errors.ts';

/** What a file of an import holds. */
export type Kind = 'EVENTS' | 'USERS' | 'FIRMS';

/** The bytes of a CSV file, wherever they come from. */
export interface Source {
  /** How messages call it. */
  readonly name: string;
  open(): AsyncIterable<Buffer>;
  /** SHA-256 of the bytes in hexadecimal, for those that can be read more than once; undefined for a pipe. */
  hash?(): Promise<string | undefined>;
}

/** The sources of one import; any subset. */
export interface Sources {
  readonly events?: Source | undefined;
  readonly users?: Source | undefined;
  readonly firms?: Source | undefined;
}

const READ_BYTES = 256 << 10;

/** A file on disk, called by its base name. Opening one that is not there throws a UserError. */
export function fileSource(path: string): Source {
  return { name: basename(path), open: () => read(path), hash: () => hashOf(path) };
}

async function hashOf(path: string): Promise<string | undefined> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return undefined;
  const hash = createHash('sha256');
  for await (const chunk of read(path)) hash.update(chunk);
  return hash.digest('hex');
}

async function* read(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: READ_BYTES }) as AsyncIterable<Buffer>;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UserError(`There is no file ${path}.`);
    if (code === 'EISDIR') throw new UserError(`${path} is a folder; expected a CSV file.`);
    if (code === 'EACCES' || code === 'EPERM')
      throw new UserError(`${path} may not be read by this user; give it read permission.`);
    throw error;
  }
}

/**
 * The files of a folder that are called events.csv, users.csv and firms.csv, in any case; those that are not
 * there are left out.
 * @throws UserError when there is no such folder or none of the three is in it
 */
export function filesOf(folder: string): Sources {
  const names = namesIn(folder);
  const source = (wanted: string) => {
    const found = names.filter((name) => name.toLowerCase() === wanted);
    if (found.length > 1)
      throw new UserError(`${folder} has both ${found.join(' and ')}; keep one of them, or name the files.`);
    return found[0] === undefined ? undefined : fileSource(join(folder, found[0]));
  };
  const sources = { events: source('events.csv'), users: source('users.csv'), firms: source('firms.csv') };
  if (Object.values(sources).some((each) => each !== undefined)) return sources;
  throw new UserError(
    `${folder} holds none of events.csv, users.csv and firms.csv; expected at least one of them. ` +
      'Choose another folder, or name the files one by one.',
    [`It holds: ${names.slice(0, 10).join(', ') || 'nothing'}${names.length > 10 ? ', …' : ''}`],
  );
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new UserError(`There is no folder ${folder}.`);
    if (code === 'ENOTDIR') throw new UserError(`${folder} is a file; expected a folder of CSV files.`);
    throw error;
  }
}
