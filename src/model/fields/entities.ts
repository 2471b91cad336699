import { GraphQLSafeInt } from 'graphql-scalars';
import { Ctx, Field, FieldResolver, Float, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { DateTimeScalar, enumOf, heldAt, type OperationContext } from '../../graphql/define.ts';
import { titleDimension } from '../dimensions.ts';

const CURRENT = 'The current value.';

@ObjectType({ simpleResolvers: true, description: 'A law firm.' })
export class Firm {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Someone who uses the assistant.' })
export class User {
  @Field(() => ID)
  id!: string;
}

interface FirmRow {
  readonly createdAt: Date;
  readonly firmSize: number;
  readonly arr: { toNumber(): number };
}

/** All firms asked for at one step of an operation, in one statement. */
async function loadFirms({ engine, version }: OperationContext, ids: readonly string[]): Promise<FirmRow[]> {
  const rows = await engine.prisma.martFirm.findMany({
    where: { firmId: { in: ids.map(BigInt) }, ...heldAt(version) },
  });
  const byId = new Map(rows.map((row) => [String(row.firmId), row]));
  return ids.map((id) => found(byId.get(id), `firm ${id}`));
}

interface UserRow {
  readonly createdAt: Date;
  readonly title: string;
}

async function loadUsers({ engine, version }: OperationContext, ids: readonly string[]): Promise<UserRow[]> {
  const rows = await engine.prisma.martUser.findMany({
    where: { userId: { in: [...ids] }, ...heldAt(version) },
  });
  const byId = new Map(rows.map((row) => [row.userId, row]));
  return ids.map((id) => found(byId.get(id), `user ${id}`));
}

function found<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new Error(`There are events of ${what}, but no such row of its own.`);
  return row;
}

@Resolver(() => Firm)
export class FirmFields {
  @FieldResolver(() => DateTimeScalar, { description: 'When its account was made.' })
  async createdAt(@Root() { id }: Firm, @Ctx() context: OperationContext): Promise<string> {
    return (await context.loader(loadFirms).load(id)).createdAt.toISOString();
  }

  @FieldResolver(() => GraphQLSafeInt, { description: `Seats that were provisioned. ${CURRENT}` })
  async firmSize(@Root() { id }: Firm, @Ctx() context: OperationContext): Promise<number> {
    return (await context.loader(loadFirms).load(id)).firmSize;
  }

  @FieldResolver(() => Float, { description: `Annual recurring revenue in USD. ${CURRENT}` })
  async arr(@Root() { id }: Firm, @Ctx() context: OperationContext): Promise<number> {
    return (await context.loader(loadFirms).load(id)).arr.toNumber();
  }
}

@Resolver(() => User)
export class UserFields {
  @FieldResolver(() => DateTimeScalar, { description: 'When the account was made.' })
  async createdAt(@Root() { id }: User, @Ctx() context: OperationContext): Promise<string> {
    return (await context.loader(loadUsers).load(id)).createdAt.toISOString();
  }

  @FieldResolver(() => enumOf(titleDimension), { description: CURRENT })
  async title(@Root() { id }: User, @Ctx() context: OperationContext): Promise<string> {
    return (await context.loader(loadUsers).load(id)).title;
  }
}
