import { relative } from 'node:path';
import type { Plugin } from 'vitest/config';
import { PLANTED } from './planted.ts';

/** Puts a fault into the source as it is loaded; the files stay as they are. */
export function plant(name: string): Plugin {
  const planted = PLANTED.find((each) => each.name === name);
  if (!planted) throw new Error(`There is no planted fault ${JSON.stringify(name)}.`);
  const { file, edits } = planted;
  return {
    name: 'planted-fault',
    enforce: 'pre',
    transform(code, id) {
      if (relative(process.cwd(), id.split('?')[0]!) !== file) return undefined;
      return edits.reduce((text, [find, replace]) => {
        if (text.split(find).length !== 2) throw new Error(`${file} has not exactly one place for: ${name}.`);
        return text.replace(find, () => replace);
      }, code);
    },
  };
}
