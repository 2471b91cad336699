import { fieldOf } from '../../oracle/keys.ts';
import type { Selected, SelectedByKey, SelectedLevel, SelectedShare } from '../cases.ts';

const ARGUMENTS: Readonly<Record<string, string>> = {
  groupBy: '[Dimension!]! = []',
  where: 'MetricsWhere',
  having: 'MetricsHaving',
  timeRange: 'TimeRange',
  timeZone: 'TimeZone',
  orderBy: '[MetricsOrder!]! = []',
  limitBy: 'LimitBy',
  compare: '[Comparison!]! = []',
  rolling: '[Rolling!]! = []',
  custom: '[CustomMetric!]! = []',
  fill: 'Boolean! = false',
  emptyGroups: 'Boolean! = false',
  first: 'Int! = 100',
  after: 'String',
};

/** A query whose variables are the arguments of `metrics`, with a field of it for each selection. */
export function documentOf(selections: Readonly<Record<string, string>>): string {
  const variables = Object.entries(ARGUMENTS).map(([name, type]) => `$${name}: ${type}`);
  const given = Object.keys(ARGUMENTS).map((name) => `${name}: $${name}`);
  const fields = Object.entries(selections).map(
    ([alias, selection]) => `${alias}: metrics(${given.join(', ')}) { ${selection} }`,
  );
  return `query (${variables.join(', ')}) { ${fields.join(' ')} }`;
}

/** All that is selected of an answer; what takes arguments under aliases that tell them. */
export function answerSelection(groupBy: readonly string[], { rows, totals, subtotals }: Selected): string {
  const levels = subtotals.map(
    ({ by, shares, ...level }, index) =>
      `${subtotalAlias(index)}: subtotals(by: [${by.join(', ')}], first: 10000) { id totalCount pageInfo { id hasNextPage }
         rows { ${rowHead(by)} ${levelFields(level)} ${shareFields(shares)} } }`,
  );
  return `id ${rowsSelection(groupBy, rows)} ${totals ? `totals { id ${levelFields(totals)} }` : ''} ${levels.join(' ')}
    totalCount pageInfo { id hasNextPage endCursor } meta { asOf }`;
}

export function rowsSelection(groupBy: readonly string[], rows: Selected['rows']): string {
  const comparisons = rows.comparisons.map(({ key, metrics }) =>
    keyed('comparison', key, metrics, ' { current previous delta relativeChange }'),
  );
  const windows = rows.rolling.map(({ key, metrics }) => keyed('rolling', key, metrics, ''));
  return `rows { ${rowHead(groupBy)} ${levelFields(rows)} ${shareFields(rows.shares)} ${[...comparisons, ...windows].join(' ')} }`;
}

/** One page of a level. */
export function subtotalPage(by: readonly string[], first: number, after: string | undefined): string {
  const from = after === undefined ? '' : `, after: ${JSON.stringify(after)}`;
  return `page: subtotals(by: [${by.join(', ')}], first: ${first}${from}) { rows { ${rowHead(by)} } pageInfo { hasNextPage endCursor } }`;
}

function rowHead(groupBy: readonly string[]): string {
  const dimensions = groupBy.map((name) =>
    ['FIRM', 'USER'].includes(name) ? `${fieldOf(name)} { id }` : fieldOf(name),
  );
  return `id kind isPartial ${dimensions.join(' ')}`;
}

function levelFields({ metrics, custom }: SelectedLevel): string {
  return [...metrics, ...custom.map((key) => `${customAlias(key)}: custom(key: "${key}")`)].join(' ');
}

function shareFields(shares: readonly SelectedShare[]): string {
  return shares
    .map(({ of, metrics }) => `${shareAlias(of)}: share(of: [${of.join(', ')}]) { id ${metrics.join(' ')} }`)
    .join(' ');
}

function keyed(field: string, key: string, metrics: SelectedByKey['metrics'], below: string): string {
  return `${keyedAlias(field, key)}: ${field}(key: "${key}") { id isPartial ${metrics.map((name) => `${name}${below}`).join(' ')} }`;
}

export function keyedAlias(field: string, key: string): string {
  return `${field}_${key}`;
}

export function customAlias(key: string): string {
  return `custom_${key}`;
}

export function shareAlias(of: readonly string[]): string {
  return ['share', ...of].join('_');
}

export function subtotalAlias(index: number): string {
  return `level${index}`;
}
