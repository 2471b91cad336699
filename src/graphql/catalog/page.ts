import type { Metric } from '../../query/model/model.ts';
import type { CatalogContent, CatalogDimension, CatalogMetric } from './types.ts';

/** What a reader may do with numbers of each kind. */
const KINDS: Readonly<Record<Metric['kind'], string>> = {
  additive: 'A sum or a count. Rows add up to the total.',
  ratio: 'One sum or count ÷ another, taken at the level asked. Never an average of rows.',
  'distinct count': 'Each thing counts once at the level asked, so rows may add up to more than the total.',
  mean: 'Mean over what it is of, each once, at the level asked.',
  min: 'The least at the level asked.',
  max: 'The greatest at the level asked.',
  median: 'Half of the values are at most this, interpolated.',
  percentile: 'A given share of the values is at most this, interpolated.',
  snapshot: 'What there is at the end of the period or range. Never summed over time.',
  movement: 'What changed from one period to the next. Only for each such period by itself.',
  derived: 'Computed from other metrics.',
};

/** The catalogue as a page of Markdown, for people who read before they ask. */
export function catalogPage({ metrics, dimensions }: CatalogContent): string {
  const kinds = Object.entries(KINDS).filter(([kind]) => metrics.some((metric) => metric.kind === kind));
  return `${[
    '# Metrics and dimensions',
    'Written from the model by `npm run docs`; `{ catalog { metrics { … } dimensions { … } } }` tells the same.',
    'Names are as in the catalogue: `num_queries` is the field `numQueries` and the enum value `NUM_QUERIES`.',
    table(['metric', 'what it is', 'kind', 'unit'], metrics.map(overview)),
    '## Kinds',
    table(
      ['kind', 'how it is taken together'],
      kinds.map(([kind, meaning]) => [kind, meaning]),
    ),
    '## Metrics',
    ...metrics.map((metric) => metricSection(metric, dimensions)),
    '## Dimensions',
    ...dimensions.map(dimensionSection),
  ].join('\n\n')}\n`;
}

function overview({ name, label, kind, unit }: CatalogMetric): readonly string[] {
  return [`[${name}](#${name})`, label, kind, unit];
}

function metricSection(metric: CatalogMetric, dimensions: readonly CatalogDimension[]): string {
  const { name, description, formula, kind, unit, lineage, needs, caveats, deprecation } = metric;
  const { filtersOnlyGroupedPeriods } = metric;
  const facts = [
    ['formula', formula],
    ['kind, unit', `${kind}, ${unit}`],
    ['made of', lineage.map(code).join(', ')],
    ['group and filter by', validity(metric, dimensions)],
    ...(filtersOnlyGroupedPeriods
      ? [['filter on periods', 'only those grouped by, or made of grouped ones; or else take a timeRange']]
      : []),
    ...(needs.length > 0 ? [['needs', `grouping by ${needs.map(code).join(', ')}`]] : []),
  ];
  return section(name, deprecation, description, table(['', ''], facts), bullets(caveats));
}

/** Every dimension, or the shorter of those that are valid and those that are not. */
function validity({ validDimensions }: CatalogMetric, dimensions: readonly CatalogDimension[]): string {
  const others = dimensions
    .map(({ enumValue }) => enumValue)
    .filter((name) => !validDimensions.includes(name));
  if (others.length === 0) return 'every dimension';
  return others.length < validDimensions.length
    ? `every dimension but ${others.map(code).join(', ')}`
    : validDimensions.map(code).join(', ');
}

function dimensionSection({
  name,
  label,
  description,
  kind,
  values,
  caveats,
  deprecation,
}: CatalogDimension): string {
  const rows = values.map((value) => [code(value.name), value.description]);
  const listed = rows.length > 0 ? table(['value', 'meaning'], rows) : '';
  return section(name, deprecation, `${label}, ${kind}. ${description}`, listed, bullets(caveats));
}

function section(name: string, deprecation: string | undefined, ...parts: readonly string[]): string {
  const warning = deprecation === undefined ? '' : `**Deprecated:** ${deprecation}`;
  return [`### ${name}`, warning, ...parts].filter((part) => part !== '').join('\n\n');
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function code(name: string): string {
  return `\`${name}\``;
}
