import { expect, it } from 'vitest';
import { type Case, derived, described, metrics, problemsOf, shop } from './sales.ts';

const CASES: readonly Case[] = [
  [
    'an unknown measure',
    metrics({ measure: 'sales.revenu' }),
    'revenue: unknown measure sales.revenu; did you mean sales.revenue?',
  ],
  [
    'an unknown fact',
    metrics({ measure: 'sale.revenue' }),
    'revenue: unknown fact sale; did you mean sales?',
  ],
  [
    'a ratio without a denominator',
    metrics({ kind: 'ratio', numerator: 'sales.revenue' }),
    'revenue: a ratio needs a denominator.',
  ],
  [
    'a ratio of an unknown measure',
    metrics({ kind: 'ratio', numerator: 'sales.revenue', denominator: 'sales.dais' }),
    'revenue: unknown measure sales.dais; did you mean sales.days?',
  ],
  [
    'a kind of another aggregate',
    metrics({ kind: 'distinct count' }),
    'revenue: sales.revenue is a sum; expected countDistinct or countPeriods for kind distinct count.',
  ],
  [
    'a median that is none',
    metrics({ kind: 'median', measure: 'sales.price_90' }),
    'revenue: sales.price_90 has the fraction 0.9; expected 0.5 for a median.',
  ],
  [
    'a snapshot of events',
    metrics({ kind: 'snapshot' }),
    'revenue: it is of sales; a snapshot is of a fact that holds as one.',
  ],
  [
    'a movement of events',
    metrics({ kind: 'movement', measure: 'sales.num_sales' }),
    'revenue: it is of sales; a movement is of a fact that needs a period.',
  ],
  [
    'an additive metric of a snapshot',
    metrics({ measure: 'floors.area' }),
    'revenue: it is of floors; expected kind snapshot.',
  ],
  [
    'a distinct count of movements',
    metrics({ kind: 'distinct count', measure: 'visits.visitors' }),
    'revenue: it is of visits; expected kind movement.',
  ],
  [
    'whole numbers that have fractions',
    metrics({ kind: 'percentile', measure: 'sales.price_90', format: 'integer' }),
    'revenue: its numbers have fractions; expected the format decimal or percent.',
  ],
  [
    'a whole derived ratio',
    derived('ratio', ['revenue', 'area'], { format: 'integer' }),
    'more: its numbers have fractions; expected the format decimal or percent.',
  ],
  [
    'a part that is no metric',
    derived('sum', ['revenue', 'arena']),
    'more: unknown metric arena; did you mean area?',
  ],
  [
    'a sum of one metric',
    derived('sum', ['revenue']),
    'more: a sum is of two metrics or more, and this one of 1.',
  ],
  [
    'a difference of three metrics',
    derived('difference', ['revenue', 'area', 'yield']),
    'more: a difference is of two metrics, and this one of 3.',
  ],
  [
    'a ratio of one metric',
    derived('ratio', ['revenue']),
    'more: a ratio is of two metrics, and this one of 1.',
  ],
  ['a metric of itself', derived('sum', ['revenue', 'more']), 'more: it is made of itself: more → more.'],
  [
    'metrics of each other',
    {
      ...shop,
      metrics: [
        ...derived('sum', ['revenue', 'most']).metrics,
        {
          ...described,
          name: 'most',
          description: 'Most.',
          kind: 'derived',
          operation: 'product',
          of: ['more', 'area'],
        },
      ],
    },
    'most: it is made of itself: most → more → most.',
  ],
];

it.each(CASES)('names %s', (_what, model, problem) => expect(problemsOf(model)).toContain(problem));
