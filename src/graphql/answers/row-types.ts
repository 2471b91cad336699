import { Float, ID } from 'type-graphql';
import { Catalog } from '../../query/catalog.ts';
import type { Model } from '../../query/model/model.ts';
import { camelCase } from '../../query/model/names.ts';
import type { AnswerRow, Change, Changes, Values, WindowValues } from '../../query/reading/answer.ts';
import { shareKey } from '../../query/resolve/values.ts';
import type { ApiModel } from '../define.ts';
import { dimensionEnum, RowKind } from '../enums.ts';
import type { Argument } from '../generated/field.ts';
import { OutputType } from '../generated/output-type.ts';
import { dimensionField, documented, metricFields, stated } from './definition-fields.ts';
import { readRowSources } from './row-sources.ts';
import type { SourceTypes } from './source-types.ts';

const ID_MEANING = 'Opaque; equal for the same part of the same question at the same data version.';
export const identified = { description: ID_MEANING };

const KEY: readonly Argument[] = [{ name: 'key', of: () => String }];

/** What is read of a row with totals of its own: its id, metrics and custom metrics. */
type Totals = { readonly id: string; readonly metrics: Values; readonly custom: Values };

/** The types of rows and of totals, with what hangs on them. */
export interface RowTypes {
  readonly row: OutputType<AnswerRow>;
  readonly totals: OutputType<Totals>;
  readonly all: readonly OutputType<never>[];
}

/** Makes the types of rows from a model; `source` are those of the rows behind a number. */
export function rowTypes(api: ApiModel, source: SourceTypes): RowTypes {
  const { model } = api;
  const changes = changesTypes(model);
  const values = windowType(model);
  const shares = sharesType(model);
  const row = new OutputType<AnswerRow>('MetricsRow', 'One group of an answer.')
    .field('id', () => ID, identified)
    .field('kind', () => RowKind, { description: 'What the row stands for.' });
  for (const dimension of model.dimensions) dimensionField(row, api, dimension, { nullable: true });
  ownMetrics(row, model);
  row
    .field('isPartial', () => Boolean, {
      description:
        'Whether the time of the row ends after as-of, or is cut by the range: what its grouped periods have in common, or without any the range.',
    })
    .field('comparison', () => changes.changes.target, {
      nullable: true,
      description: 'Beside an earlier period, as an item of `compare` says.',
      args: KEY,
      read: ({ comparisons }, { key }: { key: string }) => comparisons[key],
    })
    .field('rolling', () => values.target, {
      nullable: true,
      description: "Over a window that ends with the row's period, as an item of `rolling` says.",
      args: KEY,
      read: ({ rolling }, { key }: { key: string }) => rolling[key],
    })
    .field('share', () => shares.target, {
      nullable: true,
      description: 'Its part of all rows, or of those that agree with it in the dimensions given.',
      args: [{ name: 'of', of: () => [dimensionEnum(model)], defaultValue: [] }],
      read: (each, { of }: { of: readonly string[] }) => each.shares[shareKey(of)],
    });
  readRowSources(row, source);
  const totals = new OutputType<Totals>(
    'MetricsTotals',
    'All rows of the question taken together, computed from base rows.',
  ).field('id', () => ID, identified);
  ownMetrics(totals, model);
  return { row, totals, all: [row, totals, changes.changes, changes.change, values, shares] };
}

/** The metrics of the model and of the request. */
function ownMetrics<Source extends Totals>(type: OutputType<Source>, model: Model): void {
  const catalog = new Catalog(model);
  metricFields(type, model, {
    isNullable: (metric) => catalog.isNullable(metric),
    state: documented,
  });
  type.field('custom', () => Float, {
    nullable: true,
    description: 'A metric of the request itself, as an item of `custom` says.',
    args: KEY,
    read: ({ custom }, { key }: { key: string }) => custom[key],
  });
}

function changesTypes(model: Model) {
  const change = new OutputType<Change>('MetricChange', 'A metric beside its value in an earlier period.')
    .field('id', () => ID, identified)
    .field('current', () => Float, { nullable: true })
    .field('previous', () => Float, { nullable: true })
    .field('delta', () => Float, {
      nullable: true,
      description: 'current − previous; null where either is.',
    })
    .field('relativeChange', () => Float, {
      nullable: true,
      description: 'delta ÷ previous; null on null or zero.',
    });
  const changes = new OutputType<Changes>('MetricChanges', 'A row beside an earlier period.')
    .field('id', () => ID, identified)
    .field('isPartial', () => Boolean, {
      description: 'Whether the row is, or the earlier period begins before the data do.',
    });
  for (const metric of model.metrics) {
    const { name } = metric;
    changes.field(camelCase(name), () => change.target, {
      ...stated(metric),
      read: ({ metrics }) => metrics[name],
    });
  }
  return { change, changes };
}

function windowType(model: Model): OutputType<WindowValues> {
  const values = new OutputType<WindowValues>('MetricValues', 'Metrics over a window of time.')
    .field('id', () => ID, identified)
    .field('isPartial', () => Boolean, {
      description: 'Whether the window begins before the data do, or ends before its period or after as-of.',
    });
  metricFields(values, model, { isNullable: () => true, state: stated });
  return values;
}

function sharesType(model: Model): OutputType<AnswerRow['shares'][string]> {
  const shares = new OutputType<AnswerRow['shares'][string]>(
    'MetricShares',
    'Parts of a whole, from 0 to 1; null where the whole is 0.',
  ).field('id', () => ID, identified);
  for (const metric of model.metrics.filter(({ kind }) => kind === 'additive')) {
    const { name } = metric;
    shares.field(camelCase(name), () => Float, {
      ...stated(metric),
      nullable: true,
      read: ({ metrics }) => metrics[name],
    });
  }
  return shares;
}
