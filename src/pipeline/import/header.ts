import type { Column, Format } from './format.ts';
import type { Problem } from './problems.ts';
import type { CsvRecord } from './records.ts';
import type { Reason } from './refusal.ts';
import { meant } from './values.ts';

/** For each column of the format, where it stands in a record. */
export type Positions = readonly number[];

/** Matches a header, in any case and order, with the columns of its format; or gives everything that is wrong with it. */
export function readHeader(
  header: CsvRecord | undefined,
  format: Format,
  file: string,
): { readonly positions: Positions } | { readonly problems: readonly Problem[] } {
  const names = format.columns.map((column) => column.name);
  const expected = `expected the columns ${names.join(', ')}`;
  const problem = (reason: Reason, message: string, value?: string, column?: string): Problem => ({
    kind: format.kind,
    file,
    line: header?.line ?? 1,
    column,
    value,
    reason,
    message: `${message}; ${expected}`,
  });
  if (header === undefined) return { problems: [problem('no header', 'the file is empty')] };
  const broken = brokenHeader(header);
  if (broken) return { problems: [problem(broken[0], broken[1], header.text.slice(0, 200))] };

  const given = header.fields.map((field) => field.trim().toUpperCase());
  const problems = given.flatMap((name, at) => {
    const shown = header.fields[at]!.trim();
    if (!names.includes(name))
      return [problem('unknown column', unknownColumn(name, at, names), shown, shown)];
    if (given.indexOf(name) < at)
      return [problem('repeated column', 'the column is there twice', shown, name)];
    return [];
  });
  const missing = names.filter((name) => !given.includes(name));
  problems.push(
    ...missing.map((name) => problem('missing column', `the column ${name} is missing`, undefined, name)),
  );
  return problems.length > 0 ? { problems } : { positions: positions(format.columns, given) };
}

function unknownColumn(name: string, at: number, names: readonly string[]): string {
  return name === '' ? `column ${at + 1} has no name` : `there is no such column${meant(name, names)}`;
}

function positions(columns: readonly Column[], given: readonly string[]): Positions {
  return columns.map((column) => given.indexOf(column.name));
}

/** What is wrong with a header that cannot be read as columns at all. */
function brokenHeader({ text, damage }: CsvRecord): [Reason, string] | undefined {
  if (text.includes('\0'))
    return ['not UTF-8', 'the file looks like UTF-16 or binary data; save it as CSV in UTF-8'];
  if (damage === 'encoding') return ['not UTF-8', 'the header is not UTF-8; save the file as CSV in UTF-8'];
  if (damage === 'quotes') return ['bad quotes', 'a quote of the header is not closed, or out of place'];
  if (text.includes('\r')) return ['no header', 'lines end in CR alone; save the file with LF or CRLF'];
  const separator = [';', '\t', '|'].find((each) => text.includes(each) && !text.includes(','));
  return separator
    ? ['no header', `values are parted by ${JSON.stringify(separator)}; save the file with commas`]
    : undefined;
}
