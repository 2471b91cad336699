import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { RollupPlan } from './build/rollups.ts';
import { hashOf } from './sql-files.ts';

/** Raised when a build makes other marts from the same SQL. */
const BUILD_FORMAT = '1';

/** Hash of everything that decides what a build makes: a version with another one should be built anew. */
export function definitionHash(rollups?: RollupPlan, root: string = join(packageRoot(), 'sql')): string {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  const sources = files.flatMap((path) => [path, readFileSync(join(root, path), 'utf8')]);
  const tables = (rollups?.tables ?? []).map(({ name }) => name);
  return hashOf([BUILD_FORMAT, ...sources, ...tables]);
}
