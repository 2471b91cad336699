import fc from 'fast-check';
import { buildSchema, execute, type GraphQLObjectType, type GraphQLSchema, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Executor } from '../../../src/graphql/execution/executor.ts';
import { readsSourceAlone } from '../../../src/graphql/execution/plan.ts';

const SCHEMA = `
  type Query { node: Node, sure: Node!, nodes: [Node], sureNodes: [Node!]! }
  type Node {
    id: ID, number: Int, sureNumber: Int!, kind: Kind, numbers: [Int!], names: [String]
    node: Node, sure: Node!, nodes: [Node], sureNodes: [Node!]!, lists: [[Node!]]
  }
  enum Kind { A B }
`;
/** Reads properties, and calls methods. */
const schema = buildSchema(SCHEMA);

/** The same by resolvers that take nothing but their source. */
function withReaders(): GraphQLSchema {
  const made = buildSchema(SCHEMA);
  for (const [name, field] of Object.entries((made.getType('Node') as GraphQLObjectType).getFields()))
    readsSourceAlone(field, (source) => {
      const value = (source as Record<string, unknown> | undefined)?.[name];
      return typeof value === 'function' ? value() : value;
    });
  return made;
}

const readers = withReaders();

const LEAVES = ['id', 'number', 'sureNumber', 'kind', 'numbers', 'names', '__typename'];
const OBJECTS = ['node', 'sure', 'nodes', 'sureNodes', 'lists'];
const ROOT = ['node', 'sure', 'nodes', 'sureNodes'];

/** What a resolver gives: the value itself, or in one of the ways in which it can be late or fail. */
type Way =
  | 'now'
  | 'later'
  | 'as a method'
  | 'as a late method'
  | 'throws'
  | 'rejects'
  | 'is an error'
  | 'null';

const WAYS: readonly Way[] = [
  'now',
  'later',
  'as a method',
  'as a late method',
  'throws',
  'rejects',
  'is an error',
  'null',
];
const way = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom<Way>('now', 'later') },
  { weight: 3, arbitrary: fc.constantFrom(...WAYS) },
);

function given(value: unknown, how: Way): unknown {
  const failure = new Error('does not work');
  const ways: Record<Way, () => unknown> = {
    now: () => value,
    later: () => Promise.resolve(value),
    'as a method': () => () => value,
    'as a late method': () => async () => value,
    throws: () => () => {
      throw failure;
    },
    // Made when it is asked for: nobody else would wait for it.
    rejects: () => () => Promise.reject(failure),
    'is an error': () => failure,
    null: () => null,
  };
  return ways[how]();
}

const leaf: Record<string, fc.Arbitrary<unknown>> = {
  id: fc.oneof(fc.string(), fc.integer(), fc.constant({ no: 'id' })),
  number: fc.oneof(fc.integer(), fc.double(), fc.constant('many')),
  sureNumber: fc.integer({ min: 0, max: 9 }),
  kind: fc.constantFrom('A', 'B', 'C'),
  numbers: fc.oneof(fc.array(fc.option(fc.nat(9))), fc.constant('no list'), fc.constant(new Set([1, 2]))),
  names: fc.array(fc.oneof(fc.string(), fc.constant(null), fc.constant(new Error('no name')))),
};

/** Nodes that have others below them to a depth; without one, those fields are missing. */
function nodeOf(depth: number): fc.Arbitrary<unknown> {
  const leaves = Object.entries(leaf).map(([name, value]) => [name, shaped(value)] as const);
  if (depth === 0) return fc.record(Object.fromEntries(leaves), { requiredKeys: [] });
  const below = nodeOf(depth - 1);
  const list = fc.array(fc.oneof({ weight: 4, arbitrary: below }, fc.constant(null)), { maxLength: 2 });
  const objects = {
    node: shaped(below),
    sure: shaped(below),
    nodes: shaped(list),
    sureNodes: shaped(list),
    lists: shaped(fc.array(list, { maxLength: 2 })),
  };
  return fc.record({ ...Object.fromEntries(leaves), ...objects }, { requiredKeys: [] });
}

function shaped(value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(value, way).map(([each, how]) => given(each, how));
}

const CONDITIONS = [
  '',
  ' @include(if: $yes)',
  ' @skip(if: $yes)',
  ' @include(if: $no)',
  ' @skip(if: $no) @include(if: $yes)',
];

/** Selections of nodes, with aliases that collide, fragments and conditions. */
const { set } = fc.letrec<{ set: string; selection: string }>((tie) => ({
  set: fc.array(tie('selection'), { minLength: 1, maxLength: 3 }).map((all) => `{ ${all.join(' ')} }`),
  selection: fc.oneof(
    { maxDepth: 3 },
    fc.tuple(fc.constantFrom(...LEAVES), fc.constantFrom(...CONDITIONS)).map(([name, when]) => name + when),
    fc
      .tuple(fc.constantFrom(...OBJECTS), tie('set'), fc.constantFrom(...CONDITIONS))
      .map(([name, below, when]) => `${name}${when} ${below}`),
    fc
      .tuple(tie('set'), fc.constantFrom(...CONDITIONS))
      .map(([below, when]) => `... on Node${when} ${below}`),
    fc.constantFrom(...CONDITIONS).map((when) => `...shared${when}`),
    fc
      .tuple(fc.constantFrom('x', 'y'), fc.constantFrom('number', 'id'))
      .map(([alias, name]) => `${alias}_${name}: ${name}`),
  ),
}));

const operation = fc
  .tuple(
    fc.array(fc.tuple(fc.constantFrom(...ROOT), set), { minLength: 1, maxLength: 3 }),
    fc.constantFrom(...LEAVES),
  )
  .map(([fields, shared]) => {
    const root = fields.map(([name, below]) => `${name} ${below}`).join(' ');
    return `query ($yes: Boolean!, $no: Boolean!) { ${root} } fragment shared on Node { ${shared} node { id } }`;
  });

async function same(
  api: GraphQLSchema,
  executor: Executor,
  args: { source: string; root: unknown; variables: object },
) {
  const document = parse(args.source);
  const variableValues = args.variables as Record<string, unknown>;
  const expected = await execute({ schema: api, document, variableValues, rootValue: args.root });
  const prepared = executor.prepare({ document, variableValues });
  for (const _ of ['first', 'again']) {
    const found = await prepared.run({ rootValue: args.root });
    expect(JSON.stringify(found.data)).toBe(JSON.stringify(expected.data));
    expect(found.errors?.map((each) => each.toJSON())).toEqual(expected.errors?.map((each) => each.toJSON()));
  }
}

describe('the executor', () => {
  it('reads each property once, late ones too', async () => {
    let reads = 0;
    const node = {
      get id() {
        reads += 1;
        return Promise.resolve('one');
      },
    };
    const prepared = new Executor(schema).prepare({ document: parse('{ node { id } }') });
    expect(await prepared.run({ rootValue: { node } })).toEqual({ data: { node: { id: 'one' } } });
    expect(reads).toBe(1);
  });

  it('answers as graphql-js does, errors and their places included', async () => {
    await fc.assert(
      fc.asyncProperty(operation, nodeOf(2), fc.boolean(), async (source, root, yes) => {
        for (const variables of [
          { yes, no: !yes },
          { yes: !yes, no: yes },
        ])
          for (const own of [schema, readers])
            await same(schema, new Executor(own), { source, root, variables });
      }),
      // Always the same: graphql-js itself leaves rejections behind where an item of a list fails before others do.
      { seed: 2, numRuns: 200, endOnFailure: true },
    );
  });
});
