import type { Format } from './format.ts';
import type { Positions } from './header.ts';
import type { Problem } from './problems.ts';
import type { CsvRecord } from './records.ts';
import type { Parsed, ValueParser } from './refusal.ts';
import { problemsOf } from './row-problems.ts';
import { escapeForCopy } from './values.ts';

/** Gives a record as a line of COPY into the stage table, or everything that is wrong with it. */
export type RowEncoder = (record: CsvRecord) => string | readonly Problem[];

/** The encoder for the records of a file whose header put the columns at `positions`. */
export function rowEncoder(format: Format, positions: Positions, file: string): RowEncoder {
  const { columns } = format;
  const parsers = columns.map((column) => column.parse);
  const count = columns.length;
  return (record) => {
    const { fields } = record;
    if (fields.length !== count || record.damage !== undefined)
      return problemsOf(record, format, positions, file);
    let row = String(record.line);
    for (let at = 0; at < count; at++) {
      const parsed = parseField(parsers[at]!, fields[positions[at]!]!);
      if (typeof parsed !== 'string') return problemsOf(record, format, positions, file);
      row += `\t${parsed}`;
    }
    return `${row}\t\\N\t\\N\n`;
  };
}

/** Values seldom have space around them, so it is looked for only in those that are refused with it. */
function parseField(parse: ValueParser, field: string): Parsed {
  const parsed = parse(field);
  return typeof parsed === 'string' ? parsed : parse(field.trim());
}

/** A bad record as a line of COPY into the stage table, for `width` columns of values. */
export function encodeRejected(record: CsvRecord, problems: readonly Problem[], width: number): string {
  const nulls = '\t\\N'.repeat(width);
  return `${record.line}${nulls}\t${escapeForCopy(asJson(problems))}\t${escapeForCopy(record.text)}\n`;
}

/** JSON may not hold NUL in PostgreSQL, nor halves of surrogate pairs, which cutting a value may leave. */
function asJson(problems: readonly Problem[]): string {
  const text = problems.map(({ column, value, reason, message }) => ({
    column,
    value: value?.replaceAll('\0', '\\0').replace(/[\ud800-\udbff]$/, ''),
    reason,
    message,
  }));
  return JSON.stringify(text);
}
