import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { eventsCsv, firmsCsv, ROWS_PER_CHUNK, usersCsv } from './csv.ts';
import { resolveSeedOptions, type SeedOptions } from './generate.ts';

/** How much may wait for the disk, so that generating goes on while it writes. */
const WRITE_AHEAD_BYTES = 1 << 20;

/** Called after each chunk of events with the number of events written so far. */
export type SeedProgress = (eventsWritten: number) => void;

/** The three files and their numbers of rows, headers not counted. */
export interface WrittenSeed {
  files: { firms: string; users: string; events: string };
  rows: { firms: number; users: number; events: number };
}

/**
 * Writes firms.csv, users.csv and events.csv into `directory`, which is made if missing. Each is written
 * under a temporary name and gets its own once it is whole, so what was there stays until then. Memory does
 * not grow with the number of events.
 * @throws RangeError when an option is out of range; the error of the file system when writing fails.
 */
export async function writeSeed(
  options: SeedOptions,
  directory: string,
  onProgress: SeedProgress = () => {},
): Promise<WrittenSeed> {
  const { firms, users, events } = resolveSeedOptions(options);
  await mkdir(directory, { recursive: true });
  const write = (name: string, chunks: Iterable<string>) => writeWhole(join(directory, name), chunks);
  const files = {
    firms: await write('firms.csv', firmsCsv(options)),
    users: await write('users.csv', usersCsv(options)),
    events: await write('events.csv', reporting(eventsCsv(options), events, onProgress)),
  };
  return { files, rows: { firms, users, events } };
}

async function writeWhole(file: string, chunks: Iterable<string>): Promise<string> {
  const unfinished = `${file}.${process.pid}.tmp`;
  try {
    await pipeline(
      Readable.from(chunks, { highWaterMark: 4 }),
      createWriteStream(unfinished, { highWaterMark: WRITE_AHEAD_BYTES }),
    );
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return file;
}

/** Passes the chunks on and reports the rows of those that were taken. */
function* reporting(chunks: Iterable<string>, events: number, onProgress: SeedProgress): Generator<string> {
  let reached = -ROWS_PER_CHUNK;
  for (const chunk of chunks) {
    yield chunk;
    reached += ROWS_PER_CHUNK;
    if (reached > 0) onProgress(Math.min(reached, events));
  }
}
