import { expect, it } from 'vitest';
import { sql } from '../../../../src/query/define.ts';
import type { Relation, Rollup } from '../../../../src/query/model/model.ts';
import { area, type Case, facts, problemsOf, sales, sold } from './sales.ts';

const cube: Rollup = {
  name: 'sales_cube',
  description: 'Sales by month, store and method.',
  grains: ['month'],
  dimensions: ['store', 'method'],
  isCube: true,
};

function wrong(name: string, given: Partial<Rollup>, problem: string): Case {
  const rollup = { ...cube, ...given };
  return [name, facts(sold, { rollups: [rollup] }), `sales, rollup ${rollup.name}: ${problem}`];
}

/** Over a base that is changed. */
function over(name: string, change: Partial<Relation>, problem: string): Case {
  const model = facts(sold, { rollups: [cube], relations: [{ ...sales, ...change }] });
  return [name, model, `sales, rollup sales_cube: ${problem}`];
}

const CASES: readonly Case[] = [
  over(
    'a measure with the name of a version',
    { measures: { since_version: { aggregate: 'count' } } },
    'its column since_version would be a measure and a key.',
  ),
  over(
    'a measure with the name of the column of a dimension',
    { measures: { store_id: { aggregate: 'count' } } },
    'its column store_id would be a measure and a key.',
  ),
  over(
    'two dimensions of one column',
    { dimensions: { ...sales.dimensions, method: { sql: sql`sale.store_id` } } },
    'two of its keys would be the column store_id.',
  ),
  over(
    'nothing but percentiles',
    { measures: { price_90: sales.measures.price_90! } },
    'none of the measures of its base can be stored.',
  ),
  over(
    'a dimension of a table that has no versions',
    {
      joins: { store: { ...sales.joins.store!, versioned: false } },
      dimensions: { ...sales.dimensions, store: { sql: sql`store.store_id`, joins: ['store'] } },
    },
    'store comes from store, of whose changes no version tells.',
  ),
  ['a repeated rollup', facts(sold, { rollups: [cube, cube] }), 'sales_cube: two rollups have this name.'],
  [
    'a rollup of a snapshot',
    facts(area, { rollups: [cube] }),
    'floors, rollup sales_cube: a snapshot holds in any period, and so has no rollup.',
  ],
  wrong('a name in another case', { name: 'Cube' }, 'a name is snake_case.'),
  wrong('a long name', { name: 'c'.repeat(43) }, 'a name has at most 42 letters.'),
  wrong('no description', { description: ' ' }, 'its description is missing.'),
  wrong('no period', { grains: [] }, 'it has no period; expected one, or ever.'),
  wrong('a period that is no dimension', { grains: ['year'] }, 'no dimension is a year.'),
  wrong('a repeated dimension', { dimensions: ['store', 'store'] }, 'it has store twice.'),
  wrong('a misspelt dimension', { dimensions: ['stor'] }, 'unknown dimension stor; did you mean store?'),
  wrong('a band', { dimensions: ['size'] }, 'size is a band; expected what it is an attribute of.'),
  wrong('a source that is none', { from: ['sales_cube'] }, 'unknown larger rollup sales_cube.'),
];

it('takes a rollup that is right', () => {
  expect(problemsOf(facts(sold, { rollups: [cube] }))).toEqual([]);
});

it.each(CASES)('refuses %s', (_, model, problem) => {
  expect(problemsOf(model)).toContain(problem);
});
