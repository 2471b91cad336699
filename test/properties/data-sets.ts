import fc from 'fast-check';
import type { Engine } from '../../src/database/engine.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { importFiles, type Source, undoImport } from '../../src/pipeline/import/index.ts';
import { quiet } from '../../src/progress.ts';
import { type DataSet, EVENT_TYPES, type EventRow, TITLES } from '../oracle/data.ts';

/** Ids whose order by code point is neither that of UTF-16 nor that of a dictionary, and that need quoting. */
export const USERS = ['a', 'B', '_', 'é', '😀', 'Ａ', "o'brien", 'x,"y"', '10', '9'];
export const FIRMS = [2, 10, 9, 1063, Number.MAX_SAFE_INTEGER];
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
const TIMES = ['00:00:00.000000', '00:00:00.000001', '11:30:00.000000', '23:59:59.999999'];

function event(users: readonly string[], times: readonly string[]): fc.Arbitrary<EventRow> {
  return fc
    .record({
      date: fc.constantFrom(...DATES),
      time: fc.constantFrom(...times),
      // Few firms, users and numbers, so that ties and users of several firms are common.
      firm: fc.constantFrom(...FIRMS.slice(0, 3), FIRMS[4]!),
      user: fc.constantFrom(...users),
      type: fc.constantFrom(...EVENT_TYPES),
      docs: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.constant(2_147_483_647)),
      feedback: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ date, time, ...rest }) => ({ created: `${date} ${time}`, ...rest }));
}

/** Small data sets: single rows too, with times of day or without, with users and firms that have no events. */
export const dataSets: fc.Arbitrary<DataSet> = fc
  .record({
    hasTimes: fc.boolean(),
    active: fc.integer({ min: 1, max: USERS.length }),
    titles: fc.tuple(...USERS.map(() => fc.constantFrom(...TITLES))),
    size: fc.constantFrom(1, 2, 10, 60),
  })
  .chain(({ hasTimes, active, titles, size }) => {
    const events = fc.array(event(USERS.slice(0, active), hasTimes ? TIMES : TIMES.slice(0, 1)), {
      minLength: 1,
      maxLength: size,
      size: 'max',
    });
    const users = USERS.map((id, index) => ({ id, title: titles[index]! }));
    return events.map((rows): DataSet => ({ events: rows, users, firms: FIRMS }));
  });

/** Imports and builds data sets one after the other, each in place of the one before. */
export class Loader {
  private loaded: number | undefined;

  constructor(private readonly engine: Engine) {}

  async load(data: DataSet): Promise<void> {
    if (this.loaded !== undefined) await undoImport(this.engine, this.loaded);
    const report = await importFiles(this.engine, csvFiles(data), quiet);
    this.loaded = report.batchId;
    await build(this.engine, { progress: quiet });
  }
}

/** A data set as the three files of an import. */
export function csvFiles({ events, users, firms }: DataSet): Record<'events' | 'users' | 'firms', Source> {
  const created = '2023-01-01';
  return {
    users: csv(
      'ID,CREATED,TITLE',
      users.map(({ id, title }) => [id, created, title]),
    ),
    firms: csv(
      'ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS',
      firms.map((id) => [id, created, 10, 100]),
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
