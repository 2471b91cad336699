import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from './errors.ts';

/**
 * Makes a folder that can be written to, and those above it.
 * @param what - how the message calls it, as `data folder`
 * @param setting - what names it, as `DATA_DIR`
 * @throws UserError
 */
export function makeFolder(folder: string, what: string, setting: string): void {
  try {
    make(folder);
    if (!statSync(folder).isDirectory()) throw new Error('it is a file');
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new UserError(
      `The ${what} ${folder} cannot be used: ${(error as Error).message}. ` +
        `Name a folder that this user may write to with ${setting}.`,
      [],
      { cause: error },
    );
  }
}

/** One at a time: Node's recursive mkdir never ends where a folder is there and takes none, as /proc. */
function make(folder: string): void {
  if (existsSync(folder)) return;
  make(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process was first.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
