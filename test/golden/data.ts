import { readFileSync } from 'node:fs';
import type { Source } from '../../src/pipeline/import/index.ts';
import { csv } from '../support/csv.ts';

/** The files of an import, as they stand in the README beside this file. */
export function shownData(): Record<'events' | 'users' | 'firms', Source> {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const shown = (name: string) => {
    const [, content] = new RegExp(`\`\`\`csv ${name}\n(.*?)\`\`\``, 's').exec(readme) ?? [];
    if (content === undefined) throw new Error(`README.md shows no ${name}.`);
    return csv(`${name}.csv`, content);
  };
  return { events: shown('events'), users: shown('users'), firms: shown('firms') };
}
