import { describe, expect, it } from 'vitest';
import { listsIn, tabular } from '../../src/cli/answer.ts';
import { csv } from '../../src/cli/csv.ts';
import { table } from '../../src/cli/table.ts';

describe('table', () => {
  it('puts numbers to the right and text to the left', () => {
    expect(
      table(
        ['firm', 'n'],
        [
          ['a', 5],
          ['bcd', 1234],
          ['e', null],
        ],
      ),
    ).toBe('firm     n\n────  ────\na        5\nbcd   1234\ne        –\n');
  });

  it('cuts long cells but those of the last column', () => {
    const [, , row] = table(['a', 'b'], [['x'.repeat(80), 'y'.repeat(80)]]).split('\n');
    expect(row).toBe(`${'x'.repeat(59)}…  ${'y'.repeat(80)}`);
  });

  it('shows control characters instead of sending them to the terminal', () => {
    expect(table(['a'], [['\u001b[2Jx\u202e']])).toContain('\\u001b[2Jx\\u202e');
  });
});

describe('csv', () => {
  it('follows RFC 4180', () => {
    expect(
      csv(
        ['a', 'b,c'],
        [
          ['x"y', null],
          ['two\nlines', 1.5],
          [' spaced', false],
        ],
      ),
    ).toBe('a,"b,c"\r\n"x""y",\r\n"two\nlines",1.5\r\n" spaced",false\r\n');
  });
});

describe('listsIn', () => {
  it('finds the lists nearest to the root first, with what stands beside them', () => {
    const rows = [{ month: '2024-04-01' }];
    const found = listsIn({
      powerUsers: {
        summary: { byMonth: rows },
        rows,
        totals: { n: 1 },
        totalCount: 9,
        pageInfo: { hasNextPage: true },
      },
    });
    expect(found).toEqual([
      { path: 'powerUsers.rows', rows, totals: { n: 1 }, totalCount: 9, hasNextPage: true },
      {
        path: 'powerUsers.summary.byMonth',
        rows,
        totals: undefined,
        totalCount: undefined,
        hasNextPage: false,
      },
    ]);
  });

  it('takes lists of scalars for values', () => {
    expect(listsIn({ a: { b: [1, 2] } })).toEqual([]);
  });
});

describe('tabular', () => {
  it('has a column for each leaf, and none for an object that is null in some rows', () => {
    const rows = [
      { firm: null, n: 1 },
      { firm: { id: 7, tags: ['x'] }, n: 2 },
    ];
    expect(tabular(rows)).toEqual({
      columns: ['n', 'firm.id', 'firm.tags'],
      values: [
        [1, null, null],
        [2, 7, '["x"]'],
      ],
    });
  });
});
