import { TIME_TEXTS } from './calendar.ts';
import { EVENT_KINDS } from './events.ts';
import { generateFirms, generateUsers, mapEvents, resolveSeedOptions, type SeedOptions } from './generate.ts';

/** Rows per chunk: some 72 KiB of events. */
export const ROWS_PER_CHUNK = 1024;

const KIND_TEXTS = EVENT_KINDS.map(
  ({ eventType, numDocs, feedbackScore }) => `,${eventType},${numDocs},${feedbackScore}\n`,
);

/**
 * firms.csv in chunks of whole lines, the first of which is the header.
 * @throws RangeError when an option is out of range.
 */
export function firmsCsv(options: SeedOptions = {}): Iterable<string> {
  return chunks('ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS\n', firmLines(options));
}

/**
 * users.csv in chunks of whole lines, the first of which is the header.
 * @throws RangeError when an option is out of range.
 */
export function usersCsv(options: SeedOptions = {}): Iterable<string> {
  return chunks('ID,CREATED,TITLE\n', userLines(options));
}

/**
 * events.csv in chunks of whole lines: first the header alone, then {@link ROWS_PER_CHUNK} rows each. The
 * quickest way to generate many.
 * @throws RangeError when an option is out of range.
 */
export function eventsCsv(options: SeedOptions = {}): Iterable<string> {
  const lines = mapEvents(resolveSeedOptions(options), {
    user: (firmId, userId) => `,${firmId},${userId}`,
    event: (date, second, who, kind) => `${date} ${TIME_TEXTS[second]}${who}${KIND_TEXTS[kind]}`,
  });
  return chunks('CREATED,FIRM_ID,USER_ID,EVENT_TYPE,NUM_DOCS,FEEDBACK_SCORE\n', lines);
}

function firmLines(options: SeedOptions): Iterable<string> {
  return generateFirms(options).map(
    (firm) => `${firm.id},${firm.created},${firm.firmSize},${firm.arrInThousands}\n`,
  );
}

function userLines(options: SeedOptions): Iterable<string> {
  const users = generateUsers(options);
  return mapLazily(users, ({ id, created, title }) => `${id},${created},${title}\n`);
}

function* mapLazily<From, To>(items: Iterable<From>, change: (item: From) => To): Generator<To> {
  for (const item of items) yield change(item);
}

function* chunks(header: string, lines: Iterable<string>): Generator<string> {
  yield header;
  let chunk = '';
  let rows = 0;
  for (const line of lines) {
    chunk += line;
    if (++rows % ROWS_PER_CHUNK > 0) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
