import type { GraphQLResolveInfo } from 'graphql';
import { GraphQLSafeInt } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { dimensionValues } from '../query/lists/dimension-values.ts';
import type { Where } from '../query/resolve/request.ts';
import { PAGE_INFO, PageInfo } from './answers/page-info.ts';
import type { OperationContext } from './context.ts';
import type { ApiModel } from './define.ts';
import { dimensionEnum } from './enums.ts';
import { RootField } from './generated/root-field.ts';
import { modelInputs } from './inputs/model-inputs.ts';
import { pathOf } from './selection.ts';

@ObjectType({ simpleResolvers: true, description: 'A value of a dimension.' })
class DimensionValue {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'As a filter takes it; null for what has none.',
  })
  value!: string | null;

  @Field(() => GraphQLSafeInt, { description: 'How many events have it.' })
  count!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A page of the values of a dimension, in their order.' })
class DimensionValues {
  @Field(() => ID)
  id!: string;

  @Field(() => [DimensionValue])
  rows!: readonly DimensionValue[];

  @Field(() => GraphQLSafeInt, { description: 'Number of values of all pages.' })
  totalCount!: number;

  @Field(() => PageInfo, { description: PAGE_INFO })
  pageInfo!: PageInfo;
}

const DESCRIPTION =
  'The values that a dimension has, with the number of events of each: for menus of filters.';

interface DimensionValuesArguments {
  readonly dimension: string;
  readonly where?: Where | null;
  readonly search?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

/** The root field that lists what a dimension can be filtered by. */
export function dimensionValuesField({ model }: ApiModel): RootField<DimensionValuesArguments> {
  const args = [
    { name: 'dimension', of: () => dimensionEnum(model) },
    { name: 'where', of: () => modelInputs(model).where, nullable: true },
    {
      name: 'search',
      of: () => String,
      nullable: true,
      description: 'Part of the value as text; case does not matter, and the words of a name may be apart.',
    },
    { name: 'first', of: () => Int, defaultValue: 100 },
    { name: 'after', of: () => String, nullable: true },
  ];
  const declared = { description: DESCRIPTION, args };
  return new RootField(
    'dimensionValues',
    () => DimensionValues,
    declared,
    (...call) => values(call, false),
    (...call) => values(call, true),
  );
}

function values(
  [, args, context, info]: [unknown, DimensionValuesArguments, OperationContext, GraphQLResolveInfo],
  dryRun: boolean,
) {
  const { catalog, reader, served } = context;
  const setting = { catalog, reader, served, dryRun };
  const path = pathOf(info);
  return context.withCursor(path, () => dimensionValues(setting, args, path));
}
