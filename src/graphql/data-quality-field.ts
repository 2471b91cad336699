import { GraphQLJSON, GraphQLSafeInt } from 'graphql-scalars';
import { Ctx, Field, ID, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import type { OperationContext } from './context.ts';

const Severity = { ERROR: 'ERROR', WARNING: 'WARNING', INFO: 'INFO' } as const;
registerEnumType(Severity, {
  name: 'CheckSeverity',
  description: 'What a finding means.',
  valuesConfig: {
    ERROR: { description: 'The numbers are wrong; a build fails on it unless told otherwise.' },
    WARNING: { description: 'Worth a look: the numbers may mislead.' },
    INFO: { description: 'Worth knowing when reading the numbers.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'One check of the data, and what it found.' })
class Check {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => Severity)
  severity!: string;

  @Field(() => String)
  description!: string;

  @Field(() => GraphQLSafeInt, { description: 'Number of rows found; 0 is a pass.' })
  rows!: number;

  @Field(() => GraphQLJSON, { description: 'Up to five of the rows.' })
  sample!: unknown;

  @Field(() => String, { description: 'What to do about it.' })
  advice!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'What the checks found when the served version was built.',
})
class DataQualityReport {
  @Field(() => ID)
  id!: string;

  @Field(() => GraphQLSafeInt)
  version!: number;

  @Field(() => [Check], { description: 'Worst first; those that found something before those that did not.' })
  checks!: readonly Check[];
}

const ORDER = Object.keys(Severity);

@Resolver()
export class DataQualityResolver {
  @Query(() => DataQualityReport, {
    nullable: true,
    description: 'What the checks found when the served version was built.',
  })
  async dataQuality(@Ctx() { engine, version }: OperationContext): Promise<DataQualityReport> {
    const found = await engine.prisma.checkResult.findMany({ where: { version }, omit: { byMonth: true } });
    const checks = found.map(({ rows, ...check }) => ({
      id: `check:${version}:${check.name}`,
      rows: Number(rows),
      ...check,
    }));
    const rank = (check: Check) => (check.rows > 0 ? 0 : ORDER.length) + ORDER.indexOf(check.severity);
    return {
      id: `data-quality:${version}`,
      version,
      checks: checks.sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1)),
    };
  }
}
