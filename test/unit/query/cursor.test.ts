import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decodeCursor, encodeCursor, NewerVersionError } from '../../../src/query/reading/cursor.ts';
import type { RequestError } from '../../../src/query/resolve/problems.ts';

const values = fc.array(
  fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(null),
  ),
);

function reasonOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as RequestError).problems[0]!.reason;
  }
}

it('comes back as it was', () => {
  const property = fc.property(fc.nat(), fc.string(), values, (version, request, of) => {
    const decoded = decodeCursor(encodeCursor(version, request, of), version, request, []);
    expect(decoded).toEqual(JSON.parse(JSON.stringify(of)));
  });
  fc.assert(property);
});

it('is refused for another request, another version, and when it is damaged', () => {
  const cursor = encodeCursor(3, 'one', ['2024-01-01', 7]);
  expect(reasonOf(() => decodeCursor(cursor, 3, 'other', []))).toBe('CURSOR_OF_OTHER_REQUEST');
  expect(reasonOf(() => decodeCursor(cursor, 4, 'one', []))).toBe('CURSOR_OF_OTHER_VERSION');
  expect(() => decodeCursor(cursor, 2, 'one', [])).toThrow(NewerVersionError);
  const forged = Buffer.from(JSON.stringify([3, 'one', ['x']])).toString('base64url');
  for (const text of ['', 'garbage', '💥', cursor.slice(2), cursor.slice(0, -6), forged]) {
    expect(reasonOf(() => decodeCursor(text, 3, 'one', []))).toBe('CURSOR_UNREADABLE');
  }
});
