import { type GraphQLObjectType, printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildApiSchema } from '../../src/graphql/schema.ts';
import type { Data } from '../support/api.ts';
import { describeShop } from './open-shop.ts';
import { shop as model } from './shop/index.ts';

describe('the schema of the shop', () => {
  const schema = buildApiSchema(model);
  const fieldsOf = (type: string) => (schema.getType(type) as GraphQLObjectType).getFields();

  it('is made from its model and knows nothing of the one that is shipped', () => {
    const printed = printSchema(schema);
    expect(printed).not.toMatch(/firm|engagement|lawyer|feedback|power/i);
    for (const type of ['AreaBand', 'Category', 'Country', 'Store', 'Product'])
      expect(schema.getType(type)).toBeDefined();
    expect(printed).toMatch(/enum AreaBand \{[^}]*SMALL[^}]*MEDIUM[^}]*LARGE/);
    const row = fieldsOf('MetricsRow');
    const types = ['month', 'store', 'areaBand', 'openingYear', 'outlet', 'units'].map((name) =>
      String(row[name]!.type),
    );
    expect(types).toEqual(['Date', 'Store', 'AreaBand', 'Date', 'Boolean', 'Int']);
    const metrics = [
      'numLines',
      'revenue',
      'medianPrice',
      'leastPrice',
      'floorSpace',
      'revenuePerArea',
      'contacts',
    ];
    expect(metrics.map((name) => String(row[name]!.type))).toEqual([
      'SafeInt!',
      'Float!',
      'Float',
      'Float',
      'SafeInt!',
      'Float',
      'SafeInt!',
    ]);
    expect(Object.keys(fieldsOf('MetricShares'))).toEqual([
      'id',
      ...['numLines', 'bulkLines', 'unitsSold', 'revenue', 'turnover', 'visits'],
    ]);
  });

  it('says what is deprecated, wherever it is', () => {
    const outlet = 'Use area_band: every large store is an outlet by now.';
    const reasons = ['MetricsRow', 'MetricsTotals', 'MetricShares', 'MetricChanges', 'MetricValues'].map(
      (type) => fieldsOf(type).turnover!.deprecationReason,
    );
    expect(reasons).toEqual(Array(5).fill('Use revenue.'));
    expect(fieldsOf('MetricsRow').outlet!.deprecationReason).toBe(outlet);
    const printed = printSchema(schema);
    expect(printed).toContain('TURNOVER @deprecated(reason: "Use revenue.")');
    expect(printed).toContain(`OUTLET @deprecated(reason: "${outlet}")`);
  });
});

