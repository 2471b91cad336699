import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { hashOf } from './sql-files.ts';

/** Raised when a build makes other marts from the same SQL. */
const BUILD_FORMAT = '1';

/** Hash of everything that decides what a build makes: a version with another one should be built anew. */
export function definitionHash(root: string = join(packageRoot(), 'sql')): string {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.sql'))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  return hashOf([BUILD_FORMAT, ...files.flatMap((path) => [path, readFileSync(join(root, path), 'utf8')])]);
}
