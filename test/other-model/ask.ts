import type { Data, TestApi } from '../support/api.ts';
import { fieldOf, type Keys, type Request, type Row } from './oracle/request.ts';

const DECLARED = `
  $groupBy: [Dimension!]!, $where: MetricsWhere, $having: MetricsHaving, $timeRange: TimeRange, $timeZone: TimeZone,
  $orderBy: [MetricsOrder!]!, $limitBy: LimitBy, $compare: [Comparison!]!, $rolling: [Rolling!]!,
  $custom: [CustomMetric!]!, $fill: Boolean!, $emptyGroups: Boolean!`;
const PASSED = DECLARED.replace(/\$(\w+): [^,]+/g, '$1: $$$1');

/** What is selected, by GraphQL field. */
export interface Wanted {
  readonly rows: readonly string[];
  readonly totals: readonly string[];
  readonly subtotals: readonly { readonly by: readonly string[]; readonly metrics: readonly string[] }[];
  /** Of each row, of additive metrics. */
  readonly shares: readonly { readonly of: readonly string[]; readonly metrics: readonly string[] }[];
}

type Level = Pick<Row, 'kind' | 'keys' | 'metrics' | 'custom' | 'isPartial'>;

/** An answer in the shape of the oracle's. */
export interface Answered {
  readonly rows: readonly (Row & { readonly shares: readonly Row['metrics'][] })[];
  readonly totals: Pick<Row, 'metrics' | 'custom'>;
  readonly subtotals: readonly (readonly Level[])[];
  readonly totalCount: number;
}

/** Asks for everything wanted of a request at once, as one page. */
export async function ask(api: TestApi, request: Request, wanted: Wanted): Promise<Answered> {
  const variables = {
    ...{ groupBy: [], orderBy: [], compare: [], rolling: [], custom: [], fill: false, emptyGroups: false },
    ...request,
  };
  const { metrics } = await api.ask(documentOf(request, wanted), variables);
  return {
    rows: metrics.rows.map((row: Data) => rowOf(row, request, wanted)),
    totals: { metrics: pick(metrics.totals, wanted.totals), custom: customOf(metrics.totals, request) },
    subtotals: wanted.subtotals.map(({ by, metrics: names }, index) =>
      metrics[`subtotals${index}`].rows.map((row: Data) => levelOf(row, by, names, request)),
    ),
    totalCount: metrics.totalCount,
  };
}

function documentOf(request: Request, { rows, totals, subtotals, shares }: Wanted): string {
  const { groupBy = [], compare = [], rolling = [], custom = [] } = request;
  const dimensions = (names: readonly string[]) =>
    names
      .map(fieldOf)
      .map((name) => ENTITIES[name] ?? name)
      .join(' ');
  const customs = custom.map(({ key }) => `custom_${key}: custom(key: "${key}")`).join(' ');
  const changes = rows.map((name) => `${name} { current previous delta relativeChange }`).join(' ');
  const comparisons = compare.map(
    ({ key }) => `compare_${key}: comparison(key: "${key}") { isPartial ${changes} }`,
  );
  const windows = rolling.map(
    ({ key }) => `rolling_${key}: rolling(key: "${key}") { isPartial ${rows.join(' ')} }`,
  );
  const parts = shares.map(
    ({ of, metrics }, index) => `share${index}: share(of: [${of}]) { ${metrics.join(' ')} }`,
  );
  const levels = subtotals.map(
    ({ by, metrics }, index) =>
      `subtotals${index}: subtotals(by: [${by}], first: 1000) { rows { kind isPartial ${dimensions(by)} ${metrics.join(' ')} ${customs} } }`,
  );
  return `query (${DECLARED}) { metrics(${PASSED}, first: 1000) {
    rows { kind isPartial ${dimensions(groupBy)} ${rows.join(' ')} ${customs} ${[...comparisons, ...windows, ...parts].join(' ')} }
    totals { ${totals.join(' ')} ${customs} } totalCount ${levels.join(' ')}
  } }`;
}

const ENTITIES: Readonly<Record<string, string>> = { store: 'store { id }', product: 'product { id }' };

function rowOf(row: Data, request: Request, { rows, shares }: Wanted): Answered['rows'][number] {
  const { groupBy = [], compare = [], rolling = [] } = request;
  const below = (prefix: string, keys: readonly { key: string }[]) =>
    Object.fromEntries(
      keys.map(({ key }) => {
        const made = row[`${prefix}_${key}`];
        return [key, made && { isPartial: made.isPartial, metrics: pick(made, rows) }];
      }),
    );
  return {
    ...levelOf(row, groupBy, rows, request),
    comparisons: below('compare', compare),
    rolling: below('rolling', rolling),
    shares: shares.map(({ metrics }, index) => pick(row[`share${index}`], metrics)),
  };
}

function levelOf(row: Data, by: readonly string[], metrics: readonly string[], request: Request): Level {
  const { kind, isPartial } = row;
  return {
    kind,
    isPartial,
    keys: keysOf(row, by),
    metrics: pick(row, metrics),
    custom: customOf(row, request),
  };
}

function keysOf(row: Data, by: readonly string[]): Keys {
  return Object.fromEntries(
    by.map(fieldOf).map((name) => {
      const id = name in ENTITIES ? (row[name]?.id ?? null) : row[name];
      return [name, name === 'store' && id !== null ? Number(id) : id];
    }),
  );
}

function customOf(row: Data, { custom = [] }: Request): Row['custom'] {
  return Object.fromEntries(custom.map(({ key }) => [key, row[`custom_${key}`]]));
}

function pick<T>(from: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(names.map((name) => [name, from[name]!]));
}

/** Numbers to nine decimals: the oracle's are doubles all the way. */
export function rounded<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_, each) => (typeof each === 'number' ? Math.round(each * 1e9) / 1e9 : each)),
  ) as T;
}
