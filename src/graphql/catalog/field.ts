import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { hints, Problems } from '../../query/resolve/problems.ts';
import type { OperationContext } from '../context.ts';
import { pathOf } from '../selection.ts';
import { describeCatalog } from './describe.ts';
import { CatalogContent, CatalogDimension, CatalogMetric, EVERYTHING } from './types.ts';

@Resolver(() => CatalogContent)
export class CatalogResolver {
  @Query(() => CatalogContent, { name: 'catalog', nullable: true, description: EVERYTHING })
  all(@Ctx() { catalog }: OperationContext): CatalogContent {
    return describeCatalog(catalog);
  }

  @FieldResolver(() => CatalogMetric, {
    nullable: true,
    description: 'One metric, by any form of its name; an unknown name is an error.',
  })
  metric(
    @Root() { metrics }: CatalogContent,
    @Arg('name', () => String) name: string,
    @Info() info: GraphQLResolveInfo,
  ): CatalogMetric {
    return byName(metrics, 'metric', name, info);
  }

  @FieldResolver(() => CatalogDimension, {
    nullable: true,
    description: 'One dimension, by any form of its name; an unknown name is an error.',
  })
  dimension(
    @Root() { dimensions }: CatalogContent,
    @Arg('name', () => String) name: string,
    @Info() info: GraphQLResolveInfo,
  ): CatalogDimension {
    return byName(dimensions, 'dimension', name, info);
  }
}

type Named = Pick<CatalogMetric, 'name' | 'field' | 'enumValue'>;

/** @throws RequestError for a name that is none, with those there are in the form that was used */
function byName<T extends Named>(all: readonly T[], kind: string, name: string, info: GraphQLResolveInfo): T {
  const found = all.find((each) => [each.name, each.field, each.enumValue].includes(name));
  if (found) return found;
  const form = name === name.toUpperCase() ? 'enumValue' : name.includes('_') ? 'name' : 'field';
  const known = all.map((each) => each[form]);
  const problems = new Problems();
  problems.add('UNKNOWN_NAME', { kind, name }, [...pathOf(info), 'name'], hints(name, known));
  throw problems.toError();
}
