import pg from 'pg';

const { builtins } = pg.types;

/**
 * One decoder table for every engine, so that the same cell gives the same JavaScript value
 * whatever the process's time zone.
 */
const decoders: ReadonlyMap<number, (text: string) => unknown> = new Map<number, (text: string) => unknown>([
  [builtins.INT8, safeInteger],
  [builtins.DATE, (text) => text],
  [builtins.TIMESTAMP, instant],
  [builtins.TIMESTAMPTZ, (text) => instant(text.replace(/\+00(:00)?$/, ''))],
  [builtins.NUMERIC, (text) => text],
]);

/** `pg`'s type lookup over our table, with `pg`'s own decoders for the rest. */
export const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return decoders.get(oid) ?? pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) {
    throw new RangeError(`The integer ${text} is beyond 2^53 - 1 and cannot be given exactly.`);
  }
  return value;
}

function instant(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
