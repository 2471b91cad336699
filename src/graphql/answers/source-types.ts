import { GraphQLSafeInt } from 'graphql-scalars';
import { ID } from 'type-graphql';
import type { Source } from '../../query/model/model.ts';
import { camelCase } from '../../query/model/names.ts';
import type { SourceRow } from '../../query/reading/answer.ts';
import type { ApiModel } from '../define.ts';
import { OutputType } from '../generated/output-type.ts';
import { DateTimeScalar } from '../scalars.ts';
import { dimensionField } from './definition-fields.ts';
import { PAGE_INFO, PageInfo } from './page-info.ts';

/** A page of the rows behind a number. */
export interface SourcePage {
  readonly id: string;
  readonly rows: readonly SourceRow[];
  readonly pageInfo: PageInfo;
}

export interface SourceTypes {
  readonly row: OutputType<SourceRow>;
  readonly page: OutputType<SourcePage>;
}

/** Makes the types of the rows behind a number, which every model shows. */
export function sourceTypes(api: ApiModel): SourceTypes {
  const { source, description } = api.model.facts.find(({ rows }) => rows === 'defines')!;
  const row = sourceRowType(api, source!, description);
  const page = new OutputType<SourcePage>('SourceRowPage', 'Rows behind a number, by time.')
    .field('id', () => ID)
    .field('rows', () => [row.target])
    .field('pageInfo', () => PageInfo, { description: PAGE_INFO });
  return { row, page };
}

function sourceRowType(api: ApiModel, source: Source, description: string): OutputType<SourceRow> {
  const row = new OutputType<SourceRow>('SourceRow', description)
    .field('id', () => ID)
    .field('at', () => DateTimeScalar, { description: 'When it was.' });
  for (const dimension of api.model.dimensions)
    if (source.dimensions.includes(dimension.name)) dimensionField(row, api, dimension, { nullable: false });
  for (const { name, description: meaning } of source.columns)
    row.field(camelCase(name), () => GraphQLSafeInt, {
      description: meaning,
      nullable: true,
      read: ({ columns }) => columns[name],
    });
  return row;
}
