import { expect, it } from 'vitest';
import { describeExplanation } from '../../src/cli/explanation.ts';

const EXPLANATION = {
  path: ['metrics'],
  plan: { version: 7 },
  tables: [
    {
      ...{ level: 'rows', fact: 'orders', relation: 'orders', windows: 'before' },
      rejected: [
        { relation: 'days', reason: 'it does not hold store' },
        { relation: 'stores', reason: 'the range cuts a month' },
      ],
    },
    { level: 'totals', fact: 'orders', relation: 'days', windows: null, rejected: [] },
  ],
  sql: 'select $1,\n       $2',
  parameters: [7, 'a\u001b[2J'],
};

it('is told in sections, with reasons beside tables and parameters by their number', () => {
  expect(describeExplanation(EXPLANATION)).toBe(`metrics

Plan
  {
    "version": 7
  }

Tables
  level   windows  fact    table   why
  ──────  ───────  ──────  ──────  ────────────────────────────────────────────────────────────────────
  rows    before   orders  orders  not days: it does not hold store; not stores: the range cuts a month
  totals  –        orders  days    the smallest

SQL
  select $1,
         $2

Parameters
  $1  7
  $2  "a\\u001b[2J"
`);
});

it('leaves out what there is none of', () => {
  const told = describeExplanation({ ...EXPLANATION, plan: null, tables: [], parameters: [] });
  expect(told).toBe('metrics\n\nSQL\n  select $1,\n         $2\n');
  expect(describeExplanation({ ...EXPLANATION, sql: null })).toMatch(/SQL\n {2}None is needed\.\n/);
});

it('ends with the plan of the database where it was asked for', () => {
  const told = describeExplanation({ ...EXPLANATION, databasePlan: [{ Plan: {} }] });
  expect(told).toMatch(/The database's plan\n {2}\[\n {4}\{\n {6}"Plan": \{\}/);
});
