import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { PLANTED } from '../properties/planted.ts';

it.each(PLANTED)('$name still has its one place in $file', ({ file, edits }) => {
  for (const [find, replace] of edits) {
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
    expect(replace).not.toBe(find);
  }
});
