import { afterAll, beforeAll, expect, it } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { DataSet } from '../oracle/data.ts';
import { Loader, someFirm, someUser } from '../properties/data-sets.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';

const at = (date: string, firm: number, user: string, docs = 1) => ({
  created: `${date} 00:00:00.000000`,
  firm,
  user,
  type: 'VAULT' as const,
  docs,
  feedback: 4,
});
const DATA: DataSet = {
  events: [
    ...[1, 2, 3].flatMap((docs) => ['2024-01-31', '2024-02-29'].map((date) => at(date, 9, `u${docs}`, docs))),
    at('2024-02-29', 10, '_', 9),
    at('2024-03-01', 2, 'a%b', 9),
  ],
  users: ['u1', 'u2', 'u3', '_', 'a%b', 'idle'].map(someUser),
  firms: [2, 9, 10, Number.MAX_SAFE_INTEGER].map(someFirm),
};

/** Each list with its rows in order, as the shortest selection tells them apart. */
const LISTS = [
  ['firms', 'id', ['2', '9', '10', '9007199254740991']],
  ['users', 'id', ['_', 'a%b', 'idle', 'u1', 'u2', 'u3']],
  ['firmUsage', 'firm { id }', ['2', '9', '10', '9007199254740991']],
  ['dailyActivity', 'eventDate', ['2024-01-31', '2024-02-29', '2024-03-01']],
  [
    'userEngagement',
    'activityMonth user { id }',
    [
      ...['u1', 'u2', 'u3'].map((id) => `2024-01-01 ${id}`),
      ...['_', 'u1', 'u2', 'u3'].map((id) => `2024-02-01 ${id}`),
      '2024-03-01 a%b',
    ],
  ],
] as const;

const flat = (value: Data): string =>
  typeof value === 'object' ? Object.values(value).map(flat).join(' ') : String(value);

describeEngines('lists', (fixture) => {
  let api: TestApi;
  let loader: Loader;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    api = await openApi(fixture.engine);
    loader = new Loader(fixture.engine);
    await loader.load(DATA);
  });
  afterAll(() => api?.close());

  it.each(LISTS)('%s comes in pages that make the whole', async (name, selection, expected) => {
    const source = (paging: string) =>
      `{ ${name}${paging} { rows { ${selection} } pageInfo { id hasNextPage endCursor } } }`;
    const rows: string[] = [];
    const ids: string[] = [];
    let paging = '(first: 2)';
    for (let more = true; more; ) {
      const page = (await api.ask(source(paging)))[name];
      rows.push(...page.rows.map(flat));
      ids.push(page.pageInfo.id);
      more = page.pageInfo.hasNextPage;
      paging = `(first: 2, after: "${page.pageInfo.endCursor}")`;
    }
    expect(rows).toEqual(expected);
    expect(new Set(ids).size).toBe(Math.ceil(expected.length / 2));
    expect((await api.ask(source('')))[name].rows.map(flat)).toEqual(expected);
  });

  it.each(LISTS)('%s refuses a page that there is not, and says where', async (name) => {
    const field = (paging: string) => `{ x: ${name}(${paging}) { pageInfo { hasNextPage } } }`;
    const reasonOf = async (source: string) => {
      const [error] = await api.refused(source);
      return [error!.extensions.reason, error!.extensions.path];
    };
    expect(await reasonOf(field('first: 0'))).toEqual(['FIRST_OUT_OF_RANGE', ['x', 'first']]);
    for (const after of ['x', ''])
      expect(await reasonOf(field(`after: "${after}"`))).toEqual(['CURSOR_UNREADABLE', ['x', 'after']]);
    const other = name === 'firms' ? 'users' : 'firms';
    const { pageInfo } = (await api.ask(`{ ${other}(first: 1) { pageInfo { endCursor } } }`))[other];
    const after = `after: "${pageInfo.endCursor}"`;
    expect(await reasonOf(field(after))).toEqual(['CURSOR_OF_OTHER_REQUEST', ['x', 'after']]);
  });

  it.each([
    ['userEngagement(where: {month: {gt: "2024-01-01"}, user: {neq: "u2"}})', 4],
    ['userEngagement(where: {month: {between: {from: "2024-01-01", to: "2024-02-01"}}})', 7],
    ['userEngagement(where: {firm: {notIn: [9]}})', 2],
    ['userEngagement(where: {firm: {in: [9, 10]}, user: {in: ["_", "u1"]}})', 3],
    ['userEngagement(where: {engagementLevel: {in: [LOW, MEDIUM]}})', 6],
    ['userEngagement(where: {user: {isNull: true}})', 0],
    ['userEngagement(where: {user: {isNull: false}})', 8],
    ['firmUsage(firm: {eq: "9007199254740991"})', 1],
    ['dailyActivity(day: {lte: "2024-02-29"})', 2],
    ['dailyActivity(day: {gte: "2024-02-29", lt: "2024-03-01"})', 1],
  ])('%s gives %i rows', async (field, count) => {
    const data = await api.ask(`{ list: ${field} { rows { id } } }`);
    expect(data.list.rows).toHaveLength(count);
  });

  it('tells everything that is wrong with a filter, and where', async () => {
    const errors = await api.refused(
      '{ userEngagement(where: {month: {eq: "2024-01-02"}, firm: {in: ["2", "x"]}, user: {}}) { rows { id } } }',
    );
    expect(errors.map(({ extensions }) => [extensions.reason, extensions.path])).toEqual([
      ['NOT_A_PERIOD_START', ['userEngagement', 'where', 'month', 'eq']],
      ['INVALID_ID', ['userEngagement', 'where', 'firm', 'in', 1]],
      ['EMPTY_FILTER', ['userEngagement', 'where', 'user']],
    ]);
    const [day] = await api.refused('{ dailyActivity(day: {in: []}) { rows { id } } }');
    expect(day!.extensions).toMatchObject({ reason: 'EMPTY_LIST', path: ['dailyActivity', 'day', 'in'] });
  });

  it('keeps a filter to one version', async () => {
    const page = 'first: 1) { rows { id } pageInfo { endCursor } }';
    const { firms } = await api.ask(`{ firms(${page} }`);
    await loader.load({ ...DATA, events: DATA.events.slice(1) });
    const [old] = await api.refused(`{ firms(after: "${firms.pageInfo.endCursor}", ${page} }`);
    expect(old!.extensions).toMatchObject({ reason: 'CURSOR_OF_OTHER_VERSION', path: ['firms', 'after'] });
    const { list } = await api.ask(
      '{ list: userEngagement(where: {user: {eq: "u1"}}) { rows { activityMonth } } }',
    );
    expect(list.rows).toEqual([{ activityMonth: '2024-02-01' }]);
  });
});
