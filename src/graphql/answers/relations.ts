import { Field, ID, ObjectType } from 'type-graphql';
import type { Plan } from '../../query/plan/plan.ts';
import { hash } from '../../query/reading/identity.ts';

@ObjectType({ simpleResolvers: true, description: 'A smaller table that could not have answered exactly.' })
class RejectedRelation {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  relation!: string;

  @Field(() => String)
  reason!: string;
}

@ObjectType({ simpleResolvers: true, description: 'The table that answered for one fact at one level.' })
export class AnsweringRelation {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    description: '`rows`, `other`, `totals`, or `subtotals_0` and so on, in their order.',
  })
  level!: string;

  @Field(() => String)
  fact!: string;

  @Field(() => String)
  relation!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The windows of time that it is read for, or part of them where several tables share them; null for the time asked itself.',
  })
  windows!: string | undefined;

  @Field(() => [RejectedRelation], { description: 'Smaller tables, and why they could not answer.' })
  rejected!: readonly RejectedRelation[];
}

/** The tables that a plan takes, and the smaller ones that it rejects. */
export function relationsOf(plan: Plan): readonly AnsweringRelation[] {
  return plan.levels.flatMap(({ level, branches }) =>
    branches.map(({ fact, relation, windows, rejected }) => {
      const content = { level, fact, relation, windows, rejected };
      return {
        id: hash(content),
        ...content,
        rejected: rejected.map((each) => ({ id: hash(each), ...each })),
      };
    }),
  );
}
