import { expect, it } from 'vitest';
import type { ApiModel } from '../../../src/graphql/define.ts';
import { model as lawFirms } from '../../../src/model/index.ts';
import type { Dimension } from '../../../src/query/model/model.ts';
import { camelCase, screamingCase } from '../../../src/query/model/names.ts';
import { shop } from '../../other-model/shop/index.ts';
import { ask } from './ask.ts';

const NOTHING_FOUND = { engine: { read: async () => [] } };

/** A value that every dimension of a kind takes: the day begins a week and a year. */
function sampleOf(dimension: Dimension): string {
  switch (dimension.kind) {
    case 'time':
    case 'period':
      return '"2024-01-01"';
    case 'enum':
    case 'band':
      return dimension.values[0]!.name;
    case 'entity':
      return '"1"';
    default:
      return dimension.kind === 'boolean' ? 'true' : '1';
  }
}

/** The ways to ask for a metric by a dimension, beside the periods that it must be grouped by. */
const WAYS = {
  grouped: (groups: readonly string[], name: string) => `groupBy: [${distinct([...groups, name])}]`,
  filtered: (groups: readonly string[], _: string, filter: string) => `groupBy: [${groups}], ${filter}`,
  both: (groups: readonly string[], name: string, filter: string) =>
    `groupBy: [${distinct([...groups, name])}], ${filter}`,
};

const distinct = (names: readonly string[]) => [...new Set(names)];

interface Told {
  readonly field: string;
  readonly name: string;
  readonly needs: readonly string[];
  readonly validDimensions: readonly string[];
  readonly validGrains: readonly string[];
  readonly filtersOnlyGroupedPeriods: boolean;
}

async function catalogOf(api: ApiModel): Promise<readonly Told[]> {
  const fields = 'field name needs validDimensions validGrains filtersOnlyGroupedPeriods';
  const { data } = await ask(`{ catalog { metrics { ${fields} } } }`, { api });
  return data.catalog.metrics;
}

/** Names of dimensions by which a metric is answered, by the way they are asked. */
async function accepted(api: ApiModel, { field, needs }: Told) {
  const asked = api.model.dimensions.flatMap((dimension) => {
    const name = screamingCase(dimension.name);
    const filter = `where: {${camelCase(dimension.name)}: {eq: ${sampleOf(dimension)}}}`;
    return Object.entries(WAYS).map(
      ([way, args]) => `${way}_${name}: metrics(${args(needs, name, filter)}) { rows { ${field} } }`,
    );
  });
  const { data, errors = [] } = await ask(`{ ${asked.join('\n')} }`, { api, ...NOTHING_FOUND });
  const reasons = new Set(errors.map(({ extensions }) => extensions.reason));
  const names = (way: string) =>
    Object.entries(data).flatMap(([alias, answer]) =>
      answer !== null && alias.startsWith(`${way}_`) ? [alias.slice(way.length + 1)] : [],
    );
  return { reasons, grouped: names('grouped'), filtered: names('filtered'), both: names('both') };
}

it.each([
  ['the law firms', lawFirms],
  ['the shop', shop],
])(
  'metrics are grouped and filtered by what the catalogue of %s says, and by nothing else',
  async (_, api) => {
    const metrics = await catalogOf(api);
    const limited = metrics.filter(({ filtersOnlyGroupedPeriods }) => filtersOnlyGroupedPeriods);
    expect(limited).not.toHaveLength(0);
    expect(limited).not.toHaveLength(metrics.length);
    const grains = api.model.dimensions.flatMap(({ kind, name }) =>
      kind === 'time' ? [screamingCase(name)] : [],
    );
    for (const metric of metrics) {
      const { validDimensions: valid, filtersOnlyGroupedPeriods: isLimited, needs } = metric;
      // Months tell in which quarter and year they are.
      const told = needs.includes('MONTH') ? ['MONTH', 'QUARTER', 'YEAR'] : needs;
      const { reasons, ...asked } = await accepted(api, metric);
      expect({ metric: metric.name, ...asked }).toEqual({
        metric: metric.name,
        grouped: valid,
        filtered: valid.filter((name) => !isLimited || !grains.includes(name) || told.includes(name)),
        both: valid,
      });
      expect(metric.validGrains).toEqual(valid.filter((name) => grains.includes(name)));
      for (const reason of reasons)
        expect(['METRIC_NOT_AT_DIMENSION', 'METRIC_NEEDS_PERIOD_OF_FILTER']).toContain(reason);
    }
  },
);
