import { parse } from 'csv-parse/sync';
import { type Lines, linesOf, NONE } from './lines.ts';

/** One record of a CSV file. */
export interface CsvRecord {
  /** The physical line that it begins on; the header's is 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** As it stands in the file. */
  readonly text: string;
  /** Why it cannot be trusted: quotes out of place, or bytes that are not UTF-8. */
  readonly damage: 'quotes' | 'encoding' | undefined;
}

/** A quote that is not closed within this many characters is a mistake. */
const LONGEST_QUOTED = 64 << 10;
const QUOTE = '"';
const CR = 13;

/**
 * Reads CSV (RFC 4180, either line ending, blank lines skipped), as many records at a time as each chunk completes.
 * A record without quotes is its text split at commas; csv-parse, several times slower, reads those with quotes.
 * A record whose quotes are out of place ends with its first line, so that a stray quote does not swallow what follows.
 */
export async function* readCsv(chunks: AsyncIterable<Buffer>): AsyncGenerator<CsvRecord[]> {
  let open: Lines = { first: 1, texts: [], garbled: NONE };
  for await (const lines of linesOf(chunks)) {
    const joined = open.texts.length === 0 ? lines : appended(open, lines);
    const { records, taken } = recordsOf(joined, false);
    yield records;
    open = { ...joined, first: joined.first + taken, texts: joined.texts.slice(taken) };
  }
  yield recordsOf(open, true).records;
}

function appended(open: Lines, lines: Lines): Lines {
  const still = [...open.garbled].filter((line) => line >= open.first);
  const garbled = new Set([...still, ...lines.garbled]);
  return { first: open.first, texts: open.texts.concat(lines.texts), garbled };
}

interface Taken {
  readonly records: CsvRecord[];
  /** Lines used; the rest begins a record that goes on in the next chunk. */
  readonly taken: number;
}

function recordsOf(lines: Lines, isLast: boolean): Taken {
  const quoted: number[] = [];
  const found = split(lines, isLast, (record, index) => {
    quoted.push(index);
    return record;
  });
  if (quoted.length === 0) return found;
  // One call for all of them: calls cost more than records.
  const parsed = parseQuoted(quoted.map((index) => found.records[index]!.text).join('\n'));
  if (parsed?.length !== quoted.length) return split(lines, isLast, parsedAlone);
  quoted.forEach((index, at) => {
    found.records[index] = { ...found.records[index]!, fields: parsed[at]! };
  });
  return found;
}

/** Gives a record with quotes its fields now or later; with damaged quotes it ends with its first line. */
type OnQuoted = (record: CsvRecord, index: number) => CsvRecord;

function split(lines: Lines, isLast: boolean, onQuoted: OnQuoted): Taken {
  const records: CsvRecord[] = [];
  let at = 0;
  while (at < lines.texts.length) {
    const text = lines.texts[at]!;
    if (!text.includes(QUOTE)) {
      const plain = withoutCr(text);
      if (plain !== '') records.push(record(lines, at, at + 1, plain, plain.split(',')));
      at++;
      continue;
    }
    const end = endOfRecord(lines.texts, at) ?? (isLast ? at + 1 : undefined);
    if (end === undefined) break;
    const whole = withoutCr(lines.texts.slice(at, end).join('\n'));
    const made = onQuoted(record(lines, at, end, whole, []), records.length);
    const damaged = made.damage === 'quotes';
    records.push(damaged ? { ...made, text: withoutCr(text), fields: withoutCr(text).split(',') } : made);
    at = damaged ? at + 1 : end;
  }
  return { records, taken: at };
}

function record(lines: Lines, at: number, end: number, text: string, fields: string[]): CsvRecord {
  const line = lines.first + at;
  return { line, fields, text, damage: lines.garbled.size > 0 ? garbled(lines, at, end) : undefined };
}

function garbled(lines: Lines, at: number, end: number): 'encoding' | undefined {
  for (let index = at; index < end; index++) if (lines.garbled.has(lines.first + index)) return 'encoding';
  return undefined;
}

function withoutCr(text: string): string {
  return text.charCodeAt(text.length - 1) === CR ? text.slice(0, -1) : text;
}

/** The index after a record's last line; undefined where its quotes are still open at the end of `texts`. */
function endOfRecord(texts: readonly string[], begin: number): number | undefined {
  let [open, length] = [false, 0];
  for (let at = begin; at < texts.length; at++) {
    const text = texts[at]!;
    length += text.length + 1;
    if ((text.split(QUOTE).length - 1) % 2 === 1) open = !open;
    if (!open) return at + 1;
    if (length > LONGEST_QUOTED) return begin + 1;
  }
  return undefined;
}

function parsedAlone(whole: CsvRecord): CsvRecord {
  const parsed = parseQuoted(whole.text);
  return parsed?.length === 1 ? { ...whole, fields: parsed[0]! } : { ...whole, damage: 'quotes' };
}

function parseQuoted(text: string): string[][] | undefined {
  try {
    return parse(text, { record_delimiter: '\n', relax_column_count: true });
  } catch {
    return undefined;
  }
}
