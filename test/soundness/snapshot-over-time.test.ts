import { expect, it } from 'vitest';
import { day, event, firm, rawOf } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

const EVENTS = [
  event({ userId: 'a', created: '2024-01-10T08:00:00', firmId: 1 }),
  event({ userId: 'a', created: '2024-02-10T08:00:00', firmId: 1 }),
  event({ userId: 'b', created: '2024-03-20T08:00:00', firmId: 2 }),
];
/** One that comes on the last day of January, one at the first moment of March, one that is never active. */
const RAW = {
  ...rawOf(EVENTS),
  firms: [
    firm({ id: 1, created: '2024-01-31T23:59:59', firmSize: 10, arrInThousands: 100 }),
    firm({ id: 2, created: day('2024-03-01'), firmSize: 60, arrInThousands: 200 }),
    firm({ id: 3, created: day('2023-01-01'), firmSize: 300, arrInThousands: 400 }),
  ],
};

describeServed('snapshots', RAW, (ask) => {
  it('are what holds at the end of each period, and are never summed over periods', async () => {
    const { metrics } = await ask(`{ metrics(groupBy: [QUARTER, MONTH]) {
      rows { month arr seats seatUtilization }
      totals { arr seats }
      subtotals(by: [QUARTER]) { rows { arr seats arrPerActiveUser } }
      all: subtotals(by: []) { rows { arr seats } }
    } }`);
    expect(metrics.rows).toEqual([
      { month: '2024-01-01', arr: 500_000, seats: 310, seatUtilization: 1 / 310 },
      { month: '2024-02-01', arr: 500_000, seats: 310, seatUtilization: 1 / 310 },
      { month: '2024-03-01', arr: 700_000, seats: 370, seatUtilization: 1 / 370 },
    ]);
    expect(metrics.subtotals.rows).toEqual([{ arr: 700_000, seats: 370, arrPerActiveUser: 350_000 }]);
    expect(metrics.totals).toEqual({ arr: 700_000, seats: 370 });
    expect(metrics.all.rows).toEqual([{ arr: 700_000, seats: 370 }]);
  });

  it('count firms created before the end of the range, and all of them without one', async () => {
    const { range, open } = await ask(`{
      range: metrics(groupBy: [MONTH], timeRange: {between: {from: "2024-02-01", to: "2024-03-01"}}) { rows { arr } totals { arr } }
      open: metrics(where: {firm: {in: [2, 3]}}) { totals { arr } }
    }`);
    expect(range).toEqual({ rows: [{ arr: 500_000 }], totals: { arr: 500_000 } });
    expect(open.totals).toEqual({ arr: 600_000 });
  });

  it('in totals of survivors, and in what is folded, count a firm of several periods once', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH, FIRM], emptyGroups: true, having: {arr: {gt: 0}},
      orderBy: [{metric: {name: ARR, direction: DESC}}], limitBy: {n: 1, per: [FIRM], other: true}
    ) {
      rows { kind month firm { id } arr } totals { arr seats } subtotals(by: [FIRM]) { rows { firm { id } arr } }
    } }`);
    const row = (kind: string, month: string | null, id: string, arr: number) => ({
      ...{ kind, month, firm: { id }, arr },
    });
    expect(metrics.rows).toEqual([
      row('EMPTY', '2024-01-01', '3', 400_000),
      row('GROUP', '2024-03-01', '2', 200_000),
      row('GROUP', '2024-01-01', '1', 100_000),
      row('OTHER', null, '3', 400_000),
      row('OTHER', null, '1', 100_000),
    ]);
    expect(metrics.totals).toEqual({ arr: 700_000, seats: 370 });
    expect(metrics.subtotals.rows).toEqual([
      { firm: { id: '1' }, arr: 100_000 },
      { firm: { id: '2' }, arr: 200_000 },
      { firm: { id: '3' }, arr: 400_000 },
    ]);
  });

  it('over windows are what held at their ends', async () => {
    const { metrics } = await ask(`{ metrics(
      groupBy: [MONTH], compare: [{key: "before", toDate: false}], rolling: [{key: "three", trailing: 3}]
    ) { rows { month arr comparison(key: "before") { arr { previous delta } } rolling(key: "three") { arr seats } } } }`);
    const row = (month: string, arr: number, previous: number, seats: number) => ({
      ...{ month, arr, comparison: { arr: { previous, delta: arr - previous } }, rolling: { arr, seats } },
    });
    expect(metrics.rows).toEqual([
      row('2024-01-01', 500_000, 400_000, 310),
      row('2024-02-01', 500_000, 500_000, 310),
      row('2024-03-01', 700_000, 500_000, 370),
    ]);
  });
});
