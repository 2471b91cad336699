import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sql, sql, statement } from '../../src/database/sql.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { filesOf, importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { DataSet, EventRow, EventType } from '../oracle/data.ts';
import { Loader, someFirm, someUser } from '../properties/data-sets.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { requireReference, skipReference } from '../support/reference.ts';

/** A user's queries of a month: the more, the better their ranks; of as many types as there are queries. */
function queries(user: string, date: string, count: number, more: Partial<EventRow> = {}): EventRow[] {
  const types: readonly EventType[] = ['VAULT', 'ASSISTANT', 'WORKFLOW'];
  return Array.from({ length: count }, (_, index) => ({
    created: `${date} 00:00:00.000000`,
    firm: 2,
    user,
    type: types[index % 3]!,
    docs: 1,
    feedback: 3,
    ...more,
  }));
}

function dataOf(...events: readonly EventRow[][]): DataSet {
  const users = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  return { events: events.flat(), users: users.map(someUser), firms: [2, 9, 10].map(someFirm) };
}

const LOOSE = 'consecutiveMonths: 1, minInteractionTypes: 1';
const userOf = ({ user }: Data): string => user.id;

describeEngines('power users', (fixture) => {
  let api: TestApi;
  let loader: Loader;
  const usersBy = async (definition: string, more = ''): Promise<string[]> => {
    const field = `powerUsers(definition: {${definition}} ${more}) { rows { user { id } } }`;
    return (await api.ask(`{ ${field} }`)).powerUsers.rows.map(userOf);
  };

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    api = await openApi(fixture.engine);
    loader = new Loader(fixture.engine);
  });
  afterAll(() => api?.close());

  describe('of small populations', () => {
    it('a user alone is at percent rank 0 and LOW, however much they do', async () => {
      await loader.load(dataOf(queries('a', '2024-01-31', 9), queries('a', '2024-02-29', 9)));
      const { powerUsers } = await api.ask(
        '{ powerUsers { rows { user { id } } summary { records activeUsers } } }',
      );
      expect(powerUsers).toEqual({ rows: [], summary: { records: 0, activeUsers: 1 } });
      expect(await usersBy(`minLevel: MEDIUM, ${LOOSE}`)).toEqual([]);
      expect(await usersBy(`minPercentRank: 0.000001, ${LOOSE}`)).toEqual([]);
      expect(await usersBy(`minPercentRank: 0, ${LOOSE}`)).toEqual(['a', 'a']);
      expect(await usersBy('minLevel: LOW')).toEqual(['a']);
    });

    it('of two who do not tie one is HIGH and one LOW; of two who tie neither is HIGH', async () => {
      await loader.load(dataOf(queries('a', '2024-01-31', 3), queries('b', '2024-01-31', 2)));
      expect(await usersBy(`minPercentRank: 1, ${LOOSE}`)).toEqual(['a']);
      expect(await usersBy(LOOSE)).toEqual(['a']);
      await loader.load(dataOf(queries('a', '2024-01-31', 3), queries('b', '2024-01-31', 3)));
      expect(await usersBy(LOOSE)).toEqual([]);
      expect(await usersBy(`minPercentRank: 0, ${LOOSE}`)).toEqual(['a', 'b']);
    });

    it('who ties shares the lower rank, and reaches a percent rank together or not at all', async () => {
      const best = (user: string) => queries(user, '2024-01-31', 3);
      await loader.load(
        dataOf(best('a'), best('b'), ...['c', 'd', 'e', 'f'].map((user) => queries(user, '2024-01-31', 1))),
      );
      // Four of the five others are below each of the two: exactly 0.8.
      expect(await usersBy(LOOSE)).toEqual(['a', 'b']);
      expect(await usersBy(`minPercentRank: 0.8, ${LOOSE}`)).toEqual(['a', 'b']);
      expect(await usersBy(`minPercentRank: 0.800001, ${LOOSE}`)).toEqual([]);
      await loader.load(
        dataOf(
          best('a'),
          best('b'),
          best('c'),
          ...['d', 'e', 'f'].map((user) => queries(user, '2024-01-31', 1)),
        ),
      );
      expect(await usersBy(LOOSE)).toEqual([]);
    });

    it('compares percent ranks as fractions, not as rounded to 12 decimals', async () => {
      const one = (user: string, count: number) => queries(user, '2024-01-31', count);
      await loader.load(dataOf(one('a', 4), one('b', 3), one('c', 2), one('d', 1)));
      expect(await usersBy(`minPercentRank: 0.666666666666, ${LOOSE}`)).toEqual(['a', 'b']);
      // What is shown of two thirds is 0.666666666667, which two thirds do not reach.
      expect(await usersBy(`minPercentRank: 0.666666666667, ${LOOSE}`)).toEqual(['a']);
      const { powerUsers } = await api.ask(
        `{ powerUsers(definition: {minLevel: LOW, ${LOOSE}}) { rows { prEngagementScore } } }`,
      );
      expect(powerUsers.rows.map((row: Data) => row.prEngagementScore)).toEqual([
        1, 0.666666666667, 0.333333333333, 0,
      ]);
    });
  });

  describe('of a winter', () => {
    /** a and b are power users in February, b and c in March, in which a does nothing. */
    const winter = [
      queries('a', '2024-01-31', 2),
      queries('b', '2024-01-31', 1),
      queries('c', '2024-01-31', 1),
      queries('d', '2024-01-31', 1),
      ...[
        queries('a', '2024-02-28', 9, { firm: 9 }),
        queries('b', '2024-02-28', 9),
        queries('c', '2024-02-28', 1),
      ],
      ...['d', 'e', 'f'].map((user) => queries(user, '2024-02-28', 1)),
      ...['c', 'd', 'e', 'f'].map((user) => queries(user, '2024-02-29', 1)),
      ...[queries('b', '2024-03-31', 7), queries('c', '2024-03-31', 7), queries('d', '2024-03-31', 1)],
      ...['e', 'f', 'g'].map((user) => queries(user, '2024-03-31', 1)),
    ];
    const ask = async (args: string): Promise<Data> =>
      (
        await api.ask(`{ powerUsers${args && `(${args})`} {
          id rows { id month transition isActive activityMonth numQueries user { id } firm { id } } totalCount
          summary { records kept gained lost byMonth { month records activeUsers rate kept gained lost } }
          pageInfo { id }
        } }`)
      ).powerUsers;
    const brief = (page: Data) =>
      page.rows.map((row: Data) => `${row.month.slice(5, 7)} ${row.user.id} ${row.transition}`);

    beforeAll(() => loader.load(dataOf(...winter)));

    it('tells who is kept, gained and lost, and counts them whichever is asked for', async () => {
      const all = await ask('');
      expect(brief(all)).toEqual(['02 a GAINED', '02 b GAINED', '03 b KEPT', '03 c GAINED']);
      expect(all.totalCount).toBe(4);
      const month = { rate: null, records: 0, kept: 0, gained: 0, lost: 0 };
      expect(all.summary).toEqual({
        records: 4,
        kept: 1,
        gained: 3,
        lost: 1,
        byMonth: [
          { ...month, month: '2024-01-01', activeUsers: 4, rate: 0 },
          { ...month, month: '2024-02-01', activeUsers: 6, records: 2, rate: 2 / 6, gained: 2 },
          { month: '2024-03-01', activeUsers: 6, records: 2, rate: 2 / 6, kept: 1, gained: 1, lost: 1 },
        ],
      });
      for (const [transition, expected] of Object.entries({
        KEPT: ['03 b KEPT'],
        GAINED: ['02 a GAINED', '02 b GAINED', '03 c GAINED'],
        LOST: ['03 a LOST'],
      })) {
        const page = await ask(`transition: ${transition}`);
        expect(brief(page)).toEqual(expected);
        expect(page.totalCount).toBe(expected.length);
        expect(page.summary).toEqual(all.summary);
      }
    });

    it.each(['first: 9', 'transition: LOST'])(
      'shows of rows the same, whatever else is selected: %s',
      async (args) => {
        const { __type } = await api.ask('{ __type(name: "PowerUserRow") { fields { name } } }');
        const fields = __type.fields.map(({ name }: Data) =>
          /^(user|firm)$/.test(name) ? `${name} { id }` : name,
        );
        const rowsWith = async (selection: string): Promise<Data[]> =>
          (await api.ask(`{ powerUsers(${args}) { rows { ${selection} } } }`)).powerUsers.rows;
        const whole = await rowsWith(fields.join(' '));
        expect(await rowsWith('__typename')).toEqual(whole.map(() => ({ __typename: 'PowerUserRow' })));
        for (const field of fields) {
          const [name] = field.split(' ');
          const only = whole.map((row) => ({ [name]: row[name] }));
          expect(await rowsWith(field)).toEqual(only);
          expect(await rowsWith(`... on PowerUserRow { other: ${field} } __typename`)).toEqual(
            only.map((row) => ({ other: row[name], __typename: 'PowerUserRow' })),
          );
        }
      },
    );

    it.each([
      ['1900-01-01', '2100-01-01', 4, 1],
      ['2010-01-01', '2024-04-01', 4, 1],
      ['2024-02-01', '2024-04-01', 4, 1],
      ['2024-03-01', '2024-04-01', 2, 1],
      ['0001-01-01', '0001-02-01', 0, 0],
    ])('lists the months from %s to %s, however many they are', async (from, to, listed, lost) => {
      const range = `timeRange: {between: {from: "${from}", to: "${to}"}}`;
      expect(await ask(range)).toMatchObject({ totalCount: listed, summary: { records: listed, lost } });
      expect(await ask(`${range}, transition: LOST`)).toMatchObject({ totalCount: lost });
    });

    it('looks up who was active in the month before where the build has not', async () => {
      const { rows: known } = await ask('first: 11');
      const write = (fragment: Sql) =>
        fixture.engine.exclusive((session) => session.execute(statement(fragment)));
      await write(sql`update mart.user_engagement set is_consecutive_month = null`);
      expect((await ask('first: 12')).rows).toEqual(known);
      await write(sql`update mart.user_engagement set is_consecutive_month = false`);
      expect((await ask('first: 13')).rows).toEqual([]);
      await loader.load(dataOf(...winter));
    });

    it('is asked anew of another version, however often it was asked of one', async () => {
      const question = '{ powerUsers { rows { user { id } } } }';
      const asked = async () => (await api.ask(question)).powerUsers.rows.map(userOf);
      for (let times = 0; times < 3; times++) expect(await asked()).toEqual(['a', 'b', 'b', 'c']);
      await loader.load(dataOf(...winter.slice(0, 10)));
      expect(await asked()).toEqual(['a', 'b']);
      await loader.load(dataOf(...winter));
      expect(await asked()).toEqual(['a', 'b', 'b', 'c']);
    });

    it('shows of who is lost the month in which they qualified', async () => {
      const { rows } = await ask('transition: LOST');
      expect(rows).toMatchObject([
        {
          month: '2024-03-01',
          isActive: false,
          activityMonth: '2024-02-01',
          numQueries: 9,
          firm: { id: '9' },
        },
      ]);
    });

    it.each([
      ['month: {eq: "2024-03-01"}', 1],
      ['month: {eq: "2024-02-01"}', 0],
      ['not: {month: {lte: "2024-02-01"}}', 1],
      ['quarter: {eq: "2024-01-01"}', 1],
      ['firm: {eq: 9}', 1],
      ['firm: {eq: 2}', 0],
      ['engagementLevel: {eq: HIGH}', 1],
      ['month: {eq: "2024-03-01"}, firm: {eq: 9}, user: {eq: "a"}', 1],
      ['or: [{month: {eq: "2024-02-01"}}, {firm: {eq: 2}}]', 0],
    ])(
      'matches who is lost by the month, and by what they did in the one before: {%s}',
      async (where, count) => {
        const { totalCount, summary } = await ask(`transition: LOST, where: {${where}}`);
        expect([totalCount, summary.lost]).toEqual([count, count]);
      },
    );

    it('lists a month in which somebody is lost and nobody passes the filter', async () => {
      const { summary } = await ask('where: {user: {eq: "a"}, month: {gte: "2024-03-01"}}');
      expect(summary.byMonth).toEqual([
        { month: '2024-03-01', records: 0, activeUsers: 0, rate: null, kept: 0, gained: 0, lost: 1 },
      ]);
    });

    it('neither a filter nor a range makes or unmakes a power user', async () => {
      const range = 'timeRange: {between: {from: "2024-03-01", to: "2024-04-01"}}';
      expect(brief(await ask(range))).toEqual(['03 b KEPT', '03 c GAINED']);
      expect(brief(await ask(`where: {firm: {eq: 2}}, ${range}`))).toEqual(['03 b KEPT', '03 c GAINED']);
      expect(brief(await ask('where: {firm: {eq: 9}}'))).toEqual(['02 a GAINED']);
      expect(brief(await ask(`${range}, transition: LOST`))).toEqual(['03 a LOST']);
    });

    it('nobody is lost in a month of which nothing is known yet', async () => {
      // As-of is the end of 31 March: April has not begun, though it starts at that instant.
      const lost = async () => (await ask('transition: LOST')).rows.map((row: Data) => row.month);
      expect(await lost()).toEqual(['2024-03-01']);
      await loader.load(dataOf(...winter, queries('d', '2024-04-01', 1)));
      expect(await lost()).toEqual(['2024-03-01', '2024-04-01', '2024-04-01']);
      const atMidnight = queries('d', '2024-04-01', 1);
      const withTimes = queries('e', '2024-03-30', 1, { created: '2024-03-30 10:00:00.000000' });
      await loader.load(dataOf(...winter, withTimes, atMidnight));
      expect(await lost()).toEqual(['2024-03-01', '2024-04-01', '2024-04-01']);
      await loader.load(dataOf(...winter, withTimes));
      expect(await lost()).toEqual(['2024-03-01']);
      await loader.load(dataOf(...winter));
    });

    it('gives one id to definitions that mean the same, and others to others', async () => {
      const idsOf = async (args: string) => {
        const { id, rows, pageInfo } = await ask(args);
        return [id, pageInfo.id, ...rows.map((row: Data) => row.id)];
      };
      const usual = await idsOf('');
      expect(new Set(usual.slice(2)).size).toBe(4);
      for (const same of ['named: USUAL', 'minLevel: HIGH', 'consecutiveMonths: 2, interactionTypes: null']) {
        expect(await idsOf(`definition: {${same}}`)).toEqual(usual);
      }
      for (const other of [
        'definition: {minPercentRank: 0.8}',
        'definition: {named: HIGH_IN_TWO_OF_THREE}',
        'transition: LOST',
      ]) {
        const ids = await idsOf(other);
        expect(ids.filter((id) => usual.includes(id))).toEqual([]);
      }
      const [result, page, ...rows] = await idsOf('where: {user: {in: ["a", "b", "c"]}}');
      expect(usual).not.toContain(result);
      expect(usual).not.toContain(page);
      expect(rows).toEqual(usual.slice(2));
    });

    it.each([
      ['interactionTypes: [WORKFLOW, VAULT]', ['a', 'b', 'b', 'c']],
      ['userMonth: {numQueries: {gt: 7}}', ['a', 'b']],
      ['userMonth: {numQueries: {between: {from: 7, to: 8.5}}, avgFeedbackScore: {eq: 3}}', ['b', 'c']],
      ['userMonth: {numActiveDays: {in: [2, 3]}}', []],
      ['userMonth: {avgDocsPerQuery: {isNull: true}}', []],
      ['userMonth: {engagementScore: {isNull: false, notIn: [0]}}', ['a', 'b', 'b', 'c']],
      ['consecutiveMonths: 3', ['b', 'c']],
      ['minInteractionTypes: 3', ['a', 'b', 'b', 'c']],
      ['levelMonths: {atLeast: 2, ofLast: 2}', ['a', 'b']],
      ['named: HIGH_IN_TWO_OF_THREE, levelMonths: {atLeast: 1, ofLast: 1}', ['a', 'a', 'b', 'b', 'c']],
    ])('{%s} picks %j', async (definition, users) => {
      expect((await usersBy(definition)).sort()).toEqual(users);
    });

    it.each([
      ['minPercentRank: 1.5', 'NUMBER_OUT_OF_RANGE', ['minPercentRank']],
      ['levelMonths: {atLeast: 3, ofLast: 2}', 'NUMBER_OUT_OF_RANGE', ['levelMonths', 'atLeast']],
      ['levelMonths: {atLeast: 1, ofLast: 25}', 'NUMBER_OUT_OF_RANGE', ['levelMonths', 'ofLast']],
      ['consecutiveMonths: 0', 'NUMBER_OUT_OF_RANGE', ['consecutiveMonths']],
      ['minInteractionTypes: 4', 'NUMBER_OUT_OF_RANGE', ['minInteractionTypes']],
      ['userMonth: {numDocs: {}}', 'EMPTY_FILTER', ['userMonth', 'numDocs']],
      ['userMonth: {numDocs: {in: []}}', 'EMPTY_LIST', ['userMonth', 'numDocs', 'in']],
    ])('refuses the definition {%s} as %s', async (definition, reason, path) => {
      const [error] = await api.refused(`{ x: powerUsers(definition: {${definition}}) { totalCount } }`);
      expect(error!.extensions).toMatchObject({ reason, path: ['x', 'definition', ...path] });
      const compared = `{ comparePowerUserDefinitions(b: {${definition}}) { records { both } } }`;
      const [other] = await api.refused(compared);
      expect(other!.extensions).toMatchObject({
        reason,
        path: ['comparePowerUserDefinitions', 'b', ...path],
      });
    });

    it('tells all that is wrong at once', async () => {
      const errors = await api.refused(
        '{ powerUsers(definition: {consecutiveMonths: 0}, where: {day: {eq: "2024-01-01"}}, first: 0) { totalCount } }',
      );
      expect(errors.map(({ extensions }) => extensions.reason).sort()).toEqual([
        'FIRST_OUT_OF_RANGE',
        'NOT_A_FILTER',
        'NUMBER_OUT_OF_RANGE',
      ]);
    });

    it.each(['summary { records }', 'totalCount', 'rows { id }', 'id'])(
      'refuses a cursor that is none when only %s is selected',
      async (selection) => {
        const [error] = await api.refused(`{ powerUsers(after: "x") { ${selection} } }`);
        expect(error!.extensions).toMatchObject({
          reason: 'CURSOR_UNREADABLE',
          path: ['powerUsers', 'after'],
        });
        const { pageInfo } = (await api.ask('{ powerUsers(first: 1) { pageInfo { endCursor } } }'))
          .powerUsers;
        const after = `transition: KEPT, after: "${pageInfo.endCursor}"`;
        const [other] = await api.refused(`{ powerUsers(${after}) { ${selection} } }`);
        expect(other!.extensions.reason).toBe('CURSOR_OF_OTHER_REQUEST');
      },
    );

    it('refuses cursors of another part of a comparison, and says where', async () => {
      const page = (which: string, after = '') =>
        `{ compare: comparePowerUserDefinitions(b: {consecutiveMonths: 1}) {
          users(which: ${which}, first: 1${after}) { rows { id } pageInfo { endCursor } } } }`;
      const { users } = (await api.ask(page('BOTH'))).compare;
      const after = `, after: "${users.pageInfo.endCursor}"`;
      expect((await api.ask(page('BOTH', after))).compare.users.rows).toEqual([{ id: 'b' }]);
      const [error] = await api.refused(page('ONLY_B', after));
      expect(error!.extensions).toMatchObject({
        reason: 'CURSOR_OF_OTHER_REQUEST',
        path: ['compare', 'users', 'after'],
      });
    });

    it('names the definitions, the usual one first', async () => {
      const { powerUserDefinitions } = await api.ask('{ powerUserDefinitions { name description } }');
      expect(powerUserDefinitions.map(({ name }: Data) => name)).toEqual(['USUAL', 'HIGH_IN_TWO_OF_THREE']);
      expect(powerUserDefinitions[0].description).toMatch(/level HIGH.*month before.*two of the three/);
    });
  });
});

