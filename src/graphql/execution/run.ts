import {
  type ExecutionResult,
  GraphQLError,
  type GraphQLLeafType,
  type GraphQLResolveInfo,
  getArgumentValues,
  locatedError,
  responsePathAsArray,
} from 'graphql';
import type { PlannedField, PlannedType } from './plan.ts';

type Path = GraphQLResolveInfo['path'];
type Definition = NonNullable<PlannedField['definition']>;
type ReadSource = (source: unknown, args: Record<string, unknown>) => unknown;

/** What is the same for all runs of an operation with the same variables. */
interface Given extends Pick<GraphQLResolveInfo, 'schema' | 'operation' | 'fragments' | 'variableValues'> {
  /** Values of arguments, which are the same for each row and each run; filled as they are needed. */
  readonly args: Map<PlannedField, Record<string, unknown>>;
}

/** Something of a value, or a promise of it. */
type Maybe<T> = T | Promise<T>;

/** One execution of a planned query. Where nothing has to be waited for, no promise is made. */
export class Run {
  private readonly errors: GraphQLError[] = [];
  /** Places of errors: what lies below one that became null has none of its own. */
  private readonly nulled = new Set<Path | undefined>();

  constructor(
    private readonly given: Given,
    private readonly rootValue: unknown,
    private readonly contextValue: unknown,
  ) {}

  /** Never rejects: errors of fields are part of the result. */
  async execute(fields: readonly PlannedField[]): Promise<ExecutionResult> {
    let data: Record<string, unknown> | null;
    try {
      data = await this.object(fields, this.rootValue, undefined);
    } catch (error) {
      this.note(error as GraphQLError, undefined);
      data = null;
    }
    return this.errors.length === 0 ? { data } : { errors: this.errors, data };
  }

  private object(
    fields: readonly PlannedField[],
    source: unknown,
    path: Path | undefined,
  ): Maybe<Record<string, unknown>> {
    const made: Record<string, unknown> = {};
    let waiting: Promise<void>[] | undefined;
    try {
      for (const field of fields) {
        const value = this.field(field, source, path);
        // Set at once, so that fields are in the order in which they were selected.
        made[field.key] = value;
        if (isPromise(value)) {
          waiting ??= [];
          waiting.push(set(made, field.key, value));
        }
      }
    } catch (error) {
      if (waiting === undefined) throw error;
      return whole(made, waiting).finally(() => {
        throw error;
      });
    }
    return waiting === undefined ? made : whole(made, waiting);
  }

  private field(field: PlannedField, source: unknown, parent: Path | undefined): unknown {
    const { definition, parentType, type } = field;
    if (definition === undefined) return parentType.name;
    let path: Path | undefined;
    try {
      const value = this.read(field, definition, source, parent);
      // Most values of an answer: where one is, is only worked out when it is late or fails.
      if (type.kind === 'leaf' && !isPromise(value))
        return isMissing(field, type, value) ? null : serialized(type.leaf, value);
      path = pathOf(field, parent);
      return this.settled(field, type, path, value);
    } catch (error) {
      return this.failed(field, type, path ?? pathOf(field, parent), error);
    }
  }

  /** By its resolver; else it is the source's property of its name, or what a method of that name gives. */
  private read(
    field: PlannedField,
    { name, resolve }: Definition,
    source: unknown,
    parent: Path | undefined,
  ): unknown {
    const { contextValue } = this;
    if (resolve && field.isPlain) return (resolve as ReadSource)(source, this.argsOf(field));
    if (resolve) return resolve(source, this.argsOf(field), contextValue, this.infoOf(field, parent));
    const owner = source as Record<string, unknown> | undefined;
    const property = owner?.[name];
    if (typeof property !== 'function') return property;
    return property.call(owner, this.argsOf(field), contextValue, this.infoOf(field, parent));
  }

  /** Completes a value, or what it is a promise of. */
  private settled(field: PlannedField, type: PlannedType, path: Path, value: unknown): unknown {
    const completed = isPromise(value)
      ? value.then((each) => this.complete(field, type, path, each))
      : this.complete(field, type, path, value);
    if (!isPromise(completed)) return completed;
    return completed.then(undefined, (error: unknown) => this.failed(field, type, path, error));
  }

