import { Field, ID, ObjectType } from 'type-graphql';

export const PAGE_INFO = 'Whether there is more, and where to go on.';

@ObjectType({ simpleResolvers: true, description: PAGE_INFO })
export class PageInfo {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean, { description: 'Whether rows follow this page.' })
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Give it as `after` for the next page.' })
  endCursor?: string | undefined;
}
