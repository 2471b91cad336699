import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { OperationContext } from '../context.ts';
import { describeCatalog } from './describe.ts';
import { CatalogContent, CatalogDimension, CatalogMetric, EVERYTHING } from './types.ts';

@Resolver(() => CatalogContent)
export class CatalogResolver {
  @Query(() => CatalogContent, { name: 'catalog', nullable: true, description: EVERYTHING })
  all(@Ctx() { catalog }: OperationContext): CatalogContent {
    return describeCatalog(catalog);
  }

  @FieldResolver(() => CatalogMetric, { nullable: true, description: 'One metric, by any form of its name.' })
  metric(
    @Root() { metrics }: CatalogContent,
    @Arg('name', () => String) name: string,
  ): CatalogMetric | undefined {
    return byName(metrics, name);
  }

  @FieldResolver(() => CatalogDimension, {
    nullable: true,
    description: 'One dimension, by any form of its name.',
  })
  dimension(@Root() { dimensions }: CatalogContent, @Arg('name', () => String) name: string) {
    return byName(dimensions, name);
  }
}

function byName<T extends { name: string; field: string; enumValue: string }>(
  all: readonly T[],
  name: string,
) {
  return all.find((each) => [each.name, each.field, each.enumValue].includes(name));
}
