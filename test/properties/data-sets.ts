import fc from 'fast-check';
import type { Engine } from '../../src/database/engine.ts';
import { build } from '../../src/pipeline/build/build.ts';
import type { RollupPlan } from '../../src/pipeline/build/rollups.ts';
import { importFiles, type Source, undoImport } from '../../src/pipeline/import/index.ts';
import { quiet } from '../../src/progress.ts';
import {
  addDays,
  type DataSet,
  EVENT_TYPES,
  type EventRow,
  type FirmRow,
  midnight,
  TITLES,
  type UserRow,
} from '../oracle/data.ts';

/** Ids whose order by code point is neither that of UTF-16 nor that of a dictionary, and that need quoting. */
export const USERS = ['a', 'B', '_', 'é', '😀', 'Ａ', "o'brien", 'x,"y"', '10', '9'];
export const FIRMS = [2, 10, 9, 1063, Number.MAX_SAFE_INTEGER];
const SILENT_FIRM = 1063;
/** Month ends, a leap day, gaps of months, a change of year, the Monday of a week in two years. */
export const DATES = [
  '2023-10-31',
  '2023-12-30',
  '2023-12-31',
  '2024-01-01',
  '2024-01-31',
  '2024-02-01',
  '2024-02-28',
  '2024-02-29',
  '2024-03-01',
  '2024-03-31',
  '2024-04-01',
  '2024-06-30',
  '2024-12-30',
  '2025-01-01',
];
/** Ten weeks around a leap day, which every window of weeks and months meets. */
const NEAR = ['2024-01-29', '2024-01-31', '2024-02-10', '2024-02-12', '2024-02-28', '2024-02-29'].concat(
  ['2024-03-01', '2024-03-02', '2024-03-11', '2024-03-29', '2024-03-30', '2024-03-31', '2024-04-01'],
  ['2024-04-02', '2024-04-10'],
);
/** The same seasons of three years, for comparisons with the year before. */
const YEARS = ['2023-02-28', '2023-03-01', '2023-03-06', '2023-03-31', '2023-04-15', '2024-02-28'].concat(
  ['2024-02-29', '2024-03-01', '2024-03-04', '2024-03-31', '2024-04-15', '2025-02-28', '2025-03-01'],
  ['2025-03-03', '2025-03-10'],
);
const TIMES = ['00:00:00.000000', '00:00:00.000001', '03:30:00.000000', '11:30:00.000000', '23:59:59.999999'];
const CREATED = [
  '2022-12-31',
  '2023-01-01',
  '2023-12-15',
  '2024-02-01',
  '2024-02-29',
  '2024-03-31',
  '2025-01-01',
];
/** Both sides of every border of a band. */
const SIZES = [1, 49, 50, 99, 100, 249, 250, 640];
const THOUSANDS = [0, 74.999, 75, 149.999, 150, 299.999, 300, 1000];

function event(
  dates: readonly string[],
  users: readonly string[],
  times: readonly string[],
): fc.Arbitrary<EventRow> {
  return fc
    .record({
      date: fc.constantFrom(...dates),
      time: fc.constantFrom(...times),
      // Few firms, users and numbers, so that ties and users of several firms are common.
      firm: fc.constantFrom(...FIRMS.filter((id) => id !== SILENT_FIRM)),
      user: fc.constantFrom(...users),
      type: fc.constantFrom(...EVENT_TYPES),
      docs: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 0, max: 4 }) }, fc.constant(2_147_483_647)),
      feedback: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ date, time, ...rest }) => ({ created: `${date} ${time}`, ...rest }));
}

function rowsOf<T extends object>(count: number, row: fc.Arbitrary<T>): fc.Arbitrary<readonly T[]> {
  return fc.array(row, { minLength: count, maxLength: count, size: 'max' });
}

const frames = fc.record({
  dates: fc.constantFrom(DATES, NEAR, NEAR, YEARS),
  hasTimes: fc.boolean(),
  active: fc.integer({ min: 1, max: USERS.length }),
  size: fc.constantFrom(1, 2, 10, 40, 40, 80),
  /** Days for which the data are complete beyond the last event; 0 where the import does not say. */
  silence: fc.constantFrom(0, 0, 1, 17, 45),
});

