import { expect, it } from 'vitest';
import { type Case, dimensions, method, metrics, problemsOf } from './sales.ts';

const CASES: readonly Case[] = [
  ['a missing description', metrics({ description: ' ' }), 'revenue: its description is missing.'],
  ['a missing label', metrics({ label: '' }), 'revenue: its label is missing.'],
  ['a missing formula', metrics({ formula: '' }), 'revenue: its formula is missing.'],
  ['a missing unit', metrics({ unit: ' ' }), 'revenue: its unit is missing.'],
  ['an empty caveat', metrics({ caveats: ['', 'So.'] }), 'revenue: one of its caveats is empty.'],
  [
    'a deprecation without a reason',
    metrics({ deprecated: '' }),
    'revenue: it is deprecated without a word why, and what to use instead.',
  ],
  ['a repeated description', metrics({}, { name: 'more' }), "more: its description is another definition's."],
  ['a repeated name', metrics({}, { description: 'Other.' }), 'revenue: two definitions have this name.'],
  ['a name of a dimension', metrics({ name: 'store' }), 'store: two definitions have this name.'],
  [
    'names with one field',
    metrics({ name: 'p_95' }, { name: 'p95', description: 'Other.' }),
    'p95: two definitions have a field of this name.',
  ],
  ['a name in another case', metrics({ name: 'netRevenue' }), 'netRevenue: a name is snake_case.'],
  ...[
    ...['id', 'kind', 'is_partial', 'comparison', 'rolling', 'custom', 'share', 'source_rows'],
    ...['and', 'or', 'not', 'compare'],
  ].map((name): Case => {
    const field = { is_partial: 'isPartial', source_rows: 'sourceRows' }[name] ?? name;
    return [
      `the reserved name ${name}`,
      metrics({ name }),
      `${name}: the generated types have a field ${field} already.`,
    ];
  }),
  [
    'a dimension of a reserved name',
    dimensions(method, { name: 'rolling' }),
    'rolling: the generated types have a field rolling already.',
  ],
];

it.each(CASES)('names %s', (_what, model, problem) => expect(problemsOf(model)).toContain(problem));
