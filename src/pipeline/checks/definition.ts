import { isTouchedColumn, TOUCHED_COLUMNS, type TouchedColumn } from '../build/touched.ts';
import { readSqlFolder, type SqlFile } from '../sql-files.ts';

export type Severity = (typeof SEVERITIES)[number];

const SEVERITIES = ['error', 'warning', 'info'] as const;
const READS = ['newest state', 'marts at $1'] as const;
const KEYS = ['name', 'severity', 'reads', 'description', 'advice'] as const;
const MORE_KEYS = ['touched', 'month', 'order'] as const;

/** A check: a select of the rows that should not be, or that someone should know of. */
export interface CheckDefinition {
  readonly name: string;
  /** An error keeps a build from being published; an info is no fault. */
  readonly severity: Severity;
  /** Views of the newest state, or the marts at the version given as `$1` (against the newest state, if at all). */
  readonly reads: (typeof READS)[number];
  readonly description: string;
  /** What to do about the rows found. */
  readonly advice: string;
  readonly select: string;
  /**
   * What a build of what has changed need not read all of: of each relation only rows with a value of the column that
   * it touched. What the check finds in all others is as before. Nothing: it reads everything in every build.
   */
  readonly touched: readonly TouchedPart[];
  /** How the rows found are told apart by month, where each is of one month, found in that month's rows alone. */
  readonly byMonth?: ByMonth;
}

export interface TouchedPart {
  /** A view or a table, with its schema. */
  readonly relation: string;
  readonly column: TouchedColumn;
}

export interface ByMonth {
  /** The first day of a row's month, an expression over what is selected. */
  readonly month: string;
  /** What the sample is ordered by, columns of what is selected that order all rows. */
  readonly order: readonly { readonly column: string; readonly isDescending: boolean }[];
}

/**
 * The checks in `sql/checks/`, errors first.
 * @throws Error naming every header that is wrong, at once
 */
export function checkDefinitions(root?: string): CheckDefinition[] {
  const problems: string[] = [];
  const checks = readSqlFolder('checks', root).map((file) => parseCheck(file, problems));
  if (problems.length > 0) throw new Error(['Checks cannot be used:', ...problems].join('\n'));
  return checks.sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

/** @internal for tests: reads one file's `key: value` header, adding what is wrong with it to `problems`. */
export function parseCheck(file: SqlFile, problems: string[]): CheckDefinition {
  const complain = (problem: string) => problems.push(`sql/checks/${file.name}.sql: ${problem}`);
  const header = entries(file.header, complain);
  for (const key of KEYS) if (!header.get(key)) complain(`“-- ${key}: …” is missing from its header.`);
  const value = (key: string) => header.get(key) ?? '';
  const expect = (key: string, allowed: readonly string[]) => {
    if (header.has(key) && !allowed.includes(value(key)))
      complain(`${key} is ${JSON.stringify(value(key))}; expected ${allowed.join(' or ')}.`);
  };
  expect('name', [file.name]);
  expect('severity', SEVERITIES);
  expect('reads', READS);
  if (READS.includes(value('reads') as never) && file.body.includes('$1') !== (value('reads') === READS[1]))
    complain(`it says that it reads ${value('reads')}; expected $1 in its select just when it reads marts.`);
  const touched = list(value('touched')).flatMap((part) => parseTouched(part, file.body, complain));
  const byMonth = parseByMonth(value('month'), list(value('order')), complain);
  // Of a check that may find something in what was not touched, a build would have to keep it by month.
  if (touched.length > 0 && !byMonth && value('severity') !== 'error')
    complain('it has “touched” and finds no errors; expected “month” and “order” as well.');
  return {
    name: value('name'),
    severity: value('severity') as Severity,
    reads: value('reads') as CheckDefinition['reads'],
    description: value('description'),
    advice: value('advice'),
    select: file.body,
    touched,
    ...(byMonth && { byMonth }),
  };
}

function list(text: string): string[] {
  return text === '' ? [] : text.split(/, +/);
}

function parseTouched(part: string, select: string, complain: (problem: string) => void): TouchedPart[] {
  const [, relation, column] = /^([a-z]+\.[a-z_]+) by ([a-z_]+)$/.exec(part) ?? [];
  if (relation && column && isTouchedColumn(column) && select.includes(`from ${relation}\n`))
    return [{ relation, column }];
  complain(
    `touched has ${JSON.stringify(part)}; expected a relation of its “from” and by which of ` +
      `${TOUCHED_COLUMNS.join(', ')}: “staging.stg_events by event_date”.`,
  );
  return [];
}

function parseByMonth(
  month: string,
  order: readonly string[],
  complain: (problem: string) => void,
): ByMonth | undefined {
  if (month === '' && order.length === 0) return undefined;
  if (month === '' || order.length === 0) complain('it has one of “month” and “order”; expected both.');
  const parsed = order.map((each) => {
    const [, column, direction] = /^([a-z_]+)( desc)?$/.exec(each) ?? [];
    if (column === undefined)
      complain(`order has ${JSON.stringify(each)}; expected “column” or “column desc”.`);
    return { column: column ?? '', isDescending: direction !== undefined };
  });
  return { month, order: parsed };
}

/** `key: value` lines; a line that begins with two more spaces goes on with the value before. */
function entries(lines: readonly string[], complain: (problem: string) => void): Map<string, string> {
  const found = new Map<string, string>();
  let last = '';
  for (const line of lines) {
    const [, key, value] = /^([a-z_]+): +(.*)$/.exec(line) ?? [];
    if (key !== undefined) {
      const known = [...KEYS, ...MORE_KEYS];
      if (!known.includes(key as never)) complain(`“${key}” is not one of ${known.join(', ')}.`);
      if (found.has(key)) complain(`“${key}” is given twice.`);
      last = key;
      found.set(key, value!);
    } else if (/^ {2}\S/.test(line) && last) found.set(last, `${found.get(last)} ${line.trim()}`);
    else complain(`expected “-- key: value” or a continuation with two more spaces, not “-- ${line}”.`);
  }
  return found;
}
