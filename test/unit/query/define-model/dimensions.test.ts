import { expect, it } from 'vitest';
import { base, type Case, dimensions, method, problemsOf, sales, size, store, stores } from './sales.ts';

const SMALL = { name: 'SMALL', description: 'Small.' };

const CASES: readonly Case[] = [
  ['a dimension that no fact has', base({ dimensions: {} }), 'method: no fact has this dimension.'],
  [
    'a dimension of another fact than that of rows',
    base({ dimensions: { store: sales.dimensions.store!, method: sales.dimensions.method! } }),
    'size: sales, which defines the rows of answers, does not have this dimension.',
  ],
  [
    'a type of two dimensions',
    dimensions(method, { type: 'Size' }),
    'Size: two dimensions have this GraphQL type.',
  ],
  [
    'a type that is none',
    dimensions(store, { type: 'store' }),
    'store: store is no name of a GraphQL type; expected PascalCase.',
  ],
  ['an enum without values', dimensions(method, { values: [] }), 'method: it has no values.'],
  [
    'a value in another case',
    dimensions(method, { values: [{ name: 'cash', description: 'Coins.' }] }),
    'method: the value cash is not in SCREAMING_CASE.',
  ],
  [
    'a value without a description',
    dimensions(method, { values: [{ name: 'CASH', description: '' }] }),
    'method: its value CASH has no description.',
  ],
  ['a value twice', dimensions(method, { values: [SMALL, SMALL] }), 'method: it has the value SMALL twice.'],
  [
    'a first band with a bound',
    dimensions(size, { values: [{ ...SMALL, from: 1 }] }),
    'size: its first band has a lower bound; expected none.',
  ],
  [
    'a later band without one',
    dimensions(size, { values: [SMALL, { ...SMALL, name: 'LARGE' }] }),
    'size: the band LARGE has no lower bound.',
  ],
  [
    'bands out of order',
    dimensions(size, {
      values: [SMALL, { ...SMALL, name: 'LARGE', from: 100 }, { ...SMALL, name: 'MEDIUM', from: 100 }],
    }),
    'size: its bands are not in the order of their lower bounds.',
  ],
  [
    'members that do not know their entity',
    dimensions(store, { members: { ...stores, dimensions: {} } }),
    'store: its members do not have the dimension store.',
  ],
  [
    'members with an unknown dimension',
    dimensions(store, { members: { ...stores, dimensions: { ...stores.dimensions, sise: stores.time } } }),
    'store, members: unknown dimension sise; did you mean size?',
  ],
];

it.each(CASES)('names %s', (_what, model, problem) => expect(problemsOf(model)).toContain(problem));
