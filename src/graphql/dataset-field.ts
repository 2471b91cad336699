import { GraphQLSafeInt } from 'graphql-scalars';
import { Ctx, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import type { OperationContext } from './context.ts';
import { DateTimeScalar } from './scalars.ts';

@ObjectType({ simpleResolvers: true, description: 'How many rows of a table hold at the served version.' })
class TableRows {
  @Field(() => String)
  table!: string;

  @Field(() => GraphQLSafeInt)
  rows!: number;
}

@ObjectType({ simpleResolvers: true, description: 'The data that are served.' })
class Dataset {
  @Field(() => ID)
  id!: string;

  @Field(() => GraphQLSafeInt, { description: 'The version of the data; 0 before the first build.' })
  dataVersion!: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Up to when the data reach.' })
  asOf?: string | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'The first event.' })
  firstEventAt?: string | undefined;

  @Field(() => Boolean, { nullable: true, description: 'Whether the events have times of day.' })
  hasTimes?: boolean | undefined;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the version was published.' })
  builtAt?: string | undefined;

  @Field(() => GraphQLSafeInt, { nullable: true, description: 'How long its build took, in milliseconds.' })
  buildDurationMs?: number | undefined;

  @Field(() => [TableRows])
  rowCounts!: readonly TableRows[];
}

@Resolver()
export class DatasetResolver {
  @Query(() => Dataset, {
    nullable: true,
    description: 'The data that are served: version, as-of, row counts, last build.',
  })
  dataset(@Ctx() { served }: OperationContext): Dataset {
    const { version, record } = served;
    return {
      id: `dataset:${version}`,
      dataVersion: version,
      asOf: record?.asOf,
      firstEventAt: record?.firstEventAt,
      hasTimes: record?.hasTimes,
      builtAt: record?.publishedAt,
      buildDurationMs: record?.durationMs,
      rowCounts: Object.entries(record?.rowCounts ?? {}).map(([table, rows]) => ({ table, rows })),
    };
  }
}
