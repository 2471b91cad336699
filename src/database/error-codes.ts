/** PostgreSQL's code of a prepared statement that is not there. */
export const UNKNOWN_STATEMENT = '26000';
/** And of one that is there already. */
export const DUPLICATE_STATEMENT = '42P05';

/** Codes of the system or of PostgreSQL (SQLSTATE) that an error and its causes carry, the outermost first. */
export function* codesOf(error: unknown, depth = 0): Generator<string> {
  if (typeof error !== 'object' || error === null || depth > 5) return;
  const { code, cause, errors, meta, originalCode } = error as Record<string, unknown>;
  for (const known of [code, originalCode]) if (typeof known === 'string') yield known;
  yield* codesOf(cause, depth + 1);
  for (const one of Array.isArray(errors) ? errors : []) yield* codesOf(one, depth + 1);
  // Prisma keeps the driver's error here.
  yield* codesOf((meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError, depth + 1);
}

/** PostgreSQL's connection exceptions, shutdowns and lack of connections, the system's network errors, and Prisma's names for them. */
const LOST =
  /^(08|57P0[123]|53300)|^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENETUNREACH|ENOTFOUND|EAI_AGAIN)|^P10(01|02|17)$/;

/** Whether the database was away. `pg` gives a connection that ends in the middle of a statement no code. */
export function isLostConnection(error: unknown): boolean {
  if (/^Connection terminated/.test((error as { message?: string } | undefined)?.message ?? '')) return true;
  return [...codesOf(error)].some((code) => LOST.test(code));
}

/** Whether a statement was ended because it took too long. */
export function isTimeOut(error: unknown): boolean {
  return [...codesOf(error)].includes('57014');
}
