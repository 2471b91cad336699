/** How values of a column are written as text, in filters and cursors. */
const KINDS = {
  date: {
    parse: (text: string): unknown => new Date(`${text}T00:00:00Z`),
    print: (value: unknown) => (value as Date).toISOString().slice(0, 10),
  },
  integer: { parse: (text: string): unknown => BigInt(text), print: String },
  text: { parse: (text: string): unknown => text, print: String },
} as const;

/** A column that is never null: its name in Prisma Client, and what its values are. Enums are text. */
export type Column = readonly [name: string, kind: keyof typeof KINDS];

/** A value of the column as Prisma Client takes it. */
export function parseCell([, kind]: Column, text: string): unknown {
  return KINDS[kind].parse(text);
}

/** The value that a row of Prisma Client's has in the column, as text. */
export function printCell([name, kind]: Column, row: object): string {
  return KINDS[kind].print((row as Readonly<Record<string, unknown>>)[name]);
}
