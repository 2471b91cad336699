import type { GraphQLFieldResolver, GraphQLResolveInfo } from 'graphql';
import { Arg, type ClassType, Int, Query, Resolver } from 'type-graphql';
import type { Catalog } from '../query/catalog.ts';
import { camelCase } from '../query/names.ts';
import type {
  MetricsRequest,
  OrderTerm,
  Path,
  Selected,
  Selection,
  TimeRange,
  Where,
} from '../query/request.ts';
import { type Answer, type AnswerRow, answer, type Values } from '../query/run.ts';
import type { OperationContext } from './context.ts';
import type { ApiModel } from './define.ts';
import { dimensionEnum } from './enums.ts';
import { modelInputs, TimeRangeInput } from './inputs.ts';
import { answerTypes } from './row-types.ts';
import { fieldsOf, pathOf } from './selection.ts';

const DESCRIPTION =
  'Metrics by any valid mix of dimensions. The grouping alone decides the rows; what is selected decides only what is computed.';

/** The resolver class that declares `metrics`; its resolver is set on the built schema. */
export function metricsResolver(api: ApiModel): ClassType {
  class MetricsResolver {
    metrics(): undefined {
      return undefined;
    }
  }
  const { where, order } = modelInputs(api.model);
  const proto = MetricsResolver.prototype;
  const dimension = dimensionEnum(api.model);
  Arg('groupBy', () => [dimension], { defaultValue: [], description: 'At most five.' })(proto, 'metrics', 0);
  Arg('where', () => where, { nullable: true })(proto, 'metrics', 1);
  Arg('timeRange', () => TimeRangeInput, { nullable: true })(proto, 'metrics', 2);
  Arg('orderBy', () => [order], { defaultValue: [], description: 'The grouped dimensions break ties.' })(
    proto,
    'metrics',
    3,
  );
  Arg('first', () => Int, { defaultValue: 100 })(proto, 'metrics', 4);
  Arg('after', () => String, { nullable: true })(proto, 'metrics', 5);
  Query(() => answerTypes(api).result, { nullable: true, description: DESCRIPTION })(
    proto,
    'metrics',
    Object.getOwnPropertyDescriptor(proto, 'metrics')!,
  );
  Resolver()(MetricsResolver);
  return MetricsResolver;
}

interface MetricsArguments {
  readonly groupBy: readonly string[];
  readonly where?: Where | null;
  readonly timeRange?: TimeRange | null;
  readonly orderBy: readonly Readonly<
    Record<OrderTerm['by'], Pick<OrderTerm, 'name' | 'direction'> | undefined>
  >[];
  readonly first: number;
  readonly after?: string | null;
}

/** Answers `metrics` in one statement, for what is selected of it. */
export const resolveMetrics: GraphQLFieldResolver<unknown, OperationContext, MetricsArguments> = async (
  _source,
  args,
  context,
  info,
) => {
  const { catalog, engine, served } = context;
  const path = pathOf(info);
  const selection = selectionOf(catalog, info, path);
  const setting = { engine, catalog, served };
  const made = await context.withCursor(path, () => answer(setting, requestOf(args), selection, path));
  return present(catalog, context, made);
};

function requestOf({ orderBy, ...rest }: MetricsArguments): MetricsRequest {
  const terms = orderBy.flatMap(({ metric, dimension }): OrderTerm[] => {
    if (metric) return [{ by: 'metric', ...metric }];
    return dimension ? [{ by: 'dimension', ...dimension }] : [];
  });
  return { ...rest, orderBy: terms };
}

function selectionOf(catalog: Catalog, info: GraphQLResolveInfo, path: Path): Selection {
  const fields = fieldsOf(info, info.fieldNodes);
  const below = (name: string) =>
    fields
      .filter((field) => field.name === name)
      .flatMap(({ key, nodes }) =>
        fieldsOf(info, nodes).map((field) => ({ name: field.name, path: [...path, key, field.key] })),
      );
  const named = (found: readonly Selected[], definitions: readonly { name: string }[]) =>
    found.flatMap((field) => {
      const definition = definitions.find(({ name }) => camelCase(name) === field.name);
      return definition ? [{ name: definition.name, path: field.path }] : [];
    });
  const has = (name: string) => fields.some((field) => field.name === name);
  const { dimensions, metrics } = catalog.model;
  return {
    rows: has('rows') || has('pageInfo'),
    dimensions: named(below('rows'), dimensions),
    metrics: named(below('rows'), metrics),
    totals: has('totals'),
    totalMetrics: named(below('totals'), metrics),
    totalCount: has('totalCount'),
  };
}

function present(catalog: Catalog, { served }: OperationContext, made: Answer): object {
  const { identity, hasNextPage, endCursor, plan, question } = made;
  return {
    id: identity.page('result'),
    rows: made.rows.map((row) => presentRow(catalog, row)),
    totals: { id: identity.totals(), ...camelKeys(made.totals) },
    totalCount: made.totalCount,
    pageInfo: { id: identity.page('page-info'), hasNextPage, endCursor },
    meta: {
      id: identity.page('meta'),
      dataVersion: served.version,
      asOf: served.record?.asOf,
      range: question.range,
      rollup: plan.levels.flatMap(({ level, branches }) => branches.map((branch) => ({ level, ...branch }))),
    },
  };
}

function presentRow(catalog: Catalog, { id, kind, keys, metrics, isPartial }: AnswerRow): object {
  const dimensions = Object.entries(keys).map(([name, key]) => {
    const isEntity = catalog.dimension(name).kind === 'entity' && key !== null;
    return [camelCase(name), isEntity ? { id: String(key) } : key];
  });
  return { id, kind, isPartial, ...Object.fromEntries(dimensions), ...camelKeys(metrics) };
}

function camelKeys(values: Values): object {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [camelCase(name), value]));
}
