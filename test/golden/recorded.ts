import type { ExecutionResult } from 'graphql';

/** The widest that something is written on one line. */
const WIDTH = 110;

/** What `explain` tells of one field. */
export interface Explained {
  readonly path: readonly string[];
  readonly sql: string | null;
  readonly parameters: readonly unknown[] | null;
}

/** The text of a `.json`: the answer as clients get it, or a list of them where there are several. */
export function answersText(answers: readonly ExecutionResult[]): string {
  const plain = JSON.parse(JSON.stringify(answers));
  return `${compactJson(answers.length === 1 ? plain[0] : plain)}\n`;
}

/** The text of a `.sql`; empty where there is no statement. */
export function statementsText(explained: readonly Explained[]): string {
  const texts = explained.flatMap(({ path, sql, parameters }) => {
    if (sql === null) return [];
    const values = (parameters ?? []).map((value, index) => `-- $${index + 1} = ${JSON.stringify(value)}\n`);
    return [`-- ${path.join('.')}\n${values.join('')}${broken(sql)}\n`];
  });
  return texts.join('\n');
}

/** JSON whose small parts stay on one line, so that a row of an answer reads as a row. */
function compactJson(value: unknown, indent = ''): string {
  const line = JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
  if (typeof value !== 'object' || value === null || indent.length + line.length <= WIDTH) return line;
  const inner = `${indent}  `;
  const items = Array.isArray(value)
    ? value.map((item) => compactJson(item, inner))
    : Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${compactJson(item, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${items.map((item) => `${inner}${item}`).join(',\n')}\n${indent}${close}`;
}

/** In lines, so that a change shows where it is. */
function broken(sql: string): string {
  return sql.replaceAll(/(?<=\S) (union all|from \(select|group by|where) /g, '\n  $1 ');
}
