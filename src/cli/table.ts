const WIDEST_CELL = 60;

/** Aligned columns under a line of names: numbers to the right, everything else to the left, nothing cut in the last column. */
export function table(columns: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const cells = rows.map((row) => columns.map((_, index) => cell(row[index], index < columns.length - 1)));
  const widths = columns.map((name, index) =>
    Math.max(name.length, ...cells.map((row) => row[index]!.length)),
  );
  const right = columns.map((_, index) => rows.length > 0 && rows.every((row) => isNumber(row[index])));
  const draw = (row: readonly string[]) =>
    row
      .map((text, index) => (right[index] ? text.padStart(widths[index]!) : text.padEnd(widths[index]!)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return `${[draw(columns), rule, ...cells.map(draw)].join('\n')}\n`;
}

/** One line of plain text: control characters, which could steer the terminal, are shown as escapes. */
export function plain(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function cell(value: unknown, mayCut: boolean): string {
  const text = plain(value === null || value === undefined ? '–' : String(value));
  return mayCut && text.length > WIDEST_CELL ? `${text.slice(0, WIDEST_CELL - 1)}…` : text;
}

function isNumber(value: unknown): boolean {
  return value === null || value === undefined || typeof value === 'number' || typeof value === 'bigint';
}
