import { expect, it } from 'vitest';
import { ask } from './ask.ts';

it('tells of every metric what it is made of and what it needs', async () => {
  const { data, errors } = await ask(`{ catalog { fiscalYearStart
    half: metric(name: "HALF") { kind lineage needs validDimensions validGrains deprecation }
    movers: metric(name: "movers") { kind lineage needs validGrains }
    revenue: metric(name: "revenue") { deprecation field enumValue }
  } }`);
  expect(errors).toBeUndefined();
  const grains = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'];
  expect(data.catalog).toEqual({
    fiscalYearStart: 1,
    half: {
      ...{ kind: 'derived', needs: [], deprecation: null },
      lineage: ['gross', 'revenue', 'orders', 'orders.revenue', 'orders.orders'],
      validGrains: grains,
      validDimensions: [...grains, 'STORE', 'CHANNEL', 'PRICE_BAND', 'LOYAL', 'ITEMS', 'COHORT'],
    },
    movers: {
      ...{ kind: 'movement', lineage: ['moves.movers'], needs: ['MONTH'] },
      validGrains: ['MONTH', 'QUARTER', 'YEAR'],
    },
    ...{ revenue: { deprecation: 'Use orders.', field: 'revenue', enumValue: 'REVENUE' } },
  });
});

it('tells of every dimension its kind and its values, bands with their bounds', async () => {
  const { data } = await ask(
    '{ catalog { fiscalYearStart dimensions { name kind description values { name from below } } } }',
    { fiscalYearStart: 7 },
  );
  const { dimensions, fiscalYearStart } = data.catalog;
  expect(fiscalYearStart).toBe(7);
  expect(dimensions.map(({ name, kind }: { name: string; kind: string }) => `${name}: ${kind}`)).toEqual([
    ...[
      'day: time',
      'week: time',
      'month: time',
      'quarter: time',
      'year: time',
      'store: entity',
      'channel: enum',
    ],
    ...['price_band: band', 'loyal: boolean', 'items: integer', 'cohort: period'],
  ]);
  const named = (name: string) => dimensions.find((each: { name: string }) => each.name === name);
  expect(named('channel').values[0]).toEqual({ name: 'WEB', from: null, below: null });
  expect(named('price_band').values).toEqual([
    { name: 'BELOW_10', from: null, below: 10 },
    { name: 'FROM_10', from: 10, below: null },
  ]);
  expect(named('year').description).toBe('What year is. Years are fiscal years, which begin in July.');
  expect(named('month').description).toBe('What month is.');
});

it('refuses a name that it does not know, with what was meant, beside what it does know', async () => {
  const { data, errors } = await ask('{ catalog { metric(name: "REVENU") { name } fiscalYearStart } }');
  expect(data.catalog).toEqual({ metric: null, fiscalYearStart: 1 });
  expect(errors![0]!.message).toBe('There is no metric "REVENU".');
  expect(errors![0]!.extensions).toMatchObject({ reason: 'UNKNOWN_NAME', suggestion: 'REVENUE' });
});
