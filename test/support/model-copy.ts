import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiModel } from '../../src/graphql/define.ts';
import { packageRoot } from '../../src/package-root.ts';

/** A diff as the README shows it: which file, the line before, and the lines that are added after it. */
export interface Edit {
  readonly file: string;
  readonly after: string;
  readonly added: readonly string[];
}

/** The diffs of the README, in their order. */
export function shownEdits(): readonly Edit[] {
  const readme = readFileSync(join(packageRoot(), 'README.md'), 'utf8');
  return [...readme.matchAll(/```diff\n--- (.*)\n (.*)\n((?:\+.*\n)+)```/g)].map(
    ([, file, after, added]) => ({
      file: file!,
      after: after!,
      added: added!
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(1)),
    }),
  );
}

/** The model as it is with these edits, made in a copy of its files that uses the same engine. */
export async function editedModel(edits: readonly Edit[]): Promise<ApiModel> {
  const root = packageRoot();
  const copy = mkdtempSync(join(tmpdir(), 'metricgraph-model-'));
  try {
    cpSync(join(root, 'src/model'), join(copy, 'src/model'), { recursive: true });
    for (const shared of ['src/query', 'src/graphql', 'node_modules', 'tsconfig.json'])
      symlinkSync(join(root, shared), join(copy, shared));
    for (const edit of edits) apply(edit, copy);
    const { model } = await import(join(copy, 'src/model/index.ts'));
    return model;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function apply({ file, after, added }: Edit, folder: string): void {
  const path = join(folder, file);
  const lines = readFileSync(path, 'utf8').split('\n');
  const at = lines.indexOf(after);
  if (at < 0 || lines.lastIndexOf(after) !== at) throw new Error(`${file} does not have once: ${after}`);
  writeFileSync(path, lines.toSpliced(at + 1, 0, ...added).join('\n'));
}
