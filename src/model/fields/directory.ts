import { Arg, Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import {
  heldAt,
  type OperationContext,
  type Page,
  PageInfo,
  pageOf,
  readAfter,
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
class UserPage {
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
  ): Promise<Page<Firm>> {
    const page = { request: 'firms', first, after };
    const last = await readAfter(context, page);
    const found = await context.engine.prisma.martFirm.findMany({
      where: { ...heldAt(context.version), ...(last && { firmId: { gt: BigInt(last[0] as string) } }) },
      orderBy: { firmId: 'asc' },
      take: first + 1,
      select: { firmId: true },
    });
    return pageOf(
      context,
      page,
      found.map(({ firmId }) => ({ id: String(firmId) })),
      ({ id }) => [id],
    );
  }

  @Query(() => UserPage, { nullable: true, description: 'Every user.' })
  async users(
    @Arg('first', () => Int, { defaultValue: 100 }) first: number,
    @Arg('after', () => String, { nullable: true }) after: string | undefined,
    @Ctx() context: OperationContext,
  ): Promise<Page<User>> {
    const page = { request: 'users', first, after };
    const last = await readAfter(context, page);
    const found = await context.engine.prisma.martUser.findMany({
      where: { ...heldAt(context.version), ...(last && { userId: { gt: last[0] as string } }) },
      orderBy: { userId: 'asc' },
      take: first + 1,
      select: { userId: true },
    });
    return pageOf(
      context,
      page,
      found.map(({ userId }) => ({ id: userId })),
      ({ id }) => [id],
    );
  }
}
