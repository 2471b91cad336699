import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The folder of metricgraph's package.json, whether the sources run or the build under `dist`.
 * @throws Error when no folder above this file is the package
 */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name === 'metricgraph')
      return folder;
    if (folder === dirname(folder)) throw new Error(`No folder above ${start} is the package metricgraph.`);
  }
}
