import { UserError } from '../../errors.ts';
import { parseInstant } from './dates.ts';
import type { Sources } from './source.ts';

export interface ImportOptions {
  /** Adds events to those of the same dates that are loaded. */
  readonly append?: boolean | undefined;
  /** Takes the loaded events of the dates that the file spans out first. */
  readonly replace?: boolean | undefined;
  /** With `replace`: only those of the firms that the file names. */
  readonly firmsOnly?: boolean | undefined;
  /** Loads the good rows and keeps the bad ones in raw.rejected_rows. */
  readonly quarantine?: boolean | undefined;
  /** Until when the data are complete: an ISO 8601 instant, or a date for its end. */
  readonly asOf?: string | undefined;
}

export type ImportRequest = Sources & ImportOptions;

/** @throws UserError for options that contradict each other */
export function checkOptions(request: ImportRequest): void {
  const { events, users, firms, append, replace, firmsOnly } = request;
  if (!events && !users && !firms)
    throw new UserError('There is nothing to import: give an events, a users or a firms file.');
  if (append && replace)
    throw new UserError(
      '--append and --replace exclude each other: add to the loaded events, or take their place.',
    );
  if (firmsOnly && !replace)
    throw new UserError(
      '--firms-only says which events --replace takes out; use it together with --replace.',
    );
}

/**
 * The instant in UTC, ISO 8601; a date means its end, the first instant of the next day.
 * @throws UserError
 */
export function parseAsOf(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const text = given.trim();
  const parsed = parseInstant(text);
  if (typeof parsed !== 'string')
    throw new UserError(`The as-of instant is ${JSON.stringify(given)}; expected ${parsed.expected}.`);
  if (parsed.length > 10) return `${parsed.replace(' ', 'T')}Z`;
  return new Date(Date.parse(`${parsed}T00:00:00Z`) + 86_400_000).toISOString().replace('.000Z', 'Z');
}
