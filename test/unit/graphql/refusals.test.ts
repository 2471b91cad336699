import { expect, it } from 'vitest';
import { ask } from './ask.ts';

it.each([
  ['metrics(groupBy: [STORE]) { rows { movers } }', 'add MONTH to groupBy, or leave the metric out'],
  ['metrics(groupBy: [MONTH]) { totals { movers } }', 'ask for it in rows that are grouped by MONTH'],
  [
    'metrics(groupBy: [MONTH, STORE]) { subtotals(by: [STORE]) { rows { movers } } }',
    'add MONTH to by, or leave the metric out',
  ],
  [
    'metrics(groupBy: [MONTH, STORE], limitBy: {n: 1, per: [STORE], other: true}) { rows { movers } }',
    'add MONTH to per of limitBy, set other to false, or leave the metric out',
  ],
  [
    'metrics(groupBy: [STORE], limitBy: {n: 1, per: [STORE], other: true}) { rows { movers } }',
    'add MONTH to groupBy, or leave the metric out',
  ],
  ['metrics(groupBy: [WEEK, MONTH], fill: true) { totalCount }', 'group by DAY too, or leave WEEK out'],
])('%s is told: %s', async (field, expected) => {
  const { errors } = await ask(`{ ${field} }`);
  expect(errors!.map(({ message }) => message)).toEqual([expect.stringContaining(expected)]);
});
