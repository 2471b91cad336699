import type { Format } from './format.ts';
import type { Positions } from './header.ts';
import type { Problem } from './problems.ts';
import type { CsvRecord } from './records.ts';
import { type Reason, Refusal } from './refusal.ts';
import { escapeForCopy } from './values.ts';

/** Gives a record as a line of COPY into the stage table, or everything that is wrong with it. */
export type RowEncoder = (record: CsvRecord) => string | readonly Problem[];

/** In characters; the whole record is kept beside it. */
const LONGEST_VALUE = 1_000;

/** The encoder for the records of a file whose header put the columns at `positions`. */
export function rowEncoder(format: Format, positions: Positions, file: string): RowEncoder {
  const { columns } = format;
  const parsers = columns.map((column) => column.parse);
  const count = columns.length;
  return (record) => {
    const { fields } = record;
    if (fields.length !== count || record.damage !== undefined) return problemsOf(record);
    let row = String(record.line);
    for (let at = 0; at < count; at++) {
      const field = fields[positions[at]!]!;
      const parsed = parsers[at]!(field);
      if (typeof parsed === 'string') row += `\t${parsed}`;
      else {
        const trimmed = parsers[at]!(field.trim());
        if (typeof trimmed !== 'string') return problemsOf(record);
        row += `\t${trimmed}`;
      }
    }
    return `${row}\t\\N\t\\N\n`;
  };

  /** Off the fast path, all that is wrong is gathered. */
  function problemsOf(record: CsvRecord): Problem[] {
    const problem = (reason: Reason, message: string, column?: string, value?: string): Problem => {
      const shown = value?.slice(0, LONGEST_VALUE);
      return { kind: format.kind, file, line: record.line, column, value: shown, reason, message };
    };
    if (record.damage === 'encoding') return [notUtf8(record, problem)];
    if (record.damage === 'quotes') return [problem('bad quotes', badQuotes(record), undefined, record.text)];
    const { fields } = record;
    if (fields.length !== count) {
      const message = `the record has ${fields.length} ${fields.length === 1 ? 'value' : 'values'}; expected ${count}`;
      return [problem('wrong number of columns', message, undefined, record.text)];
    }
    return columns.flatMap((column, at) => {
      const value = fields[positions[at]!]!;
      const parsed = column.parse(value.trim());
      return parsed instanceof Refusal ? [refused(column.name, value, parsed)] : [];
    });

    function refused(column: string, value: string, { reason, expected }: Refusal): Problem {
      if (value.includes('\0'))
        return problem('NUL byte', `there is a NUL byte; expected ${expected}`, column, value);
      if (value.trim() === '')
        return problem('missing value', `the value is missing; expected ${expected}`, column, value);
      return problem(reason, `expected ${expected}`, column, value);
    }
  }

  function notUtf8(
    { fields, text }: CsvRecord,
    problem: (reason: Reason, message: string, column?: string, value?: string) => Problem,
  ): Problem {
    const at = fields.findIndex((field) => field.includes('\ufffd'));
    const column = columns[positions.indexOf(at)]?.name;
    const message = 'there are bytes that are not UTF-8; save the file as CSV in UTF-8';
    return problem('not UTF-8', message, column, at < 0 ? text : fields[at]);
  }
}

function badQuotes({ text }: CsvRecord): string {
  const lead = text.trimStart().startsWith('"') || text.includes(',"') ? 'a quote is not closed, or ' : '';
  return `${lead}text stands beside a quote; expected values with quotes around the whole of them, and "" for a quote inside`;
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
