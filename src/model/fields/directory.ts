import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Field, ID, Info, Int, ObjectType, Query, Resolver } from 'type-graphql';
import {
  heldAt,
  listPage,
  type OperationContext,
  type Page,
  PageInfo,
  pageRequest,
} from '../../graphql/define.ts';
import { Firm, User } from './entities.ts';

@ObjectType({ simpleResolvers: true, description: 'Firms, by their id.' })
class FirmPage {
  @Field(() => [Firm])
  rows!: readonly Firm[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ObjectType({ simpleResolvers: true, description: 'Users, by their id.' })
export class UserPage {
  @Field(() => [User])
  rows!: readonly User[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

/** Firms and users, one by one or listed. */
@Resolver()
export class DirectoryResolver {
  @Query(() => Firm, { nullable: true, description: 'One firm; null when there is none of this id.' })
  async firm(
    @Arg('id', () => ID) id: string,
    @Ctx() { engine, version }: OperationContext,
  ): Promise<Firm | null> {
    if (!/^\d{1,18}$/.test(id)) return null;
    const firmId = BigInt(id);
    const found = await engine.prisma.martFirm.findFirst({ where: { firmId, ...heldAt(version) } });
    return found && { id: String(found.firmId) };
  }

  @Query(() => User, { nullable: true, description: 'One user; null when there is none of this id.' })
  async user(
    @Arg('id', () => ID) id: string,
    @Ctx() { engine, version }: OperationContext,
  ): Promise<User | null> {
    // PostgreSQL's text has no NUL.
    if (id.includes('\0')) return null;
    const found = await engine.prisma.martUser.findFirst({ where: { userId: id, ...heldAt(version) } });
    return found && { id: found.userId };
  }

  @Query(() => FirmPage, { nullable: true, description: 'Every firm, those without events included.' })
  async firms(
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Firm>> {
    return listPage(context, pageRequest(info, { first, after }, null), {
      find: (query) => context.engine.prisma.martFirm.findMany({ ...query, select: { firmId: true } }),
      key: [['firmId', 'integer']],
      show: ({ firmId }) => ({ id: String(firmId) }),
    });
  }

  @Query(() => UserPage, { nullable: true, description: 'Every user.' })
  async users(
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<User>> {
    return listPage(context, pageRequest(info, { first, after }, null), {
      find: (query) => context.engine.prisma.martUser.findMany({ ...query, select: { userId: true } }),
      key: [['userId', 'text']],
      show: ({ userId }) => ({ id: userId }),
    });
  }
}
