import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { expect, it } from 'vitest';
import type { ProblemCode } from '../../src/query/resolve/problems.ts';
import { event, firm, rawOf, user } from '../support/raw.ts';
import { describeServed, serve } from '../support/serve.ts';
import type { Case } from './refusals/case.ts';
import { GROUPS } from './refusals/groups.ts';
import { KEYED } from './refusals/keyed.ts';
import { METRICS } from './refusals/metrics.ts';
import { PERIODS } from './refusals/periods.ts';
import { VALUES } from './refusals/values.ts';

const EVENTS = [
  event({ created: '2022-01-10T08:00:00' }),
  event({ created: '2024-02-10T08:00:00', firmId: 2 }),
  event({ created: '2024-06-10T12:00:00' }),
];
const ids = (count: number) => Array.from({ length: count }, (_, index) => index + 10);
const RAW = rawOf(EVENTS, {
  users: ids(800).map((id) => user({ id: `idle${id}` })),
  firms: ids(10).map((id) => firm({ id })),
});

/** Every reason, with the places that it can be given for. The compiler tells of one that is missing. */
const REFUSED: Readonly<
  Record<Exclude<ProblemCode, 'TIME_ZONE_NEEDS_TIMES' | `CURSOR_OF_${string}`>, readonly Case[]>
> = { ...GROUPS, ...METRICS, ...VALUES, ...PERIODS, ...KEYED };

/** What a client reads without its words. */
const told = ({ extensions }: GraphQLError) => {
  const { code, reason, path, allowed, suggestion } = extensions;
  return { code, reason, path, allowed, suggestion };
};

