import { hashOf, readSqlFolder, type SqlFile } from './sql-files.ts';

/** The folders with views, in the order of the data's flow, and the schema that each one's views are in. */
const FOLDERS = [
  { folder: 'staging', schema: 'staging' },
  { folder: 'intermediate', schema: 'intermediate' },
  { folder: 'marts', schema: 'analytics' },
] as const;

/** The schemas that hold our views and nothing else. */
export const VIEW_SCHEMAS: readonly string[] = FOLDERS.map(({ schema }) => schema);

export interface ViewDefinition {
  readonly schema: string;
  readonly name: string;
  readonly select: string;
  /** What the view means, from the file's header. */
  readonly description: string;
  /** Changes when its SQL, its description or a view that it reads changes. */
  readonly hash: string;
  /** The views that it reads, as `schema.name`. */
  readonly reads: readonly string[];
}

/**
 * Every view, each after the views that it reads.
 * @throws Error when views read one another in a circle
 */
export function viewDefinitions(root?: string): ViewDefinition[] {
  const files = FOLDERS.flatMap(({ folder, schema }) =>
    readSqlFolder(folder, root).map((file) => ({ file, schema })),
  );
  const ordered = new Map<string, ViewDefinition>();
  let waiting = files;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ file }) => references(file, waiting).length === 0);
    if (ready.length === 0) throw new Error(`These views read one another: ${waiting.map(key).join(', ')}.`);
    for (const { file, schema } of ready) {
      const view = define(
        file,
        schema,
        references(file, files).map((name) => ordered.get(name)!),
      );
      ordered.set(key({ file, schema }), view);
    }
    waiting = waiting.filter((each) => !ready.includes(each));
  }
  return [...ordered.values()];
}

/** One of our views, known as `schema.name`. */
export function definitionOf(views: readonly ViewDefinition[], known: string): ViewDefinition {
  return views.find(({ schema, name }) => `${schema}.${name}` === known)!;
}

interface Placed {
  readonly file: SqlFile;
  readonly schema: string;
}

function key({ file, schema }: Placed): string {
  return `${schema}.${file.name}`;
}

function references(file: SqlFile, among: readonly Placed[]): string[] {
  const words = new Set(file.body.match(/\b[a-z]+\.[a-z][a-z0-9_]*/g));
  return among.map(key).filter((name) => words.has(name));
}

function define(file: SqlFile, schema: string, read: readonly ViewDefinition[]): ViewDefinition {
  const { name, body: select } = file;
  const description = file.header.join('\n').trim();
  const hash = hashOf([schema, name, select, description, ...read.map((view) => view.hash)]);
  return {
    schema,
    name,
    select,
    description,
    hash,
    reads: read.map((view) => `${view.schema}.${view.name}`),
  };
}
