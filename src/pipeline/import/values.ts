import { nearest } from '../../nearest.ts';
import { parseInstant } from './dates.ts';
import { type Parsed, Refusal, type ValueParser } from './refusal.ts';

/** Ids are index keys; this many characters fit whatever they are. */
const LONGEST_ID = 255;

export { parseInstant };

/** A whole number from `least` to `most`; `most` at most 2^53 - 1. */
export function wholeNumber(least: number, most: number): ValueParser {
  const range = `a whole number from ${least} to ${most}`;
  return (text) => {
    const value = digits(text);
    if (value >= least && value <= most) return text.charCodeAt(0) === 48 ? String(value) : text;
    return new Refusal(/^-?\d+$/.test(text) ? 'out of range' : 'not a number', range);
  };
}

/** The number that only digits make, -1 for any other text. Sixteen digits hold 2^53 - 1. */
function digits(text: string): number {
  if (text.length === 0 || text.length > 16) return -1;
  let value = 0;
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** An exact decimal number, 0 or more, that fits `numeric(15,3)` without rounding. */
export function parseThousands(text: string): Parsed {
  const number = /^(-?)0*(\d+)(?:\.(\d*?)0*)?$/.exec(text);
  if (!number) return new Refusal('not a number', 'a plain decimal number such as 250 or 99.5');
  const [, sign, whole = '', fraction = ''] = number;
  if (sign && /[1-9]/.test(whole + fraction))
    return new Refusal('out of range', 'a number that is 0 or more');
  if (whole.length > 12) return new Refusal('out of range', 'a number below 1,000,000,000,000 (thousands)');
  if (fraction.length > 3)
    return new Refusal('out of range', 'at most 3 decimals, since more would be rounded');
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

/** One of a few names, in any case, words parted by spaces or underscores. */
export function oneOf(names: readonly string[]): ValueParser {
  const exact = new Map(names.map((name) => [name, name]));
  return (text) => {
    const name = exact.get(text) ?? exact.get(text.toUpperCase().replace(/[\s_]+/g, '_'));
    return name ?? new Refusal('unknown value', `one of ${names.join(', ')}${meant(text, names)}`);
  };
}

/** A hint at the nearest name, where one is near. */
export function meant(given: string, names: readonly string[]): string {
  const near = nearest(given, names);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that COPY's text format escapes.
const SPECIAL = /[\x00\\\t\n\r]/;

/** A user's id: any text, without the space around it. */
export function parseId(given: string): Parsed {
  const text = given.trim();
  if (text === '') return new Refusal('missing value', 'an id');
  if (text.length > LONGEST_ID)
    return new Refusal('too long', `an id of at most ${LONGEST_ID} characters, not ${text.length}`);
  if (!SPECIAL.test(text)) return text;
  return text.includes('\0') ? new Refusal('NUL byte', 'text without NUL bytes') : escapeForCopy(text);
}

/** Any text in COPY's text format; PostgreSQL has no NUL in text, so a NUL shows as `\0`. */
export function escapeForCopy(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '\\\\0');
}
