import { isUtf8 } from 'node:buffer';

/** Consecutive lines of a file, decoded, without their LF. */
export interface Lines {
  /** The number of the first one; a file's first line is 1. */
  readonly first: number;
  readonly texts: readonly string[];
  /** Numbers of the lines that are not UTF-8; U+FFFD stands there for what cannot be decoded. */
  readonly garbled: ReadonlySet<number>;
}

/** A line is longer than any real one: reading on would only fill the memory. */
export class LineTooLong extends Error {
  constructor(readonly line: number) {
    super(`Line ${line} is longer than ${LONGEST_LINE} bytes.`);
  }
}

/** In bytes. */
export const LONGEST_LINE = 1 << 20;

const LF = 0x0a;
export const NONE: ReadonlySet<number> = new Set();

/**
 * Cuts bytes into whole lines; the byte 0x0A ends a line wherever it stands in UTF-8. The byte order mark is
 * dropped. Holds one chunk and one line at a time.
 * @throws LineTooLong
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Lines> {
  let parts: Buffer[] = [];
  let kept = 0;
  let first = 1;
  let atStart = true;
  const take = (bytes: Buffer) => {
    const lines = decode(atStart ? withoutMark(bytes) : bytes, first);
    atStart = false;
    first += lines.texts.length;
    return lines;
  };
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(LF);
    if (end >= 0) {
      parts.push(chunk.subarray(0, end));
      yield take(Buffer.concat(parts));
      parts = [];
      kept = 0;
    }
    parts.push(chunk.subarray(end + 1));
    kept += chunk.length - (end + 1);
    if (kept > LONGEST_LINE) throw new LineTooLong(first);
  }
  if (kept > 0) yield take(Buffer.concat(parts));
}

function withoutMark(bytes: Buffer): Buffer {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function decode(bytes: Buffer, first: number): Lines {
  const texts = bytes.toString('utf8').split('\n');
  return { first, texts, garbled: isUtf8(bytes) ? NONE : garbledIn(bytes, first) };
}

function garbledIn(bytes: Buffer, first: number): Set<number> {
  const garbled = new Set<number>();
  let start = 0;
  for (let line = first; start <= bytes.length; line++) {
    const found = bytes.indexOf(LF, start);
    const end = found < 0 ? bytes.length : found;
    if (!isUtf8(bytes.subarray(start, end))) garbled.add(line);
    start = end + 1;
  }
  return garbled;
}
