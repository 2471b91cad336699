import { GraphQLSafeInt } from 'graphql-scalars';
import { ID, Int } from 'type-graphql';
import type { Model } from '../../query/model/model.ts';
import type { AnswerPage } from '../../query/reading/answer.ts';
import { canonicalKey } from '../canonical-key.ts';
import type { ApiModel } from '../define.ts';
import { dimensionEnum } from '../enums.ts';
import { OutputType } from '../generated/output-type.ts';
import { ResultMeta } from './meta.ts';
import { PAGE_INFO, PageInfo } from './page-info.ts';
import { identified, type RowTypes, rowTypes } from './row-types.ts';
import { type SourceTypes, sourceTypes } from './source-types.ts';

/** What the fields of a metrics answer are read from. */
export interface Result extends AnswerPage {
  readonly totals: object;
  readonly meta: ResultMeta;
  /** By {@link canonicalKey} of the field's arguments. */
  readonly subtotals: ReadonlyMap<string, AnswerPage>;
}

/** The types of answers, made from a model. */
export interface AnswerTypes {
  readonly result: OutputType<Result>;
  readonly source: SourceTypes;
  readonly all: readonly OutputType<never>[];
}

const made = new WeakMap<Model, AnswerTypes>();

/** Builds the types of answers, once per model. */
export function answerTypes(api: ApiModel): AnswerTypes {
  const known = made.get(api.model);
  if (known) return known;
  const source = sourceTypes(api);
  const rows = rowTypes(api, source);
  const page = pageType(rows);
  const result = resultType(api, rows, page);
  const all = [...rows.all, page, result, source.row, source.page];
  const types = { result, source, all };
  made.set(api.model, types);
  return types;
}

function pageType({ row }: RowTypes): OutputType<AnswerPage> {
  return new OutputType<AnswerPage>('MetricsRows', 'A page of rows of a coarser level.')
    .field('id', () => ID, identified)
    .field('rows', () => [row.target])
    .field('totalCount', () => GraphQLSafeInt, { description: 'Number of rows of all pages.' })
    .field('pageInfo', () => PageInfo, { description: PAGE_INFO });
}

function resultType(
  { model }: ApiModel,
  { row, totals }: RowTypes,
  page: OutputType<AnswerPage>,
): OutputType<Result> {
  return new OutputType<Result>('MetricsResult', 'A page of rows, with their totals.')
    .field('id', () => ID, identified)
    .field('rows', () => [row.target], { description: 'The groups of this page.' })
    .field('totals', () => totals.target, {
      description: 'All rows taken together, computed from base rows; not the sum of rows.',
    })
    .field('totalCount', () => GraphQLSafeInt, { description: 'Number of rows of all pages.' })
    .field('pageInfo', () => PageInfo, { description: PAGE_INFO })
    .field('subtotals', () => page.target, {
      description:
        'The rows taken together by fewer dimensions, computed from base rows. Comparisons, rolling windows and source rows are of the rows alone.',
      args: [
        { name: 'by', of: () => [dimensionEnum(model)], description: 'Some of the grouped dimensions.' },
        { name: 'first', of: () => Int, defaultValue: 100 },
        { name: 'after', of: () => String, nullable: true },
      ],
      read: ({ subtotals }, args: Readonly<Record<string, unknown>>) => subtotals.get(canonicalKey(args)),
    })
    .field('meta', () => ResultMeta, { description: 'How the answer came about.' });
}
