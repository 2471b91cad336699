import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize, posix } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = 'src';

/** What each folder may import besides itself: files, or whole folders. Files at the top are leaves for everyone. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  database: [],
  query: ['database/'],
  graphql: ['query/', 'database/'],
  model: ['query/define.ts', 'graphql/define.ts'],
  pipeline: ['database/'],
  http: ['graphql/', 'query/', 'model/', 'database/'],
  cli: ['http/', 'graphql/', 'query/', 'model/', 'pipeline/', 'database/', '../seeds/'],
};
const LEAVES = ['errors.ts', 'progress.ts', 'config.ts', 'package-root.ts', 'nearest.ts', 'make-folder.ts'];

/** What is in `query`, in the order of the work. */
const STAGES = [
  ...['time', 'model', 'catalog.ts', 'resolve', 'plan', 'render', 'rollup', 'reading', 'lists', 'run'],
  'define.ts',
];

interface Import {
  readonly from: string;
  readonly to: string;
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name))
    .map((entry) => posix.relative(ROOT, normalize(join(entry.parentPath, entry.name))))
    .filter((path) => !path.startsWith('database/generated/'));
}

function importsOf(path: string): Import[] {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, specifier]) => specifier!,
  );
  const local = specifiers.filter((specifier) => specifier.startsWith('.'));
  return local.map((specifier) => ({ from: path, to: posix.join(posix.dirname(path), specifier) }));
}

function isAllowed({ from, to }: Import): boolean {
  const [layer] = from.split('/') as [string];
  if (from === layer || LEAVES.includes(to) || to.startsWith(`${layer}/`)) return true;
  return (ALLOWED[layer] ?? []).some((each) => to === each || (each.endsWith('/') && to.startsWith(each)));
}

describe('the house', () => {
  it('imports only down the data flow', () => {
    const all = sources(ROOT).flatMap(importsOf);
    expect(all.length).toBeGreaterThan(200);
    expect(all.filter((each) => !isAllowed(each))).toEqual([]);
  });

  it('answers in stages, each of which imports only those before it', () => {
    const stage = (path: string) => STAGES.indexOf(path.split('/')[1]!);
    const within = sources(ROOT)
      .flatMap(importsOf)
      .filter(({ from, to }) => from.startsWith('query/') && to.startsWith('query/'));
    expect(within.filter(({ from, to }) => stage(from) < 0 || stage(to) > stage(from))).toEqual([]);
  });

  it.each([
    ['test/oracle', []],
    ['test/other-model/oracle', ['../test/other-model/data.ts']],
  ] as const)('shares nothing with the evaluators of %s that check it', (folder, data) => {
    const own = sources(folder).filter((path) => !path.endsWith('.test.ts'));
    const all = [...own, ...data].flatMap(importsOf);
    expect(all.length).toBeGreaterThan(20);
    expect(all.filter(({ to }) => ![...own, ...data].includes(to))).toEqual([]);
  });

  it('touches database drivers and Prisma adapters only in database/', () => {
    const drivers = /from '(pg|pg-copy-streams|@electric-sql\/[^']*|@prisma\/[^']*)'/;
    const outside = sources(ROOT).filter((path) => !path.startsWith('database/'));
    expect(outside.filter((path) => drivers.test(readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });

  it('knows no domain in the engine and the API', () => {
    const generic = sources(ROOT).filter((path) => /^(query|graphql)\//.test(path));
    const words = /firm|\btitle\b|engagement|lawyer|feedback/i;
    expect(generic.filter((path) => words.test(readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });
});
