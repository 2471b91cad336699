import { type GraphQLFieldResolver, GraphQLObjectType, GraphQLSchema } from 'graphql';
import type { Statement } from '../../database/engine.ts';
import type { Plan } from '../../query/plan/plan.ts';
import type { OperationContext } from '../context.ts';
import type { Explain, RootField } from '../generated/root-field.ts';
import { RecordingContext } from './recording-context.ts';

/** How one field would be answered. */
export interface Explained {
  readonly plan?: Plan;
  readonly statement: Statement | undefined;
}

/** What an operation is explained with: its fields leave here what they have to say, by the key they have in it. */
export interface Explaining {
  readonly context: OperationContext;
  readonly found: Map<string, readonly Explained[]>;
  /** Keys of fields that say it only when they are run, each with a {@link RecordingContext} of its own. */
  readonly toRun: string[];
}

/** The same schema, whose root fields say how they would be answered, and read no data. */
export function explainingSchema(schema: GraphQLSchema, fields: readonly RootField<never>[]): GraphQLSchema {
  const replaced = schema.getQueryType()!;
  const query = replaced.toConfig();
  const explained = Object.entries(query.fields).map(([name, field]) => {
    const root = fields.find((each) => each.name === name);
    const resolve = root ? root.explain && leaving(root.explain) : field.resolve && recorded(field.resolve);
    return [name, { ...field, resolve: resolve ?? nothing }];
  });
  const { types, ...config } = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    types: types.filter((type) => type !== replaced),
    query: new GraphQLObjectType({ ...query, fields: Object.fromEntries(explained) }),
  });
}

type Resolver<T> = GraphQLFieldResolver<unknown, T>;

const nothing = () => null;

function leaving(explain: Explain<never>): Resolver<Explaining | RecordingContext> {
  return async (_, args, asking, info) => {
    if (asking instanceof RecordingContext) return null;
    const explained = await explain(undefined, args as never, asking.context, info);
    asking.found.set(String(info.path.key), [explained]);
    return null;
  };
}

function recorded(resolve: GraphQLFieldResolver<unknown, never>): Resolver<Explaining | RecordingContext> {
  return (source, args, asking, info) => {
    const key = String(info.path.key);
    if (asking instanceof RecordingContext)
      return asking.only === key ? resolve(source, args, asking as never, info) : null;
    asking.toRun.push(key);
    return null;
  };
}