  /** What has an error is null where it may be. */
  private failed(field: PlannedField, type: PlannedType, path: Path, error: unknown): null {
    const told = locatedError(error, field.nodes, responsePathAsArray(path));
    if (!type.isNullable) throw told;
    this.note(told, path);
    return null;
  }

  private complete(field: PlannedField, type: PlannedType, path: Path, value: unknown): unknown {
    if (isMissing(field, type, value)) return null;
    switch (type.kind) {
      case 'leaf':
        return serialized(type.leaf, value);
      case 'list':
        return this.list(field, type.of, path, value);
      case 'object':
        return this.object(type.fields, value, path);
      default:
        return type satisfies never;
    }
  }

  private list(field: PlannedField, type: PlannedType, path: Path, value: unknown): Maybe<unknown[]> {
    if (typeof value !== 'object' || !(Symbol.iterator in value!))
      throw new GraphQLError(`Expected Iterable, but did not find one for field "${nameOf(field)}".`);
    const made: unknown[] = [];
    const waiting: Promise<unknown>[] = [];
    try {
      for (const item of value as Iterable<unknown>) {
        const completed = this.item(field, type, { prev: path, key: made.length, typename: undefined }, item);
        if (isPromise(completed)) waiting.push(completed);
        made.push(completed);
      }
    } catch (error) {
      // A rejection that nobody waits for would end the process.
      for (const each of waiting) each.catch(() => undefined);
      throw error;
    }
    return waiting.length === 0 ? made : Promise.all(made);
  }

  private item(field: PlannedField, type: PlannedType, path: Path, item: unknown): unknown {
    try {
      return this.settled(field, type, path, item);
    } catch (error) {
      return this.failed(field, type, path, error);
    }
  }

  private argsOf(field: PlannedField): Record<string, unknown> {
    const { args } = field.definition!;
    if (args.length === 0) return NO_ARGS;
    const { args: values, variableValues } = this.given;
    const known = values.get(field);
    if (known) return known;
    const made = getArgumentValues(field.definition!, field.nodes[0]!, variableValues);
    values.set(field, made);
    return made;
  }

  private infoOf(field: PlannedField, parent: Path | undefined): GraphQLResolveInfo {
    const { definition, nodes, parentType } = field;
    const { schema, operation, fragments, variableValues } = this.given;
    return {
      fieldName: definition!.name,
      fieldNodes: nodes,
      returnType: definition!.type,
      parentType,
      path: pathOf(field, parent),
      schema,
      fragments,
      rootValue: this.rootValue,
      operation,
      variableValues,
    };
  }

  /** Notes an error, unless its place is gone already. */
  private note(error: GraphQLError, path: Path | undefined): void {
    for (let at = path; at; at = at.prev) if (this.nulled.has(at)) return;
    if (this.nulled.has(undefined)) return;
    this.nulled.add(path);
    this.errors.push(error);
  }
}

const NO_ARGS = Object.freeze({});

/** Sets a property when its value is there. */
async function set(made: Record<string, unknown>, key: string, value: Promise<unknown>): Promise<void> {
  made[key] = await value;
}

/** What is made, when all of it is set. */
async function whole<T>(made: T, waiting: readonly Promise<void>[]): Promise<T> {
  await Promise.all(waiting);
  return made;
}

function pathOf({ key, parentType }: PlannedField, parent: Path | undefined): Path {
  return { prev: parent, key, typename: parentType.name };
}

/** Whether there is no value, where there may be none. */
function isMissing(field: PlannedField, { isNullable }: PlannedType, value: unknown): boolean {
  if (value instanceof Error) throw value;
  if (value !== null && value !== undefined) return false;
  if (isNullable) return true;
  throw new Error(`Cannot return null for non-nullable field ${nameOf(field)}.`);
}

function serialized(type: GraphQLLeafType, value: unknown): unknown {
  const made = type.serialize(value);
  if (made === null || made === undefined)
    throw new Error(`Expected ${type}.serialize to return a value, but it returned ${made}.`);
  return made;
}

function nameOf({ parentType, definition }: PlannedField): string {
  return `${parentType.name}.${definition!.name}`;
}

function isPromise(value: unknown): value is Promise<unknown> {
  if (typeof value !== 'object' && typeof value !== 'function') return false;
  return typeof (value as { then?: unknown } | null)?.then === 'function';
}
