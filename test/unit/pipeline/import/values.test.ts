import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../../../src/pipeline/import/dates.ts';
import { Refusal, type ValueParser } from '../../../../src/pipeline/import/refusal.ts';
import { oneOf, parseId, parseThousands, wholeNumber } from '../../../../src/pipeline/import/values.ts';

const instants = fc.date({
  min: new Date('1900-01-01T00:00:00Z'),
  max: new Date('2999-12-31T00:00:00Z'),
  noInvalidDate: true,
});

function two(number: number): string {
  return String(number).padStart(2, '0');
}

function reason(parse: ValueParser, text: string): string {
  const parsed = parse(text);
  return parsed instanceof Refusal ? parsed.reason : `accepted as ${parsed}`;
}

describe('dates', () => {
  test('any date printed in each format parses back', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const iso = instant.toISOString().slice(0, 10);
        const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
        expect(parseInstant(`${month}/${day}/${year}`)).toBe(iso);
        expect(parseInstant(`${two(month)}/${two(day)}/${year}`)).toBe(iso);
        expect(parseInstant(iso)).toBe(iso);
      }),
    );
  });

  test('any instant printed in each format parses back', () => {
    fc.assert(
      fc.property(instants, (instant) => {
        const iso = instant.toISOString();
        const seconds = iso.slice(0, 19).replace('T', ' ');
        expect(parseInstant(seconds)).toBe(seconds);
        expect(parseInstant(`${iso.slice(0, 19)}Z`)).toBe(seconds);
        expect(parseInstant(iso)).toBe(`${seconds}.${iso.slice(20, 23)}`);
      }),
    );
  });

  test('an offset is taken off', () => {
    const offsets = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(instants, offsets, (instant, offset) => {
        const local = new Date(instant.getTime() + offset * 60_000).toISOString().slice(0, 19);
        const size = Math.abs(offset);
        const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
        fc.pre(local >= '1900' && local < '2999');
        expect(parseInstant(local + zone)).toBe(instant.toISOString().slice(0, 19).replace('T', ' '));
      }),
    );
  });

  test('no day of the calendar is made up', () => {
    const parts = fc.tuple(
      fc.integer({ min: 1900, max: 2999 }),
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 0, max: 32 }),
    );
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const date = new Date(Date.UTC(year, month - 1, day));
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        const text = `${year}-${two(month)}-${two(day)}`;
        expect(reason(parseInstant, text)).toBe(exists ? `accepted as ${text}` : 'no such date');
        expect(reason(parseInstant, `${month}/${day}/${year}`)).toBe(
          exists ? `accepted as ${text}` : 'no such date',
        );
      }),
    );
  });

  test('other text is refused', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        fc.pre(!/\d{4}-\d\d-\d\d|\d+\/\d+\/\d{4}/.test(text));
        expect(reason(parseInstant, text)).toBe('not a date');
      }),
    );
  });

  test.each([
    ['2/30/2024', 'no such date'],
    ['28/5/2024', 'no such date'],
    ['2/29/2023', 'no such date'],
    ['5/28/24', 'not a date'],
    ['5/28/2024 10:00:00', 'not a date'],
    ['12/28/2024 10:00:00', 'not a date'],
    ['2024-05-28 24:00:00', 'not a date'],
    ['2024-05-28 10:60:00', 'not a date'],
    ['2024-05-28 10:00:60', 'not a date'],
    ['2024-05-28T10:00:00+16:00', 'not a date'],
    ['2024-05-28T10', 'not a date'],
    ['2024-02-30 10:00:00', 'no such date'],
    ['0024-05-28', 'out of range'],
    ['5/28/3000', 'out of range'],
    ['0000-01-01', 'out of range'],
    ['3000-01-01 00:00:00', 'out of range'],
    ['0000-12-31T23:59:59-01:00', 'out of range'],
    ['2999-12-31T23:00:00-01:00', 'out of range'],
    ['1900-01-01T00:59:59+01:00', 'out of range'],
    ['45440', 'not a date'],
    ['2024-05-28 1a:00:00', 'not a date'],
  ])('%s: %s', (text, expected) => {
    expect(reason(parseInstant, text)).toBe(expected);
  });

  test.each([
    ['2024-05-28T10:11:12.123456789Z', '2024-05-28 10:11:12.123456'],
    ['2024-12-31T23:59:59.9999999Z', '2024-12-31 23:59:59.999999'],
    ['2024-05-28T01:00:00+02:00', '2024-05-27 23:00:00'],
    ['2999-12-31T23:59:59-00:00', '2999-12-31 23:59:59'],
    ['2999-12-31T22:59:59-01:00', '2999-12-31 23:59:59'],
    ['1900-01-01T01:00:00+01:00', '1900-01-01 00:00:00'],
    ['2024-05-28T10:11z', '2024-05-28 10:11:00'],
    ['2024-05-28 10:11:12 +0130', '2024-05-28 08:41:12'],
    ['2024-05-28 10:11:12.5', '2024-05-28 10:11:12.5'],
  ])('%s is %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });
});

