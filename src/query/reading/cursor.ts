import { hash } from 'node:crypto';
import type { Cell } from '../../database/engine.ts';
import type { CursorValue } from '../plan/plan.ts';
import { Problems } from '../resolve/problems.ts';

/** A place between two rows: the version and request it belongs to, and the order's values of the row before. */
interface Cursor {
  readonly version: number;
  readonly request: string;
  readonly values: readonly CursorValue[];
}

/** The server has not yet heard of a version that another one already served: it must read the pointer first. */
export class NewerVersionError extends Error {
  override readonly name = 'NewerVersionError';

  constructor(readonly version: number) {
    super(`A cursor names data version ${version}, which is newer than the one bound.`);
  }
}

export function encodeCursor(version: number, request: string, values: readonly Cell[]): string {
  const check = checksum([version, request, values]);
  return Buffer.from(JSON.stringify([version, request, values, check])).toString('base64url');
}

/**
 * The values of a cursor of the same request and version; undefined where none is given. An empty text is given.
 * @throws RequestError for any other cursor; NewerVersionError where this server is behind
 */
export function decodeCursor(
  text: string | null | undefined,
  version: number,
  request: string,
  path: readonly (string | number)[],
): readonly CursorValue[] | undefined {
  if (text === null || text === undefined) return undefined;
  const problems = new Problems();
  const cursor = parse(text);
  if (cursor && cursor.version > version) throw new NewerVersionError(cursor.version);
  if (!cursor) problems.add('CURSOR_UNREADABLE', {}, path);
  else if (cursor.version !== version) {
    problems.add('CURSOR_OF_OTHER_VERSION', { cursor: cursor.version, current: version }, path);
  } else if (cursor.request !== request) problems.add('CURSOR_OF_OTHER_REQUEST', {}, path);
  problems.throwIfAny();
  return cursor!.values;
}

/** No secret: it keeps a damaged cursor from reaching the database, where its values might not be of their types. */
function checksum(content: unknown): string {
  return hash('sha1', JSON.stringify(content), 'base64url').slice(0, 8);
}

function parse(text: string): Cursor | undefined {
  try {
    const [version, request, values, check] = JSON.parse(
      Buffer.from(text, 'base64url').toString(),
    ) as unknown[];
    const whole =
      Number.isSafeInteger(version) &&
      typeof request === 'string' &&
      Array.isArray(values) &&
      check === checksum([version, request, values]);
    return whole ? { version: version as number, request, values: values as CursorValue[] } : undefined;
  } catch {
    return undefined;
  }
}
