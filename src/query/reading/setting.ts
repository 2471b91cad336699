import type { ServedVersion } from '../../database/version.ts';
import type { Catalog } from '../catalog.ts';
import type { Reader } from './reader.ts';

/** Where and for whom a request is answered. */
export interface Setting {
  readonly catalog: Catalog;
  /** Reads at the served version. */
  readonly reader: Reader;
  readonly served: ServedVersion;
  /** Plans and renders, and reads nothing: the answer is empty. */
  readonly dryRun?: boolean;
}