describe.skipIf(skipReference)('power users of the reference data', () => {
  describeEngines('through GraphQL', (fixture) => {
    let api: TestApi;

    beforeAll(async () => {
      await upgrade(fixture.engine, quiet);
      await importFiles(fixture.engine, filesOf(requireReference()), quiet);
      await build(fixture.engine, { progress: quiet });
      api = await openApi(fixture.engine);
    });
    afterAll(() => api?.close());

    const byMonth = async (args: string, field = 'records'): Promise<number[]> => {
      const { powerUsers } = await api.ask(
        `{ powerUsers${args && `(${args})`} { summary { byMonth { ${field} } } } }`,
      );
      return powerUsers.summary.byMonth.map((month: Data) => month[field]);
    };

    it('gives those kept, gained and lost', async () => {
      expect(await byMonth('', 'kept')).toEqual([0, 0, 95]);
      expect(await byMonth('', 'gained')).toEqual([0, 222, 134]);
      expect(await byMonth('', 'lost')).toEqual([0, 0, 127]);
      const { lost } = await api.ask(
        '{ lost: powerUsers(transition: LOST, first: 1000) { totalCount rows { month isActive activityMonth engagementLevel } } }',
      );
      expect(lost.totalCount).toBe(127);
      expect(lost.rows.filter((row: Data) => row.isActive)).toHaveLength(80);
      for (const row of lost.rows) {
        expect(row).toMatchObject({
          month: '2024-06-01',
          activityMonth: '2024-05-01',
          engagementLevel: 'HIGH',
        });
      }
      const { firm } = await api.ask(
        '{ firm: powerUsers(transition: LOST, where: {firm: {eq: 1068}}) { totalCount } }',
      );
      expect(firm.totalCount).toBe(20);
    });

    it.each([
      ['named: USUAL', [0, 222, 229]],
      ['minPercentRank: 0.8', [0, 222, 229]],
      ['minPercentRank: 0.9', [0, 122, 129]],
      ['named: HIGH_IN_TWO_OF_THREE', [0, 123, 184]],
      ['interactionTypes: [VAULT, WORKFLOW]', [0, 206, 194]],
      ['userMonth: {numActiveDays: {gte: 4}, avgFeedbackScore: {gte: 4.5}}', [0, 19, 13]],
    ])('gives those by {%s}', async (definition, expected) => {
      expect(await byMonth(`definition: {${definition}}`)).toEqual(expected);
    });

    it('gives the overlap of two definitions', async () => {
      const parts = '{ both onlyA onlyB neither }';
      const { compare } =
        await api.ask(`{ compare: comparePowerUserDefinitions(b: {named: HIGH_IN_TWO_OF_THREE}) {
        records ${parts} distinctUsers ${parts} byMonth { month records ${parts} }
        users(which: ONLY_B) { rows { id } } userMonths(which: ONLY_B) { rows { activityMonth user { id } } }
      } }`);
      const counts = (both: number, onlyA: number, onlyB: number, neither: number) => ({
        both,
        onlyA,
        onlyB,
        neither,
      });
      expect(compare.records).toEqual(counts(267, 184, 40, 4218));
      expect(compare.distinctUsers).toEqual(counts(201, 155, 2, 2590));
      expect(compare.byMonth).toEqual([
        { month: '2024-04-01', records: counts(0, 0, 0, 1378) },
        { month: '2024-05-01', records: counts(123, 99, 0, 1513) },
        { month: '2024-06-01', records: counts(144, 85, 40, 1327) },
      ]);
      expect(compare.users.rows).toHaveLength(2);
      expect(compare.userMonths.rows).toHaveLength(40);
    });
  });
});
