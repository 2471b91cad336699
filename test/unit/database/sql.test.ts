import { describe, expect, test } from 'vitest';
import {
  all,
  constant,
  empty,
  ident,
  join,
  prepared,
  type Sql,
  sql,
  statement,
} from '../../../src/database/sql.ts';

describe('sql', () => {
  test('keeps values apart from the text, in order', () => {
    const inner = sql`b = ${2} or c = ${'three'}`;
    const made = statement(sql`select ${1} where (${inner}) and d = any(${[4, 5]}) and e is ${null}`);
    expect(made.text).toBe('select $1 where (b = $2 or c = $3) and d = any($4) and e is $5');
    expect(made.values).toEqual([1, 2, 'three', [4, 5], null]);
  });

  test('inlines a fragment at either end', () => {
    expect(statement(sql`${sql`a`}${sql`b${1}`}${empty}`)).toEqual({ text: 'ab$1', values: [1] });
  });

  test('never lets a value into the text', () => {
    const made = statement(sql`select ${"'; drop table t; --"}`);
    expect(made).toEqual({ text: 'select $1', values: ["'; drop table t; --"] });
  });

  test('cannot be called with a string', () => {
    const untagged = sql as unknown as (text: string) => Sql;
    expect(() => untagged('select 1')).toThrow(/write sql`…`, not sql\(…\)/);
  });

  test.each([
    [undefined, /after “…select a, ” is undefined \(forgotten to set it\?\)/],
    [{ text: 'select 1' }, /is a object; expected a scalar, an array or sql`…`/],
    [() => 1, /is a function/],
    [Symbol('a'), /is a symbol/],
  ])('refuses %o as a value and says where', (value, message) => {
    expect(() => sql`select a, ${value as never}`).toThrow(message);
  });

  test('a fragment does not change once it is made', () => {
    expect(Object.isFrozen(sql`select 1`)).toBe(true);
  });
});

describe('ident', () => {
  test('quotes, with a dot between', () => {
    expect(statement(ident('mart', 'users')).text).toBe('"mart"."users"');
  });

  test.each(['Users', 'a b', 'a"b', '1a', '', 'ä', 'a;'])('refuses %j', (name) => {
    expect(() => ident(name)).toThrow(`Not an identifier of ours: ${JSON.stringify(name)}.`);
  });
});

describe('constant', () => {
  test('is a number in the text', () => {
    expect(statement(sql`level = ${constant(11)}`)).toEqual({ text: 'level = 11', values: [] });
  });

  test.each([1.5, Number.NaN, '1; drop table t' as unknown as number])('refuses %j', (number) => {
    expect(() => constant(number)).toThrow(/^Not a whole number/);
  });
});

describe('join and all', () => {
  test('join separates with a comma, or with what is given', () => {
    expect(statement(join([sql`${1}`, sql`${2}`, sql`c`]))).toEqual({ text: '$1, $2, c', values: [1, 2] });
    expect(statement(join([sql`a`, sql`b`], sql` union `)).text).toBe('a union b');
    expect(join([])).toBe(empty);
  });

  test('all holds for no condition', () => {
    expect(statement(all([])).text).toBe('true');
    expect(statement(all([sql`a`, sql`b`])).text).toBe('a and b');
  });
});

describe('prepared', () => {
  test('the same text has the same name, another text another', () => {
    const [one, two] = [prepared(sql`select ${1}`), prepared(sql`select ${2}`)];
    expect(one.name).toBe(two.name);
    expect(prepared(sql`select ${1}, 2`).name).not.toBe(one.name);
    // PostgreSQL cuts names after 63 bytes.
    expect(one.name!.length).toBeLessThanOrEqual(63);
  });
});