describe('numbers', () => {
  const score = wholeNumber(1, 5);
  const firmId = wholeNumber(1, Number.MAX_SAFE_INTEGER);

  test('whole numbers in range are taken, others refused', () => {
    fc.assert(
      fc.property(fc.integer({ min: -10, max: 20 }), (number) => {
        const inRange = number >= 1 && number <= 5;
        expect(reason(score, String(number))).toBe(inRange ? `accepted as ${number}` : 'out of range');
      }),
    );
  });

  test.each(['', '1x', 'x1', '1.0', '1e3', '1,000', '+5', '٣', '0x5', ' 1', 'NaN', '--1'])(
    '%j is no number',
    (text) => {
      expect(reason(firmId, text)).toBe('not a number');
    },
  );

  test('ids stop at 2^53 - 1', () => {
    expect(firmId('9007199254740991')).toBe('9007199254740991');
    expect(reason(firmId, '9007199254740992')).toBe('out of range');
    expect(reason(firmId, '9007199254740993')).toBe('out of range');
    expect(reason(firmId, '99999999999999999999')).toBe('out of range');
    expect(firmId('007')).toBe('7');
  });

  test.each([
    ['250', '250'],
    ['99.5', '99.5'],
    ['0', '0'],
    ['007.1230000', '7.123'],
    ['1000.', '1000'],
    ['-0.0', '0'],
    ['999999999999.999', '999999999999.999'],
  ])('%s thousands are %s', (text, expected) => {
    expect(parseThousands(text)).toBe(expected);
  });

  test.each([
    ['-1', 'out of range'],
    ['1000000000000', 'out of range'],
    ['1.2345', 'out of range'],
    ['1e3', 'not a number'],
    ['$5', 'not a number'],
    ['1,000', 'not a number'],
    ['Infinity', 'not a number'],
    ['.5', 'not a number'],
  ])('%s: %s', (text, expected) => {
    expect(reason(parseThousands, text)).toBe(expected);
  });
});

describe('names', () => {
  const title = oneOf(['JUNIOR_ASSOCIATE', 'ASSOCIATE', 'PARTNER']);

  test.each(['Junior Associate', 'junior_associate', 'JUNIOR  ASSOCIATE', 'Junior\nAssociate'])(
    '%j',
    (text) => {
      expect(title(text)).toBe('JUNIOR_ASSOCIATE');
    },
  );

  test('the nearest name is suggested', () => {
    const refused = title('Partnr');
    expect(refused).toBeInstanceOf(Refusal);
    expect((refused as Refusal).expected).toContain('did you mean PARTNER?');
    expect((title('Paralegal') as Refusal).expected).not.toContain('did you mean');
  });
});

describe('ids', () => {
  test('are kept as they are, escaped for COPY', () => {
    expect(parseId(' a b ')).toBe('a b');
    expect(parseId('a\tb\\c\nd')).toBe('a\\tb\\\\c\\nd');
    expect(reason(parseId, '')).toBe('missing value');
    expect(reason(parseId, 'a\0b')).toBe('NUL byte');
    expect(parseId('x'.repeat(255))).toBe('x'.repeat(255));
    expect(reason(parseId, 'x'.repeat(256))).toBe('too long');
  });
});
