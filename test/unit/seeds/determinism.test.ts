import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventsCsv, firmsCsv, usersCsv } from '../../../seeds/csv.ts';
import { generateEvents, generateUsers, type SeedOptions } from '../../../seeds/generate.ts';
import { createRandom } from '../../../seeds/random.ts';
import { writeSeed } from '../../../seeds/write.ts';

const COMMITTED = new URL('../../../seeds/data/', import.meta.url);
const NAMES = ['events.csv', 'firms.csv', 'users.csv'];
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'metricgraph-seeds-'));
});
afterAll(() => rm(directory, { recursive: true }));

function digest(options: SeedOptions): string {
  const hash = createHash('sha256');
  for (const csv of [firmsCsv, usersCsv, eventsCsv]) for (const chunk of csv(options)) hash.update(chunk);
  return hash.digest('hex');
}

test('the committed set is what the defaults generate, byte for byte', async () => {
  const { files, rows } = await writeSeed({}, directory);
  expect(rows).toEqual({ firms: 32, users: 3_000, events: 19_000 });
  for (const file of Object.values(files)) {
    const committed = await readFile(new URL(file.slice(directory.length + 1), COMMITTED));
    expect(committed.equals(await readFile(file)), file).toBe(true);
  }
});

test('the same options give the same bytes, other seeds, sizes and starts others', () => {
  const options = { events: 3_000, users: 400, firms: 12, months: 5, seed: 42 };
  const others = [{ seed: 43 }, { months: 6 }, { events: 3_001 }, { users: 401 }, { from: '2024-05-01' }];
  const digests = [options, ...others.map((other) => ({ ...options, ...other }))].map(digest);
  expect(new Set(digests).size).toBe(digests.length);
  expect(digest({ ...options })).toBe(digests[0]);
});

test('bytes of a longer history are pinned', () => {
  expect(digest({ events: 20_000, users: 1_000, firms: 40, months: 24, seed: 7 })).toBe(
    'aff1c836ecba2abacc51dddf7eed794a04590156cac8e84d92acd111b702d20c',
  );
});

test.each([
  [1, 2, 3],
  [0, 0, 0],
  [0xffff_ffff, 7, 599],
])('seeded with %i, %i, %i it is sfc32', (a, b, c) => {
  const random = createRandom(a, b, c);
  const numbers = Array.from({ length: 1_000 }, random);
  expect(numbers).toEqual(sfc32([a, b, c], 15 + numbers.length).slice(15));
});

/** The generator's definition in whole numbers of any size, cut to 32 bits after each step. */
function sfc32(seed: number[], length: number): number[] {
  const word = (value: bigint) => BigInt.asUintN(32, value);
  let [a = 0n, b = 0n, c = 0n] = seed.map(BigInt);
  return Array.from({ length }, (_, index) => {
    const output = word(a + b + BigInt(index + 1));
    a = b ^ (b >> 9n);
    b = word(c * 9n);
    c = word(((c << 21n) | (c >> 11n)) + output);
    return Number(output);
  });
}

test('the objects say the same as the CSV', () => {
  const options = { events: 2_500, users: 300, firms: 9, months: 2 };
  const rows = (chunks: Iterable<string>) => [...chunks].join('').trimEnd().split('\n').slice(1);
  const events = [...generateEvents(options)].map((event) => Object.values(event).join(','));
  const users = [...generateUsers(options)].map((user) => Object.values(user).join(','));
  expect(rows(eventsCsv(options))).toEqual(events);
  expect(rows(usersCsv(options))).toEqual(users);
});

test('a chunk is some 64 KiB of whole lines', () => {
  const [header, ...chunks] = eventsCsv({ events: 5_000 });
  expect(header).toBe('CREATED,FIRM_ID,USER_ID,EVENT_TYPE,NUM_DOCS,FEEDBACK_SCORE\n');
  expect(chunks).toHaveLength(5);
  for (const chunk of chunks) expect(chunk.endsWith('\n') && chunk.length < 80_000).toBe(true);
});

test('progress rises to the number of events, and nothing unfinished stays behind', async () => {
  const reports: number[] = [];
  await writeSeed({ events: 5_000 }, join(directory, 'progress'), (events) => reports.push(events));
  expect(reports).toEqual([1024, 2048, 3072, 4096, 5000]);
  expect((await readdir(join(directory, 'progress'))).sort()).toEqual(NAMES);
});

test('a failed write leaves what was there', async () => {
  const target = join(directory, 'failing');
  await writeSeed({ events: 3_000 }, target);
  const before = await readFile(join(target, 'events.csv'));
  const stop = () => {
    throw new Error('stopped');
  };
  await expect(writeSeed({ events: 30_000 }, target, stop)).rejects.toThrow('stopped');
  expect((await readdir(target)).sort()).toEqual(NAMES);
  expect(before.equals(await readFile(join(target, 'events.csv')))).toBe(true);
});
