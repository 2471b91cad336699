import { Ctx, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { OperationContext } from '../../../src/graphql/define.ts';
import { holdsAt, prepared, sql } from '../../../src/query/define.ts';

@ObjectType({ description: 'A store.' })
export class Store {
  @Field(() => ID)
  id!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A product, perhaps one that is not listed.' })
export class Product {
  @Field(() => ID)
  id!: string;
}

async function loadAreas({ engine, version }: OperationContext, ids: readonly string[]): Promise<number[]> {
  const rows = await engine.read(
    prepared(sql`
      select store_id::text, area from shop.stores
       where store_id = any(${ids}::bigint[]) and ${holdsAt('stores', version)}`),
  );
  const byId = new Map(rows as unknown as [string, number][]);
  return ids.map((id) => byId.get(id)!);
}

@Resolver(() => Store)
export class StoreFields {
  @FieldResolver(() => Int, { description: 'Floor space in square metres.' })
  area(@Root() { id }: Store, @Ctx() context: OperationContext): Promise<number> {
    return context.loader(loadAreas).load(id);
  }
}
