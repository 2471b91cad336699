import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { types } from '../../../src/database/decode.ts';

const { builtins } = pg.types;
const decode = (oid: number, text: string): unknown => types.getTypeParser(oid, 'text')(text as never);

describe('decode', () => {
  test.each([
    [builtins.INT8, '9007199254740991', 9007199254740991],
    [builtins.INT8, '-9007199254740991', -9007199254740991],
    [builtins.INT4, '7', 7],
    [builtins.INT2, '-7', -7],
    [builtins.FLOAT8, '0.1', 0.1],
    [builtins.NUMERIC, '123456789012345678901234567890.10', '123456789012345678901234567890.10'],
    [builtins.DATE, '2024-02-29', '2024-02-29'],
    [builtins.TIMESTAMP, '2024-02-29 23:59:59.123456', '2024-02-29T23:59:59.123456Z'],
    [builtins.TIMESTAMPTZ, '2024-02-29 23:59:59+00', '2024-02-29T23:59:59Z'],
    [builtins.BOOL, 't', true],
    [builtins.TEXT, '2024-02-29', '2024-02-29'],
    [builtins.JSONB, '{"a": [1, null]}', { a: [1, null] }],
    [1016, '{1,NULL,{2,3}}', [1, null, [2, 3]]],
    [1182, '{2024-02-29}', ['2024-02-29']],
    [1115, '{"2024-02-29 00:00:00",NULL}', ['2024-02-29T00:00:00Z', null]],
    [1185, '{"2024-02-29 00:00:00+00"}', ['2024-02-29T00:00:00Z']],
    [1231, '{1.50}', ['1.50']],
    [1009, '{a,"b,c"}', ['a', 'b,c']],
  ])('type %i: %s', (oid, text, value) => {
    expect(decode(oid, text)).toEqual(value);
  });

  test.each(['9007199254740992', '-9007199254740992', '9223372036854775807'])(
    'refuses %s, which a number cannot hold',
    (text) => {
      expect(() => decode(builtins.INT8, text)).toThrow(`The integer ${text} is beyond 2^53 - 1`);
      expect(() => decode(1016, `{${text}}`)).toThrow(RangeError);
    },
  );
});
