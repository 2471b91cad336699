import { GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Statement } from '../../database/engine.ts';
import type { Plan } from '../../query/plan/plan.ts';
import type { OperationContext } from '../context.ts';
import type { Explain, RootField } from '../generated/root-field.ts';

/** How one field would be answered. */
export interface Explained {
  readonly plan?: Plan;
  readonly statement: Statement | undefined;
}

/** What an operation is explained with: its fields leave here what they have to say, by the key they have in it. */
export interface Explaining {
  readonly context: OperationContext;
  readonly found: Map<string, Explained>;
}

/** The same schema, whose root fields say how they would be answered, or nothing, and read no data. */
export function explainingSchema(schema: GraphQLSchema, fields: readonly RootField<never>[]): GraphQLSchema {
  const replaced = schema.getQueryType()!;
  const query = replaced.toConfig();
  const explained = Object.entries(query.fields).map(([name, field]) => {
    const explain = fields.find((each) => each.name === name)?.explain;
    return [name, { ...field, resolve: explain ? leaving(explain) : () => null }];
  });
  const { types, ...config } = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    types: types.filter((type) => type !== replaced),
    query: new GraphQLObjectType({ ...query, fields: Object.fromEntries(explained) }),
  });
}

function leaving(explain: Explain<never>) {
  return async (
    _: unknown,
    args: object,
    { context, found }: Explaining,
    info: Parameters<typeof explain>[3],
  ) => {
    const explained = await explain(undefined, args as never, context, info);
    found.set(String(info.path.key), explained);
    return null;
  };
}
