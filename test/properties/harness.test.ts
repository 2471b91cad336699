import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midnight } from '../oracle/data.ts';
import type { Case, World } from './cases.ts';
import { Absent, differences, Near } from './check/differences.ts';
import { someFirm, someUser } from './data-sets.ts';
import { casesOf } from './generate/case.ts';
import { reduced } from './reduce.ts';
import { worlds } from './worlds.ts';

/** The property tests' own parts: a check that cannot fail, or a failure that nobody can read, is worth nothing. */
describe('the differences of an answer', () => {
  it('are none where it is as expected, to within what a number may miss', () => {
    const expected = {
      rows: [{ n: 3, share: new Near(0.3, 1e-12), month: '2024-01-01' }],
      gone: new Absent(),
    };
    const actual = { rows: [{ n: 3, share: 0.1 + 0.2, month: '2024-01-01', id: 'x' }], gone: null };
    expect(differences(expected, actual)).toEqual([]);
    expect(differences(new Absent(), { id: 'x', isPartial: true, n: null })).toEqual([]);
  });

  it('are told with their place', () => {
    const expected = { rows: [{ n: 3 }, { n: 4 }], totals: { share: new Near(0.5, 1e-12), mean: null } };
    expect(differences(expected, { rows: [{ n: 2 }], totals: { share: 0.5001, mean: 0 } })).toEqual([
      'rows: expected 2 rows, got 1',
      'rows[0].n: expected 3, got 2',
      'totals.share: expected 0.5 ± 1e-12, got 0.5001',
      'totals.mean: expected null, got 0',
    ]);
    expect(differences(new Absent(), { id: 'x', n: 0 }, 'gone')).toEqual([
      'gone: expected nothing, got {"id":"x","n":0}',
    ]);
  });
});

describe('a failure', () => {
  it('is told of the smallest case and the fewest events that show it', async () => {
    const event = (firm: number) =>
      ({ created: midnight('2024-01-31'), firm, user: 'a', type: 'VAULT', docs: 1, feedback: 3 }) as const;
    const world: World = {
      data: { events: [1, 1, 2, 1, 1, 1].map(event), users: [someUser('a')], firms: [1, 2].map(someFirm) },
      fiscalStart: 1,
    };
    const selected = { comparisons: [], rolling: [], custom: [], shares: [] };
    const asked: Case = {
      request: {
        groupBy: ['FIRM', 'MONTH'],
        where: { and: [{ title: { eq: 'PARTNER' } }, { firm: { eq: '1' } }] },
        timeRange: { last: { count: 1, unit: 'YEAR' } },
        fill: true,
      },
      selected: {
        rows: { ...selected, metrics: ['numDocs', 'numQueries'] },
        totals: { metrics: [], custom: [] },
        subtotals: [],
      },
      other: { rows: { ...selected, metrics: ['arr'] }, subtotals: [] },
      first: 3,
      by: 0,
    };
    const small = await reduced(world, asked, async ({ data }, { request, selected: { rows } }) => {
      const isConcerned = data.events.some(({ firm }) => firm === 2) && rows.metrics.includes('numQueries');
      return isConcerned && request.fill === true;
    });
    expect(small.world.data.events.map(({ firm }) => firm)).toEqual([2]);
    expect(small.asked.request).toEqual({ groupBy: ['MONTH'], fill: true });
    expect(small.asked.selected.rows.metrics).toEqual(['numQueries']);
  });
});

describe('a generated case', () => {
  it('is the same for the same seed', () => {
    const [world] = fc.sample(worlds, { seed: 7, numRuns: 1 }) as [World];
    const sample = () => fc.sample(casesOf(world), { seed: 7, numRuns: 20 });
    expect(sample()).toEqual(sample());
  });
});