/** Small data sets: single rows too, with times of day or without, with users and firms that have no events. */
export const dataSets: fc.Arbitrary<DataSet> = fc.noBias(
  frames.chain(({ dates, hasTimes, active, size, silence }) =>
    fc
      .record({
        events: fc.array(event(dates, USERS.slice(0, active), hasTimes ? TIMES : TIMES.slice(0, 1)), {
          minLength: Math.ceil(size / 2),
          maxLength: size,
          size: 'max',
        }),
        users: rowsOf(
          USERS.length,
          fc.record({ created: fc.constantFrom(...CREATED), title: fc.constantFrom(...TITLES) }),
        ),
        firms: rowsOf(
          FIRMS.length,
          fc.record({
            created: fc.constantFrom(...CREATED),
            size: fc.constantFrom(...SIZES),
            arrInThousands: fc.constantFrom(...THOUSANDS),
          }),
        ),
      })
      .map(({ events, users, firms }): DataSet => {
        const last = events
          .map(({ created }) => created)
          .sort()
          .at(-1)!;
        return {
          events,
          users: identified(USERS, users, (id) => events.filter(({ user }) => user === id)),
          firms: identified(FIRMS, firms, (id) => events.filter(({ firm }) => firm === id)),
          ...(silence > 0 && { asOf: midnight(addDays(last.slice(0, 10), silence)) }),
        };
      }),
  ),
);

/** A user of whom a test only needs the id. */
export function someUser(id: string): UserRow {
  return { id, created: midnight('2023-01-01'), title: 'PARTNER' };
}

/** A firm of which a test only needs the id. */
export function someFirm(id: number): FirmRow {
  return { id, created: midnight('2023-01-01'), size: 10, arrInThousands: 100 };
}

/** Gives ids, and sees to it that everything was created no later than what it did. */
function identified<Id, T extends { readonly created: string }>(
  ids: readonly Id[],
  rows: readonly T[],
  eventsOf: (id: Id) => readonly EventRow[],
): (T & { readonly id: Id })[] {
  return rows.map((row, index) => {
    const id = ids[index]!;
    const [first] = [row.created, ...eventsOf(id).map(({ created }) => created.slice(0, 10))].sort();
    return { ...row, id, created: midnight(first!) };
  });
}

/** Imports and builds data sets one after the other, each in place of the one before. */
export class Loader {
  private loaded: number | undefined;

  constructor(private readonly engine: Engine) {}

  /** @param rollups what is built besides the marts */
  async load(data: DataSet, rollups?: RollupPlan): Promise<void> {
    if (this.loaded !== undefined) await undoImport(this.engine, this.loaded);
    const asOf = data.asOf && { asOf: `${data.asOf.replace(' ', 'T')}Z` };
    const report = await importFiles(this.engine, { ...csvFiles(data), ...asOf }, quiet);
    this.loaded = report.batchId;
    await build(this.engine, { progress: quiet, ...(rollups && { rollups }) });
  }
}

/** A data set as the three files of an import. */
export function csvFiles({ events, users, firms }: DataSet): Record<'events' | 'users' | 'firms', Source> {
  return {
    users: csv(
      'ID,CREATED,TITLE',
      users.map(({ id, created, title }) => [id, created, title]),
    ),
    firms: csv(
      'ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS',
      firms.map(({ id, created, size, arrInThousands }) => [id, created, size, arrInThousands]),
    ),
    events: csv(
      'CREATED,FIRM_ID,USER_ID,EVENT_TYPE,NUM_DOCS,FEEDBACK_SCORE',
      events.map((row) => [row.created, row.firm, row.user, row.type, row.docs, row.feedback]),
    ),
  };
}

function csv(header: string, rows: readonly (readonly (string | number)[])[]): Source {
  const lines = rows.map((row) => row.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(','));
  const text = Buffer.from(`${[header, ...lines].join('\n')}\n`);
  return {
    name: `${header.split(',')[1]}.csv`,
    async *open() {
      yield text;
    },
  };
}
