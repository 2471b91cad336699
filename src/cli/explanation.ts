import { plain, table } from './table.ts';

/** How one field would be answered, as `explain` gives it. */
export interface Explanation {
  readonly path: readonly string[];
  readonly plan: unknown;
  readonly tables: readonly {
    readonly level: string;
    readonly fact: string;
    readonly relation: string;
    readonly windows: string | null;
    readonly rejected: readonly { readonly relation: string; readonly reason: string }[];
  }[];
  readonly sql: string | null;
  readonly parameters: readonly unknown[] | null;
  readonly databasePlan?: unknown;
}

/** An explanation for people. */
export function describeExplanation(explanation: Explanation): string {
  const { path, plan, sql, databasePlan } = explanation;
  const sections = [
    ['Plan', plan === null ? '' : JSON.stringify(plan, null, 2)],
    ['Tables', describeTables(explanation)],
    ['SQL', sql === null ? 'None is needed.' : lines(sql)],
    ['Parameters', describeParameters(explanation)],
    ["The database's plan", databasePlan === undefined ? '' : JSON.stringify(databasePlan, null, 2)],
  ];
  const told = sections
    .filter(([, text]) => text !== '')
    .map(([title, text]) => `${title}\n${indented(text!)}`);
  return `${plain(path.join('.'))}\n\n${told.join('\n\n')}\n`;
}

function describeTables({ tables }: Explanation): string {
  if (tables.length === 0) return '';
  const rows = tables.map(({ level, fact, relation, windows, rejected }) => [
    ...[level, windows, fact, relation],
    rejected.map(({ relation: name, reason }) => `not ${name}: ${reason}`).join('; ') || 'the smallest',
  ]);
  return table(['level', 'windows', 'fact', 'table', 'why'], rows).trimEnd();
}

function describeParameters({ parameters }: Explanation): string {
  return (parameters ?? [])
    .map((value, index) => `$${index + 1}  ${plain(JSON.stringify(value))}`)
    .join('\n');
}

/** Only its line breaks may steer the terminal. */
function lines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