describeServed('refusals', RAW, (ask, served) => {
  it.each(
    Object.entries(REFUSED).flatMap(([reason, cases]) =>
      cases.map((each) => [reason, each.path.join('.'), each] as const),
    ),
  )('%s at %s', async (reason, _, { ask: field, path, allowed, suggestion }) => {
    const errors = await served.api.refused(`{ ${field} }`);
    expect(errors.map(told)).toEqual([{ code: 'BAD_USER_INPUT', reason, path, allowed, suggestion }]);
  });

  it('of too many empty groups depend on what the data combine', async () => {
    const args = 'groupBy: [DAY, FIRM, USER, EVENT_TYPE], emptyGroups: true, first: 1';
    const { metrics } = await ask(`{ metrics(${args}) { totalCount } }`);
    // Three combinations of the rest, for each of 801 users and 12 firms; three groups have events.
    expect(metrics.totalCount).toBe(3 + 3 * 801 + 3 * 12 - 3 - 3);
  });

  it('of an operator that is null spare one whose variable is left out', async () => {
    const source = `query ($t: Title) { metrics(where: {title: {eq: $t, neq: PARTNER}}) { totals { numQueries } } }`;
    expect((await ask(source)).metrics.totals).toEqual({ numQueries: 3 });
    const [error] = await served.api.refused(source, { t: null });
    expect(error!.message).toBe('eq on title is null: ask for what has no value by isNull, or leave eq out.');
  });

  it('spare a between whose ends are one value, and say how to mend one whose ends are exchanged', async () => {
    const between = (from: string, to: string) =>
      `{ metrics(where: {title: {between: {from: ${from}, to: ${to}}}}) { totals { numQueries } } }`;
    expect((await ask(between('ASSOCIATE', 'ASSOCIATE'))).metrics.totals).toEqual({ numQueries: 3 });
    const [error] = await served.api.refused(between('PARTNER', 'ASSOCIATE'));
    expect(error!.message).toBe(
      'between on title goes from PARTNER to ASSOCIATE, which comes before it, so nothing is between them: exchange the two.',
    );
  });

  it('of a custom metric that nothing asks for spare one that could be asked somewhere', async () => {
    const custom = (formula: string) => `custom: [{key: "k", ${formula}}]`;
    const perUser = 'ratio: {of: {metric: ARR}, by: {metric: ACTIVE_USERS}}';
    const growth = 'difference: {of: {metric: NEW_USERS}, by: {metric: CHURNED_USERS}}';
    // In totals; in subtotals by month.
    await ask(`{ metrics(groupBy: [USER], ${custom(perUser)}) { totalCount } }`);
    await ask(`{ metrics(groupBy: [DAY, MONTH], ${custom(growth)}) { totalCount } }`);
    for (const args of [
      `groupBy: [DAY], ${custom('ratio: {of: {metric: NEW_USERS}, by: {metric: ARR}}')}`,
      // What survives a condition must be told apart at every level.
      `groupBy: [USER], having: {numDocs: {gt: 0}}, ${custom(perUser)}`,
    ]) {
      const errors = await served.api.refused(`{ metrics(${args}) { totalCount } }`);
      expect(errors.map(({ extensions }) => (extensions.path as string[]).slice(0, 5).join('.'))).toContain(
        'metrics.custom.0.ratio.of',
      );
    }
  });

  it('come all at once', async () => {
    const errors = await served.api.refused(`{
      m: metrics(
        groupBy: [DAY, FIRM, DAY], where: {month: {eq: "2024-01-02"}, user: {in: []}, and: [{title: {}}]},
        having: {custom: {key: "rat", gt: 1}}, timeRange: {between: {from: "2024-02-01", to: "2024-01-01"}},
        orderBy: [{dimension: {name: TITLE}}], first: 0, limitBy: {n: 0, per: [USER]},
        compare: [{key: "k", shift: {count: 0, unit: DAY}}, {key: "k"}], rolling: [{key: "r"}],
        custom: [{key: "rate", sum: [{metric: NUM_DOCS}], product: []}]
      ) {
        rows { week comparison(key: "kk") { numDocs { delta } } engagementScore share(of: [YEAR]) { numDocs } sourceRows(first: 0) { id } }
        totals { newUsers }
        subtotals(by: [TITLE], first: 0) { rows { user { id } } }
      }
    }`);
    expect(
      errors.map(({ extensions: { reason, path } }) => `${reason} ${(path as string[]).join('.')}`).sort(),
    ).toEqual(
      [
        'DUPLICATE_DIMENSION m.groupBy.2',
        'DUPLICATE_KEY m.compare.1.key',
        'EMPTY_FILTER m.where.and.0.title',
        'EMPTY_LIST m.where.user.in',
        'EMPTY_RANGE m.timeRange.between',
        'FIRST_OUT_OF_RANGE m.first',
        'FIRST_OUT_OF_RANGE m.rows.sourceRows.first',
        'FIRST_OUT_OF_RANGE m.subtotals.first',
        'METRIC_NEEDS_GROUP m.totals.newUsers',
        'METRIC_NOT_AT_DIMENSION m.rows.engagementScore',
        // The totals of surviving groups know the groups.
        'METRIC_NOT_AT_DIMENSION m.totals.newUsers',
        'NOT_A_GROUP m.limitBy.per.0',
        'NOT_A_GROUP m.rows.share.of.0',
        'NOT_A_GROUP m.subtotals.by.0',
        'NOT_A_PERIOD_START m.where.month.eq',
        'NOT_EXACTLY_ONE m.custom.0',
        'NOT_EXACTLY_ONE m.rolling.0',
        'NOT_GROUPED m.rows.week',
        'NOT_GROUPED m.subtotals.rows.user',
        'NUMBER_OUT_OF_RANGE m.compare.0.shift.count',
        'NUMBER_OUT_OF_RANGE m.limitBy.n',
        'ORDER_NOT_GROUPED m.orderBy.0',
        'UNKNOWN_KEY m.having.custom.key',
        'UNKNOWN_KEY m.rows.comparison',
      ].sort(),
    );
  });

  it('of one field leave the others of an operation alone', async () => {
    const errors = await served.api.refused(
      '{ a: metrics(first: 0) { totalCount } b: metrics { totalCount } }',
    );
    expect(errors.map(({ path }) => path)).toEqual([['a']]);
  });

  it.each([
    [
      '{ metrics(groupBy: [MONTH, FRIM]) { totalCount } }',
      'UNKNOWN_ENUM_VALUE',
      ['metrics', 'groupBy', 1],
      'FIRM',
    ],
    ['{ m: metrics { rows { numQueris } } }', 'UNKNOWN_FIELD', ['m', 'rows', 'numQueris'], 'numQueries'],
    ['{ metrics(timezone: "UTC") { totalCount } }', 'UNKNOWN_ARGUMENT', ['metrics', 'timezone'], 'timeZone'],
    [
      '{ metrics(where: {and: [{titel: {eq: PARTNER}}]}) { totalCount } }',
      ...(['UNKNOWN_INPUT_FIELD', ['metrics', 'where', 'and', 0, 'titel'], 'title'] as const),
    ],
    [
      '{ metrics(orderBy: [{metric: {name: NUM_DOC}}]) { totalCount } }',
      ...(['UNKNOWN_ENUM_VALUE', ['metrics', 'orderBy', 0, 'metric', 'name'], 'NUM_DOCS'] as const),
    ],
  ])('of a misspelt name say what is valid and what was meant: %s', async (ask, reason, path, suggestion) => {
    const errors = await served.api.refused(ask);
    const [{ extensions }] = errors.map((error) => served.api.api.formatError(error.toJSON(), error)) as [
      GraphQLFormattedError,
    ];
    expect(errors).toHaveLength(1);
    expect(extensions).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED', reason, path, suggestion });
    expect(extensions!.allowed).toContain(suggestion);
  });

  it('of the values of variables say the same, with the path inside of them', async () => {
    const errors = await served.api.refused(
      'query ($w: MetricsWhere) { metrics(where: $w) { totals { numQueries } } }',
      { w: { titel: { eq: 'PARTNER' }, eventType: { eq: 'VALT' } } },
    );
    const forms = errors.map((error) => served.api.api.formatError(error.toJSON(), error).extensions);
    expect(forms).toMatchObject([
      {
        ...{ code: 'BAD_USER_INPUT', reason: 'UNKNOWN_ENUM_VALUE', suggestion: 'VAULT' },
        ...{ path: ['metrics', 'where', 'eventType', 'eq'], variable: ['w', 'eventType', 'eq'] },
        allowed: ['ASSISTANT', 'VAULT', 'WORKFLOW'],
      },
      {
        ...{ code: 'BAD_USER_INPUT', reason: 'UNKNOWN_INPUT_FIELD', suggestion: 'title' },
        ...{ path: ['metrics', 'where', 'titel'], variable: ['w', 'titel'] },
      },
    ]);
  });

  const cursorOf = async (args: string) => {
    const { metrics } = await ask(
      `{ metrics(groupBy: [MONTH], first: 1 ${args}) { pageInfo { endCursor } subtotals(by: [MONTH], first: 1) { pageInfo { endCursor } } } }`,
    );
    return {
      rows: metrics.pageInfo.endCursor as string,
      subtotals: metrics.subtotals.pageInfo.endCursor as string,
    };
  };

  it('CURSOR_OF_OTHER_REQUEST: a cursor belongs to its arguments and its level', async () => {
    const { rows, subtotals } = await cursorOf('');
    for (const [field, ...path] of [
      [`metrics(groupBy: [YEAR], after: "${rows}") { totalCount }`, 'metrics', 'after'],
      [
        `metrics(groupBy: [MONTH], where: {firm: {eq: 1}}, after: "${rows}") { totalCount }`,
        'metrics',
        'after',
      ],
      [`metrics(groupBy: [MONTH], after: "${subtotals}") { totalCount }`, 'metrics', 'after'],
      [
        `metrics(groupBy: [MONTH]) { subtotals(by: [MONTH], after: "${rows}") { totalCount } }`,
        'metrics',
        'subtotals',
        'after',
      ],
      [
        `metrics(groupBy: [MONTH]) { subtotals(by: [], after: "${subtotals}") { totalCount } }`,
        'metrics',
        'subtotals',
        'after',
      ],
      [`sourceRows(after: "${rows}") { id }`, 'sourceRows', 'after'],
    ] as const) {
      const errors = await served.api.refused(`{ ${field} }`);
      expect(errors.map(told)).toMatchObject([{ reason: 'CURSOR_OF_OTHER_REQUEST', path }]);
    }
  });

  it('CURSOR_OF_OTHER_VERSION, TIME_ZONE_NEEDS_TIMES: what other data can no longer answer', async () => {
    const { rows } = await cursorOf('');
    await serve(served.engine, rawOf([event({ created: '2024-01-01T00:00:00' })]), { hasTimes: false });
    const old = await served.api.refused(`{ metrics(groupBy: [MONTH], after: "${rows}") { totalCount } }`);
    expect(old.map(told)).toMatchObject([{ reason: 'CURSOR_OF_OTHER_VERSION', path: ['metrics', 'after'] }]);
    for (const field of ['metrics', 'sourceRows']) {
      const zone = await served.api.refused(`{ ${field}(timeZone: "Europe/Berlin") { id } }`);
      expect(zone.map(told)).toMatchObject([{ reason: 'TIME_ZONE_NEEDS_TIMES', path: [field, 'timeZone'] }]);
    }
  });
});
