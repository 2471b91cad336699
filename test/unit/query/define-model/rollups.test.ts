import { expect, it } from 'vitest';
import type { Rollup } from '../../../../src/query/model/model.ts';
import { area, type Case, facts, problemsOf, sold } from './sales.ts';

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

const CASES: readonly Case[] = [
  ['a repeated rollup', facts(sold, { rollups: [cube, cube] }), 'sales_cube: two rollups have this name.'],
  [
    'a rollup of a snapshot',
    facts(area, { rollups: [cube] }),
    'floors, rollup sales_cube: a snapshot holds in any period, and so has no rollup.',
  ],
  wrong('a name in another case', { name: 'Cube' }, 'a name is snake_case.'),
  wrong('a long name', { name: 'c'.repeat(51) }, 'a name has at most 50 letters.'),
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
