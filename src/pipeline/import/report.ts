import type { Kind } from './source.ts';

/** What became of one file of an import. */
export interface FileReport {
  readonly kind: Kind;
  readonly name: string;
  /** Rows in the file, without its header. */
  readonly rows: number;
  /** Events loaded; users or firms added or changed. */
  readonly loaded: number;
  /** Whether the same bytes are loaded already, so that nothing was done. */
  readonly skippedAsKnown: boolean;
  /** Rows left out into raw.rejected_rows. */
  readonly rejected: number;
}

/** Something that is loaded but looks wrong. */
export interface Warning {
  readonly message: string;
  readonly count: number;
  /** A few places, `events.csv:17 …`. */
  readonly sample: readonly string[];
}

export interface ImportReport {
  readonly files: readonly FileReport[];
  readonly warnings: readonly Warning[];
  /** Absent where there was nothing to load. */
  readonly batchId: number | undefined;
  /** Events of earlier imports that were taken out. */
  readonly replaced: number;
}
