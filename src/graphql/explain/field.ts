import { GraphQLError, type GraphQLSchema } from 'graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { Field, ObjectType } from 'type-graphql';
import { readPlan } from '../../database/explain.ts';
import { showParameters } from '../answers/meta.ts';
import { AnsweringRelation, relationsOf } from '../answers/relations.ts';
import { BAD_REQUEST } from '../codes.ts';
import type { OperationContext } from '../context.ts';
import { RootField } from '../generated/root-field.ts';
import { explainDocument, type Operation } from './document.ts';
import { type Explained, explainingSchema } from './schema.ts';

@ObjectType({ simpleResolvers: true, description: 'How one field of a query would be answered.' })
class Explanation {
  @Field(() => [String], { description: 'Where the field is in the answer of the query.' })
  path!: readonly string[];

  @Field(() => GraphQLJSON, { nullable: true, description: 'What is computed, level by level.' })
  plan!: unknown;

  @Field(() => [AnsweringRelation], { description: 'The tables that answer, and why no smaller ones.' })
  tables!: readonly AnsweringRelation[];

  @Field(() => String, { nullable: true, description: 'The one statement; null where none is needed.' })
  sql!: string | undefined;

  @Field(() => GraphQLJSON, { nullable: true, description: 'The values of its parameters, $1 first.' })
  parameters!: readonly unknown[] | undefined;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: "The database's own plan of the statement, where it was asked for.",
  })
  databasePlan!: unknown;
}

const DESCRIPTION =
  'How the fields of a query would be answered, without answering them: plan, tables, SQL. A field of several statements is there once for each; lists of whole tables, and what needs no statement, are left out. For viewers who may see it.';

interface ExplainArguments extends Operation {
  readonly databasePlan: boolean;
}

/** The root field that explains others, which are those given. */
export function explainField(explained: readonly RootField<never>[]): RootField<ExplainArguments> {
  const schemas = new WeakMap<GraphQLSchema, GraphQLSchema>();
  const schemaFor = (schema: GraphQLSchema) => {
    const made = schemas.get(schema) ?? explainingSchema(schema, [...explained, field as RootField<never>]);
    schemas.set(schema, made);
    return made;
  };
  const args = [
    { name: 'query', of: () => String, description: 'The text of the query.' },
    {
      name: 'variables',
      of: () => GraphQLJSON,
      nullable: true,
      description: 'Values of its variables, an object.',
    },
    {
      name: 'operationName',
      of: () => String,
      nullable: true,
      description: 'Which one, where there are several.',
    },
    {
      ...{ name: 'databasePlan', of: () => Boolean, defaultValue: false },
      description: 'Whether to ask the database for its own plan, too.',
    },
  ];
  const field: RootField<ExplainArguments> = new RootField(
    'explain',
    () => [Explanation],
    { description: DESCRIPTION, args },
    (_, given, context, info) => explain(schemaFor(info.schema), given as ExplainArguments, context),
  );
  return field;
}

async function explain(
  schema: GraphQLSchema,
  { databasePlan, ...operation }: ExplainArguments,
  context: OperationContext,
): Promise<readonly Explanation[]> {
  // The database's own plan changes with its statistics.
  context.isRepeatable = false;
  if (!context.viewer.mayExplain) throw forbidden();
  if (!isObject(operation.variables ?? {})) throw refused('variables must be an object, as {"first": 10}.');
  const found = await explainDocument(schema, operation, context);
  return Promise.all(found.map(({ key, ...each }) => show(key, each, databasePlan ? context : undefined)));
}

async function show(
  key: string,
  { plan, statement }: Explained,
  asked: OperationContext | undefined,
): Promise<Explanation> {
  return {
    path: [key],
    plan,
    tables: plan ? relationsOf(plan) : [],
    sql: statement?.text,
    parameters: statement && showParameters(statement),
    databasePlan: asked && statement && (await readPlan(asked.engine, statement)),
  };
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && !Array.isArray(value);
}

function forbidden(): GraphQLError {
  const message = 'This viewer may not see how queries are answered; the setting EXPLAIN allows it.';
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}

function refused(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: BAD_REQUEST } });
}
