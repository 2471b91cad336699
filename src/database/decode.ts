import pg from 'pg';

const { builtins } = pg.types;
const TEXT_ARRAY = 1009;

type Decoder = (text: string) => unknown;

/**
 * One decoder table for every engine, so that the same cell gives the same JavaScript value
 * whatever the process's time zone.
 */
const scalars: readonly (readonly [oid: number, arrayOid: number, Decoder])[] = [
  [builtins.INT8, 1016, safeInteger],
  [builtins.DATE, 1182, (text) => text],
  [builtins.TIMESTAMP, 1115, instant],
  [builtins.TIMESTAMPTZ, 1185, (text) => instant(text.replace(/\+00(:00)?$/, ''))],
  [builtins.NUMERIC, 1231, (text) => text],
];

const decoders = new Map<number, Decoder>(
  scalars.flatMap(([oid, arrayOid, decode]) => [
    [oid, decode],
    [arrayOid, (text) => array(text, decode)],
  ]),
);

/** `pg`'s type lookup over our table, with `pg`'s own decoders for the rest. */
export const types: pg.CustomTypesConfig = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    return decoders.get(oid) ?? pg.types.getTypeParser(oid, format as 'text');
  },
} as pg.CustomTypesConfig;

/** Splits with `pg`'s decoder of text arrays, which keeps nulls and nesting. */
function array(text: string, decode: Decoder): unknown {
  const each = (item: unknown): unknown => {
    if (Array.isArray(item)) return item.map(each);
    return item === null ? null : decode(item as string);
  };
  return each(pg.types.getTypeParser(TEXT_ARRAY as number)(text));
}

/** An integer that JavaScript would round. */
export class UnsafeIntegerError extends RangeError {
  override readonly name = 'UnsafeIntegerError';

  constructor(text: string) {
    super(`The integer ${text} is beyond 2^53 - 1 and cannot be given exactly.`);
  }
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new UnsafeIntegerError(text);
  return value;
}

function instant(text: string): string {
  return `${text.replace(' ', 'T')}Z`;
}
