import fc from 'fast-check';
import type { GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { event, rawOf, replaceRaw } from '../support/raw.ts';

type Ways = Readonly<Record<string, readonly string[]>>;
type Arguments = Readonly<Record<string, string>>;

/** Ways to give an argument that ask for different things, each valid with each of the others; '' leaves it out. */
const COMBINED: Ways = {
  groupBy: ['', '[MONTH]', '[FIRM]', '[MONTH, FIRM]', '[TITLE, MONTH]', '[USER]'],
  where: [
    '',
    '{firm: {eq: 1}}',
    '{firm: {neq: 1}}',
    '{firm: {in: [1, 2]}}',
    '{user: {eq: "1"}}',
    '{not: {firm: {eq: 1}}}',
    '{or: [{firm: {eq: 1}}, {user: {eq: "1"}}]}',
    '{and: [{firm: {eq: 1}}, {user: {eq: "1"}}]}',
  ],
  timeRange: [
    '',
    '{last: {count: 1, unit: MONTH}}',
    '{last: {count: 1, unit: MONTH, completeOnly: true}}',
    '{between: {from: "2024-01-01", to: "2024-02-01"}}',
    '{between: {from: "2024-01-01", to: "2024-03-01"}}',
  ],
  orderBy: [
    '',
    '[{metric: {name: NUM_QUERIES}}]',
    '[{metric: {name: NUM_QUERIES, direction: DESC}}]',
    '[{metric: {name: NUM_DOCS}}]',
  ],
};

/** Ways that not every question allows, so each is tried alone on {@link BASES}, as far as the schema has the argument. */
const ALONE: Ways = {
  having: ['{numQueries: {gte: 1}}', '{numQueries: {gte: 2}}', '{not: {numQueries: {gte: 9}}}'],
  timeZone: ['"Europe/Berlin"', '"Asia/Tokyo"'],
  limitBy: ['{n: 1}', '{n: 2}', '{n: 1, other: true}', '{n: 1, per: [MONTH]}'],
  compare: ['[{key: "a"}]', '[{key: "b"}]', '[{key: "a", to: YEAR_BEFORE}]', '[{key: "a", toDate: false}]'],
  rolling: ['[{key: "a", trailing: 2}]', '[{key: "a", trailing: 3}]', '[{key: "a", toDate: YEAR}]'],
  custom: [
    '[{key: "a", ratio: {of: {metric: NUM_DOCS}, by: {metric: NUM_QUERIES}}}]',
    '[{key: "a", ratio: {of: {metric: NUM_QUERIES}, by: {metric: NUM_DOCS}}}]',
    '[{key: "a", sum: [{metric: NUM_QUERIES}, {metric: NUM_DOCS}]}]',
  ],
  fill: ['true'],
  emptyGroups: ['true'],
};
const BASES: readonly Arguments[] = [
  { groupBy: '[MONTH]' },
  { groupBy: '[MONTH, FIRM]', timeRange: '{between: {from: "2024-01-01", to: "2024-03-01"}}' },
];
/** Arguments that show another part of the same answer. */
const PAGING = ['first', 'after'];

/** Every combination of the ways to give the arguments. */
function combined(): Arguments[] {
  return Object.entries(COMBINED).reduce<Arguments[]>(
    (all, [name, ways]) => all.flatMap((question) => ways.map((way) => ({ ...question, [name]: way }))),
    [{}],
  );
}

/** The bases with one argument more, of those that there are. */
function alone(names: readonly string[]): Arguments[] {
  const ways = Object.entries(ALONE).filter(([name]) => names.includes(name));
  const given = ways.flatMap(([name, each]) => each.map((way) => ({ [name]: way })));
  return BASES.flatMap((base) => given.map((each) => ({ ...base, ...each })));
}

/** Some of them, others in each run. */
function sample<T>(all: readonly T[], size: number): T[] {
  return fc.sample(fc.shuffledSubarray([...all], { minLength: size, maxLength: size }), 1)[0]!;
}

/** The field under an alias, with the arguments in the order that their names come in. */
function field(alias: string, given: Arguments): string {
  const list = Object.entries(given).filter(([, value]) => value !== '');
  const args = list.length === 0 ? '' : `(${list.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
  return `${alias}: metrics${args} { id rows { id } totals { id } pageInfo { id } meta { id } }`;
}

/** What is in an answer, with the id of each. */
function idsOf({ id, rows, totals, pageInfo, meta }: Data): Record<string, string> {
  const ofRows = rows.map((row: Data, index: number) => [`row ${index}`, row.id]);
  return {
    result: id,
    totals: totals.id,
    pageInfo: pageInfo.id,
    meta: meta.id,
    ...Object.fromEntries(ofRows),
  };
}

/** More than one operation may ask for at once; each question is a statement of its own. */
const AT_ONCE = 24;

describeEngines('ids', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    const raw = rawOf([
      event({ userId: '1', firmId: 1 }),
      event({ userId: '1', firmId: 2, numDocs: 4 }),
      event({ userId: '2', firmId: 2, created: '2024-02-03T00:00:00' }),
    ]);
    await replaceRaw(fixture.engine, raw);
    await build(fixture.engine, { progress: quiet });
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  const ask = async (asked: readonly Arguments[]): Promise<Record<string, string>[]> => {
    const answers: Record<string, string>[] = [];
    for (let from = 0; from < asked.length; from += AT_ONCE) {
      const some = asked.slice(from, from + AT_ONCE);
      const data = await api.ask(`{ ${some.map((given, index) => field(`q${index}`, given)).join('\n')} }`);
      answers.push(...some.map((_, index) => idsOf(data[`q${index}`])));
    }
    return answers;
  };

  const argumentNames = () => {
    const query = api.api.schema.getQueryType() as GraphQLObjectType;
    return query.getFields().metrics!.args.map(({ name }) => name);
  };

  it('are looked at for every argument', () => {
    const looked = [COMBINED, ALONE].flatMap((ways) => Object.keys(ways));
    expect([...looked, ...PAGING]).toEqual(expect.arrayContaining(argumentNames()));
  });

  it('of different questions, and of what is in one answer, never coincide', async () => {
    const asked = [...sample(combined(), 400), ...alone(argumentNames())];
    const answers = await ask(asked);
    const owners = new Map<string, string>();
    answers.forEach((ids, index) => {
      for (const [part, id] of Object.entries(ids)) {
        const owner = `${part} of ${field('metrics', asked[index]!)}`;
        expect(owners.get(id), `${id} of ${owner}`).toBeUndefined();
        owners.set(id, owner);
      }
    });
    expect(owners.size).toBeGreaterThan(4 * asked.length);
  });

  it('of one question are the same, whatever the order and the spelling of its arguments', async () => {
    const some = sample(combined(), 40);
    const reversed = some.map((given) => Object.fromEntries(Object.entries(given).reverse()));
    const spelled = some.map((given) => ({
      ...given,
      where: given.where || 'null',
      timeRange: given.timeRange || 'null',
      groupBy: given.groupBy || '[]',
      orderBy: given.orderBy || '[]',
      first: '100',
      after: 'null',
    }));
    const answers = await ask(some);
    expect(await ask(reversed)).toEqual(answers);
    expect(await ask(spelled)).toEqual(answers);
  });

  it('of rows and totals are those of any page, those of the page are its own', async () => {
    const given = { groupBy: '[MONTH, FIRM]' };
    const [whole, first, two] = await ask([given, { ...given, first: '1' }, { ...given, first: '2' }]);
    expect(first!['row 0']).toBe(whole!['row 0']);
    expect(two!['row 1']).toBe(whole!['row 1']);
    expect(new Set([whole!.totals, first!.totals, two!.totals]).size).toBe(1);
    for (const part of ['result', 'pageInfo', 'meta'])
      expect(new Set([whole![part], first![part], two![part]]).size).toBe(3);
  });

  it('of another version are others', async () => {
    const given = [{ groupBy: '[MONTH]' }];
    const [before] = await ask(given);
    await build(fixture.engine, { progress: quiet });
    const [after] = await ask(given);
    expect(Object.keys(after!)).toEqual(Object.keys(before!));
    expect(Object.values(after!).filter((id) => Object.values(before!).includes(id))).toEqual([]);
  });
});
