import { expect, it } from 'vitest';
import { rounded } from './ask.ts';
import { describeShop } from './open-shop.ts';

const QUARTER = 'timeRange: {between: {from: "2024-01-01", to: "2024-04-01"}}';

/** Numbers added up by hand from the lines of `data.ts`, so that an evaluator and the engine cannot share a mistake. */
describeShop('the figures of the shop', (shop) => {
  /** The values of the fields selected, row by row. */
  const rows = async (args: string, fields: string) => {
    const { metrics } = await shop.api.ask(`{ metrics(${args}) { rows { ${fields} } } }`);
    return rounded(metrics.rows).map(Object.values);
  };

  it('are right by month, for facts of every sort', async () => {
    const sales = 'month isPartial numLines numOrders revenue furtherLines';
    expect(await rows(`groupBy: [MONTH], ${QUARTER}`, sales)).toEqual([
      ['2024-01-01', false, 4, 3, 25.99, 1],
      ['2024-02-01', false, 6, 4, 42.98, 2],
      ['2024-03-01', true, 7, 5, 32.49, 2],
    ]);
    const stores = 'visits conversionRate contacts startedStores stoppedStores numStores floorSpace';
    expect(await rows(`groupBy: [MONTH], ${QUARTER}`, stores)).toEqual(
      rounded([
        [33, 3 / 33, 37, 1, 0, 2, 349],
        [109, 4 / 109, 115, 1, 0, 4, 1449],
        [76, 5 / 76, 83, 0, 0, 4, 1449],
      ]),
    );
  });

  it('are right for shares of lines and for means', async () => {
    const february = 'where: {month: {eq: "2024-02-01"}}';
    const prices = 'medianPrice p90Price leastPrice highestPrice avgUnitPrice avgOrderValue';
    expect(await rows(february, prices)).toEqual([[4.75, 15.99, 0, 19.98, 2.149, 10.745]]);
    expect(await rows(february, 'bulkLines bulkOrders unitsSold sellingDays lineOrders turnover')).toEqual([
      [2, 2, 20, 3, 24, 42.98],
    ]);
  });

  it('are right by category, for lines without one and orders of several', async () => {
    const { metrics } = await shop.api.ask(`{ metrics(groupBy: [CATEGORY]) {
      rows { category numLines revenue numOrders avgOrderValue share { revenue } } totals { numLines revenue numOrders }
    } }`);
    const share = (revenue: number) => ({ revenue: revenue / 112.96 });
    expect(rounded(metrics.rows).map(Object.values)).toEqual(
      rounded([
        ['FRUIT', 9, 32.6, 8, (1 + 5 + 5.5 + 1.5 + 13.5 + 7 + 14.6 + 1.4) / 8, share(32.6)],
        ['BAKERY', 6, 26.4, 6, 10.43, share(26.4)],
        ['DAIRY', 4, 47.96, 4, (14.49 + 22.48 + 9.99 + 14.6) / 4, share(47.96)],
        [null, 3, 6, 3, (14.49 + 0 + 1.5) / 3, share(6)],
      ]),
    );
    expect(metrics.totals).toEqual({ numLines: 22, revenue: 112.96, numOrders: 15 });
  });

  it('are right beside the month before, to the same day', async () => {
    const change = '{ current previous delta relativeChange }';
    const { metrics } = await shop.api.ask(`{
      metrics(groupBy: [MONTH], where: {month: {eq: "2024-03-01"}}, compare: [{key: "before"}, {key: "whole", toDate: false}]) {
        rows { before: comparison(key: "before") { isPartial numLines ${change} floorSpace ${change} revenuePerArea ${change} visits ${change} }
               whole: comparison(key: "whole") { numLines ${change} revenue ${change} } }
      }
    }`);
    const changed = (current: number, previous: number) => ({
      current,
      previous,
      delta: current - previous,
      relativeChange: (current - previous) / previous,
    });
    const [row] = rounded(metrics.rows);
    expect(row.before).toEqual(
      rounded({
        isPartial: true,
        numLines: changed(7, 3),
        // A snapshot is that of the end of the month, and visits are of whole days.
        floorSpace: changed(1449, 1449),
        revenuePerArea: changed(32.49 / 1449, 13.5 / 1449),
        visits: changed(76, 109),
      }),
    );
    expect(row.whole).toEqual(rounded({ numLines: changed(7, 6), revenue: changed(32.49, 42.98) }));
  });

  it('are right over windows of two months', async () => {
    const { metrics } = await shop.api.ask(`{
      metrics(groupBy: [MONTH], ${QUARTER}, rolling: [{key: "two", trailing: 2}]) {
        rows { rolling(key: "two") { isPartial numOrders medianPrice sellingDays startedStores floorSpace } }
      }
    }`);
    expect(metrics.rows.map(({ rolling }: { rolling: object }) => Object.values(rolling))).toEqual([
      [false, 4, 3.75, 4, 2, 349],
      [false, 7, 5.75, 6, 2, 1449],
      [true, 9, 4.2, 7, 1, 1449],
    ]);
  });

  it('are right for the rest beside the best of each month', async () => {
    const best = `groupBy: [MONTH, STORE], ${QUARTER}, limitBy: {n: 1, per: [MONTH], other: true},
      orderBy: [{dimension: {name: MONTH}}, {metric: {name: REVENUE, direction: DESC}}]`;
    const { metrics } = await shop.api.ask(
      `{ metrics(${best}) { rows { kind month store { id area } revenue numOrders } totalCount } }`,
    );
    expect(metrics).toEqual({
      rows: [
        { kind: 'GROUP', month: '2024-01-01', store: { id: '2', area: 250 }, revenue: 24.49, numOrders: 2 },
        { kind: 'OTHER', month: '2024-01-01', store: null, revenue: 1.5, numOrders: 1 },
        { kind: 'GROUP', month: '2024-02-01', store: { id: '3', area: 1000 }, revenue: 35.98, numOrders: 2 },
        { kind: 'OTHER', month: '2024-02-01', store: null, revenue: 7, numOrders: 2 },
        { kind: 'GROUP', month: '2024-03-01', store: { id: '1', area: 99 }, revenue: 14.99, numOrders: 2 },
        { kind: 'OTHER', month: '2024-03-01', store: null, revenue: 17.5, numOrders: 3 },
      ],
      totalCount: 6,
    });
  });

  it('are right in Berlin', async () => {
    expect(await rows('groupBy: [MONTH], timeZone: "Europe/Berlin"', 'month numLines')).toEqual([
      ['2023-02-01', 1],
      ['2023-03-01', 2],
      ['2024-01-01', 5],
      ['2024-02-01', 6],
      ['2024-03-01', 8],
    ]);
  });

  it('are there for stores without a line and months without any', async () => {
    const stores = await rows(
      'groupBy: [STORE], emptyGroups: true',
      'kind numLines avgUnitPrice floorSpace visits',
    );
    expect(stores.slice(3)).toEqual([
      ['EMPTY', 0, null, 100, 8],
      ['EMPTY', 0, null, 400, 0],
    ]);
    const months = await rows('groupBy: [MONTH], fill: true', 'kind numLines floorSpace');
    expect(months.map(([kind]: string[]) => kind).join(' ')).toBe(
      `GROUP GROUP ${'FILLED '.repeat(8)}GROUP GROUP GROUP GROUP`,
    );
    expect(months[2]).toEqual(['FILLED', 0, 99]);
  });

  it('are right for custom metrics and for what survives having', async () => {
    const { metrics } = await shop.api.ask(`{
      metrics(groupBy: [COUNTRY], having: {custom: {key: "share", gte: 0.1}}, custom: [
        {key: "fruit", filtered: {metric: REVENUE, where: {category: {eq: FRUIT}}}}
        {key: "share", ratio: {of: {custom: "fruit"}, by: {metric: REVENUE}}}
      ]) { rows { country revenue fruit: custom(key: "fruit") share: custom(key: "share") } totals { revenue share: custom(key: "share") } }
    }`);
    // Of NL, 1.40 of 21.39.
    expect(rounded(metrics)).toEqual(
      rounded({
        rows: [
          { country: 'DE', revenue: 47.99, fruit: 24.5, share: 24.5 / 47.99 },
          { country: 'FR', revenue: 43.58, fruit: 6.7, share: 6.7 / 43.58 },
        ],
        totals: { revenue: 91.57, share: 31.2 / 91.57 },
      }),
    );
  });
});
