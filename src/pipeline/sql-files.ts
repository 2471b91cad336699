import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';

/** One file under `sql/`: a view or a check. */
export interface SqlFile {
  /** The folder below `sql/`. */
  readonly folder: string;
  /** The file's name without `.sql`. */
  readonly name: string;
  /** The comment lines at its head, without the dashes. */
  readonly header: readonly string[];
  /** The select below the header. */
  readonly body: string;
}

/**
 * The files of one folder below `sql/`, by name.
 * @throws Error naming a file whose name is no identifier, or that has no header or no select
 */
export function readSqlFolder(folder: string, root: string = join(packageRoot(), 'sql')): SqlFile[] {
  return readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) =>
      parse(folder, file.slice(0, -'.sql'.length), readFileSync(join(root, folder, file), 'utf8')),
    );
}

/** @internal for tests: what {@link readSqlFolder} makes of one file's text. */
export function parse(folder: string, name: string, text: string): SqlFile {
  const where = `sql/${folder}/${name}.sql`;
  if (!/^[a-z][a-z0-9_]*$/.test(name))
    throw new Error(`${where}: the name of a file names its view or check; expected lower_case words.`);
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  const header = lines.slice(0, Math.max(end, 0)).map((line) => line.replace(/^-- ?/, '').trimEnd());
  const body = end < 0 ? '' : lines.slice(end).join('\n').trim();
  if (header.length === 0)
    throw new Error(`${where} begins without a comment; say there what it holds (“-- …”).`);
  if (!/^(with|select)\b/.test(body) || body.includes(';'))
    throw new Error(`${where}: expected one select without a semicolon after the comment at its head.`);
  return { folder, name, header, body };
}

/** A hash of the texts given, in order; 16 hexadecimal digits. */
export function hashOf(texts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  return hash.digest('hex').slice(0, 16);
}
