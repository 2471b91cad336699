import { expect, it } from 'vitest';
import type { Model } from '../../../src/query/define.ts';
import { ModelError } from '../../../src/query/model/define-model.ts';
import { metrics, problemsOf, revenue, shop } from './define-model/sales.ts';

it('takes a model that holds together', () => expect(problemsOf(shop)).toEqual([]));

it('takes what is unusual and right', () => {
  const model: Model = {
    ...shop,
    metrics: [
      ...shop.metrics,
      { ...revenue, name: 'days', description: 'Days.', kind: 'distinct count', measure: 'sales.days' },
      { ...revenue, name: 'p90', description: '90 %.', kind: 'percentile', measure: 'sales.price_90' },
      {
        ...revenue,
        name: 'all',
        description: 'All.',
        kind: 'derived',
        operation: 'sum',
        of: ['area', 'area', 'p90'],
        deprecated: 'It means nothing: use area.',
      },
    ],
  };
  expect(problemsOf(model)).toEqual([]);
});

it('names everything at once', () => {
  const problems = problemsOf(
    metrics({ description: '', measure: 'sales.nothing_like_it' }, { label: '', name: 'not' }),
  );
  expect(problems).toHaveLength(4);
  expect(new ModelError(problems).message).toContain('4 problem(s)');
});
