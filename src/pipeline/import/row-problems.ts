import type { Format } from './format.ts';
import type { Positions } from './header.ts';
import type { Problem } from './problems.ts';
import type { CsvRecord } from './records.ts';
import { type Reason, Refusal } from './refusal.ts';

/** In characters; the whole record is kept beside it. */
const LONGEST_VALUE = 1_000;

type Fault = Pick<Problem, 'reason' | 'message' | 'column' | 'value'>;

/** Everything that is wrong with a record, in the order of the format's columns; empty where nothing is. */
export function problemsOf(record: CsvRecord, format: Format, positions: Positions, file: string): Problem[] {
  return faultsOf(record, format, positions).map(({ value, ...fault }) => ({
    kind: format.kind,
    file,
    line: record.line,
    value: value?.slice(0, LONGEST_VALUE),
    ...fault,
  }));
}

function faultsOf(record: CsvRecord, format: Format, positions: Positions): Fault[] {
  const { fields, text, damage } = record;
  const { columns } = format;
  if (damage === 'encoding') return [notUtf8(record, format, positions)];
  if (damage === 'quotes') return [ofRecord('bad quotes', badQuotes(text), text)];
  if (fields.length !== columns.length) {
    const values = fields.length === 1 ? 'value' : 'values';
    const message = `the record has ${fields.length} ${values}; expected ${columns.length}`;
    return [ofRecord('wrong number of columns', message, text)];
  }
  return columns.flatMap(({ name, parse }, at) => {
    const value = fields[positions[at]!]!;
    const parsed = parse(value.trim());
    return parsed instanceof Refusal ? [{ column: name, value, ...explained(value, parsed) }] : [];
  });
}

function ofRecord(reason: Reason, message: string, value: string): Fault {
  return { reason, message, column: undefined, value };
}

function explained(value: string, { reason, expected }: Refusal): Pick<Problem, 'reason' | 'message'> {
  if (value.includes('\0'))
    return { reason: 'NUL byte', message: `there is a NUL byte; expected ${expected}` };
  if (value.trim() === '')
    return { reason: 'missing value', message: `the value is missing; expected ${expected}` };
  return { reason, message: `expected ${expected}` };
}

/** The decoder leaves U+FFFD for what it cannot decode, which tells the column. */
function notUtf8({ fields, text }: CsvRecord, { columns }: Format, positions: Positions): Fault {
  const at = fields.findIndex((field) => field.includes('\ufffd'));
  return {
    reason: 'not UTF-8',
    message: 'there are bytes that are not UTF-8; save the file as CSV in UTF-8',
    column: columns[positions.indexOf(at)]?.name,
    value: fields[at] ?? text,
  };
}

function badQuotes(text: string): string {
  const lead = text.trimStart().startsWith('"') || text.includes(',"') ? 'a quote is not closed, or ' : '';
  return `${lead}text stands beside a quote; expected values with quotes around the whole of them, and "" for a quote inside`;
}
