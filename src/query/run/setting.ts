import type { Engine } from '../../database/engine.ts';
import type { ServedVersion } from '../../database/version.ts';
import type { Catalog } from '../model/catalog.ts';

/** Where and for whom a request is answered. */
export interface Setting {
  readonly engine: Engine;
  readonly catalog: Catalog;
  readonly served: ServedVersion;
  /** Plans and renders, and reads nothing: the answer is empty. */
  readonly dryRun?: boolean;
}