describeShop('the API of the shop', (shop) => {
  it('tells what each metric is and where it has a meaning', async () => {
    const { catalog } = await shop.api.ask(`{ catalog {
      visits: metric(name: "visits") { kind validDimensions }
      stores: metric(name: "startedStores") { kind needs validGrains }
      area: metric(name: "REVENUE_PER_AREA") { kind lineage validDimensions }
      turnover: metric(name: "turnover") { deprecation }
      band: dimension(name: "area_band") { kind values { name from below } }
    } }`);
    const ofStores = ['STORE', 'AREA_BAND', 'OPENING_YEAR', 'OUTLET'];
    expect(catalog.visits).toEqual({
      kind: 'additive',
      validDimensions: ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR', ...ofStores],
    });
    expect(catalog.stores).toEqual({
      kind: 'movement',
      needs: ['MONTH'],
      validGrains: ['MONTH', 'QUARTER', 'YEAR'],
    });
    expect(catalog.area).toMatchObject({ kind: 'derived' });
    expect(catalog.area.validDimensions.slice(5)).toEqual(ofStores);
    expect(catalog.area.lineage).toEqual(expect.arrayContaining(['lines.revenue', 'floors.area']));
    expect(catalog.turnover.deprecation).toBe('Use revenue.');
    expect(catalog.band.values).toEqual([
      { name: 'SMALL', from: null, below: 100 },
      { name: 'MEDIUM', from: 100, below: 400 },
      { name: 'LARGE', from: 400, below: null },
    ]);
  });

  it.each([
    ['visits by country', 'groupBy: [COUNTRY]', 'visits', 'METRIC_NOT_AT_DIMENSION'],
    [
      'floors filtered by product',
      'where: {product: {eq: "apple"}}',
      'floorSpace',
      'METRIC_NOT_AT_DIMENSION',
    ],
    ['movements without a month', 'groupBy: [STORE]', 'startedStores', 'METRIC_NEEDS_GROUP'],
    ['movements by day', 'groupBy: [MONTH, DAY]', 'startedStores', 'METRIC_NOT_AT_DIMENSION'],
    [
      'visits of a part of a day',
      'timeRange: {between: {from: "2024-01-01T12:00:00", to: "2024-02-01"}}',
      'visits',
      'METRIC_NEEDS_WHOLE_PERIODS',
    ],
    ['visits elsewhere', 'timeZone: "Asia/Tokyo"', 'visits', 'METRIC_NOT_IN_TIME_ZONE'],
    ['floors elsewhere', 'timeZone: "Asia/Tokyo"', 'floorSpace', 'METRIC_NOT_IN_TIME_ZONE'],
    ['a dimension that is not grouped', 'groupBy: [STORE]', 'category', 'NOT_GROUPED'],
  ])('refuses %s', async (_what, args, field, reason) => {
    const errors = await shop.api.refused(`{ metrics(${args}) { rows { numLines ${field} } } }`);
    expect(errors.map(({ extensions }) => extensions.reason)).toEqual([reason]);
  });

  it('answers from the smallest table that is exact', async () => {
    const relation = async (args: string, metrics: string) => {
      const { metrics: answer } = await shop.api.ask(
        `{ metrics(${args}) { rows { ${metrics} } meta { rollup { fact relation } } } }`,
      );
      return answer.meta.rollup.find(({ fact }: Data) => fact === 'lines').relation;
    };
    expect(await relation('groupBy: [STORE, DAY]', 'numOrders revenue sellingDays leastPrice')).toBe(
      'daily_sales',
    );
    expect(await relation('groupBy: [MONTH]', 'numLines revenue sellingDays leastPrice')).toBe('daily_sales');
    expect(await relation('groupBy: [STORE, MONTH]', 'numOrders')).toBe('order_lines');
    expect(await relation('groupBy: [MONTH]', 'medianPrice')).toBe('order_lines');
    expect(await relation('groupBy: [AREA_BAND]', 'revenue')).toBe('order_lines');
    expect(await relation('groupBy: [DAY, STORE], timeZone: "Asia/Tokyo"', 'revenue')).toBe('order_lines');
  });

  it('shows the lines behind a number', async () => {
    const { metrics } = await shop.api.ask(`{
      metrics(groupBy: [CATEGORY], where: {country: {neq: FR}, category: {isNull: true}}) {
        rows { numLines sourceRows(first: 1) { rows { at store { id area } country quantity } pageInfo { hasNextPage } } }
      }
    }`);
    const [{ numLines, sourceRows }] = metrics.rows;
    expect(numLines).toBe(2);
    expect(sourceRows.rows).toEqual([
      {
        at: expect.stringContaining('2024-'),
        store: { id: expect.any(String), area: expect.any(Number) },
        country: 'DE',
        quantity: expect.any(Number),
      },
    ]);
    expect(sourceRows.pageInfo.hasNextPage).toBe(true);
  });

  it('lists the values of dimensions of every kind, with their counts', async () => {
    const values = async (dimension: string) => {
      const { dimensionValues } = await shop.api.ask(
        `{ dimensionValues(dimension: ${dimension}) { rows { value count } } }`,
      );
      return dimensionValues.rows.map(Object.values);
    };
    expect(await values('CATEGORY')).toEqual([
      ['FRUIT', 9],
      ['BAKERY', 6],
      ['DAIRY', 4],
      [null, 3],
    ]);
    expect(await values('AREA_BAND')).toEqual([
      ['SMALL', 9],
      ['MEDIUM', 7],
      ['LARGE', 6],
    ]);
    expect(await values('OUTLET')).toEqual([
      ['false', 16],
      ['true', 6],
    ]);
    expect((await values('PRODUCT')).map(([value]: string[]) => value)).toEqual([
      'Bread',
      'apple',
      'cheese',
      'truffle',
      null,
    ]);
  });

  it('walks all pages, whatever the keys', async () => {
    const page = `query ($after: String) {
      metrics(groupBy: [PRODUCT, LAUNCH_QUARTER, OUTLET, MONTH], first: 3, after: $after) {
        rows { product { id } launchQuarter outlet month numLines } pageInfo { hasNextPage endCursor } totalCount
      }
    }`;
    const rows: Data[] = [];
    let after: string | null = null;
    do {
      const { metrics }: Data = await shop.api.ask(page, { after });
      rows.push(...metrics.rows);
      expect(metrics.totalCount).toBe(19);
      after = metrics.pageInfo.hasNextPage ? metrics.pageInfo.endCursor : null;
    } while (after !== null);
    const { metrics } = await shop.api.ask(page.replace('first: 3', 'first: 100'));
    expect(rows).toEqual(metrics.rows);
    expect(rows).toHaveLength(19);
  });
});
