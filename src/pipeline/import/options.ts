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

/** The as-of instant of an import. */
export interface AsOf {
  /** ISO 8601, in UTC. */
  readonly instant: string;
  /** Set for a date, which ends at `instant`: an event at that very instant is of the next day. */
  readonly endOf: string | undefined;
}

/**
 * A date means its end.
 * @throws UserError
 */
export function parseAsOf(given: string | undefined): AsOf | undefined {
  if (given === undefined) return undefined;
  const parsed = parseInstant(given.trim());
  if (typeof parsed !== 'string')
    throw new UserError(`The as-of instant is ${JSON.stringify(given)}; expected ${parsed.expected}.`);
  if (parsed.length > 10) return { instant: `${parsed.replace(' ', 'T')}Z`, endOf: undefined };
  const end = new Date(Date.parse(`${parsed}T00:00:00Z`) + 86_400_000);
  return { instant: end.toISOString().replace('.000Z', 'Z'), endOf: parsed };
}
