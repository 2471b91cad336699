import type { Engine } from '../../src/database/engine.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { RawRows } from '../oracle/marts.ts';
import { type ReplaceOptions, replaceRaw } from './raw.ts';

/** Builds and serves these rows in place of all others. */
export async function serve(engine: Engine, raw: RawRows, options?: ReplaceOptions): Promise<void> {
  await upgrade(engine, quiet);
  await replaceRaw(engine, raw, options);
  await build(engine, { progress: quiet });
}
