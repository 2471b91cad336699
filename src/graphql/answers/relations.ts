import { Field, ID, ObjectType } from 'type-graphql';
import type { Plan } from '../../query/plan.ts';
import { contentId } from './content-id.ts';

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

  @Field(() => String, { description: '`rows`, `totals`, or another part of the answer.' })
  level!: string;

  @Field(() => String)
  fact!: string;

  @Field(() => String)
  relation!: string;

  @Field(() => [RejectedRelation], { description: 'Smaller tables, and why they could not answer.' })
  rejected!: readonly RejectedRelation[];
}

/** The tables that a plan takes, and the smaller ones that it rejects. */
export function relationsOf(plan: Plan): readonly AnsweringRelation[] {
  return plan.levels.flatMap(({ level, branches }) =>
    branches.map(({ fact, relation, rejected }) => {
      const content = { level, fact, relation, rejected };
      return {
        id: contentId(content),
        ...content,
        rejected: rejected.map((each) => ({ id: contentId(each), ...each })),
      };
    }),
  );
}
