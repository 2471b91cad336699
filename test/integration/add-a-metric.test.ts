import { printSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiModel } from '../../src/graphql/define.ts';
import { buildApiSchema } from '../../src/graphql/schema.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { shownData } from '../golden/data.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { editedModel, shownEdits } from '../support/model-copy.ts';

const edits = shownEdits();
let edited: ApiModel;

beforeAll(async () => {
  edited = await editedModel(edits);
});

describe('a metric and a dimension, added as the README shows it', () => {
  it('are five lines and four, each in one file of the model', () => {
    expect(edits.map(({ file, added }) => [file, added.length])).toEqual([
      ['src/model/metrics/queries.ts', 5],
      ['src/model/dimensions/event.ts', 4],
    ]);
  });

  it('are in the schema wherever metrics and dimensions are', () => {
    const schema = printSchema(buildApiSchema(edited));
    const fieldsOf = (type: string) =>
      new RegExp(`^(?:type|input|enum) ${type} .*?^}`, 'ms').exec(schema)?.[0];
    expect(fieldsOf('Metric')).toContain('VAULT_SHARE');
    expect(fieldsOf('MetricsHaving')).toContain('vaultShare: NumberFilter');
    for (const type of ['MetricsTotals', 'MetricValues'])
      expect(fieldsOf(type)).toContain('vaultShare: Float');
    expect(fieldsOf('MetricChanges')).toContain('vaultShare: MetricChange');
    expect(fieldsOf('MetricsRow')).toMatch(/^ {2}vaultShare: Float$/m);
    expect(fieldsOf('MetricsRow')).toMatch(/^ {2}feedbackScore: Int$/m);
    expect(fieldsOf('Dimension')).toContain('FEEDBACK_SCORE');
    expect(fieldsOf('MetricsWhere')).toContain('feedbackScore: IntFilter');
  });
});

describeEngines('an edited model', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    await importFiles(fixture.engine, shownData(), quiet);
    await build(fixture.engine, { progress: quiet });
    api = await openApi(fixture.engine, edited);
  });
  afterAll(() => api?.close());

  it('answers by what was added', async () => {
    const { metrics } = await api.ask(`{ metrics(groupBy: [FEEDBACK_SCORE]) {
      rows { feedbackScore numQueries vaultShare } totals { vaultShare }
    } }`);
    expect(metrics).toEqual({
      rows: [
        { feedbackScore: 1, numQueries: 1, vaultShare: 0 },
        { feedbackScore: 2, numQueries: 2, vaultShare: 0 },
        { feedbackScore: 3, numQueries: 3, vaultShare: 2 / 3 },
        { feedbackScore: 4, numQueries: 5, vaultShare: 0.4 },
        { feedbackScore: 5, numQueries: 4, vaultShare: 0.25 },
      ],
      totals: { vaultShare: 5 / 15 },
    });
  });

  it('filters and sorts by it, and compares it with other periods', async () => {
    const { metrics } = await api.ask(`{ metrics(
      groupBy: [MONTH]
      where: {feedbackScore: {gte: 4}}
      compare: [{key: "before"}]
      having: {vaultShare: {gt: 0}}
      orderBy: [{metric: {name: VAULT_SHARE, direction: DESC}}]
    ) { rows { month vaultShare comparison(key: "before") { vaultShare { previous delta } } } } }`);
    const row = (month: string, vaultShare: number, previous: number) => {
      return { month, vaultShare, comparison: { vaultShare: { previous, delta: vaultShare - previous } } };
    };
    expect(metrics.rows).toEqual([row('2024-04-01', 1, 0), row('2024-02-01', 0.5, 0)]);
  });

  it('tells of it in the catalogue', async () => {
    const { catalog } = await api.ask(`{ catalog {
      metric(name: "vault_share") { label kind formula unit lineage validDimensions }
      dimension(name: "feedback_score") { label kind description }
      other: metric(name: "engagement_score") { validDimensions }
    } }`);
    expect(catalog.metric).toMatchObject({
      ...{ label: 'Vault share', kind: 'ratio', unit: 'share from 0 to 1' },
      formula: 'num_vault_queries ÷ num_queries',
      lineage: ['queries.num_vault_queries', 'queries.num_queries'],
    });
    expect(catalog.metric.validDimensions).toContain('FEEDBACK_SCORE');
    expect(catalog.other.validDimensions).not.toContain('FEEDBACK_SCORE');
    expect(catalog.dimension).toEqual({
      ...{ label: 'Feedback score', kind: 'integer' },
      description: 'Score that the user gave the answer, from 1 (worst) to 5 (best).',
    });
  });
});
