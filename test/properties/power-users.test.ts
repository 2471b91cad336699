import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { DataSet } from '../oracle/data.ts';
import { compareKeys } from '../oracle/keys.ts';
import { NUMBERS } from '../oracle/power-user-rules.ts';
import {
  type Counts,
  type Move,
  mainFirm,
  type OverlapRequest,
  overlap,
  powerUsers,
} from '../oracle/power-users.ts';
import type { UserMonth } from '../oracle/user-months.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { Loader } from './data-sets.ts';
import {
  type AskedPowerUsers,
  overlapRequests,
  powerUserDataSets,
  powerUserRequests,
} from './power-user-requests.ts';

/** Another seed or more data sets look further; the report of a failure names both. */
const SEED = Number(process.env.PROPERTY_SEED ?? 20240229);
const DATA_SETS = Number(process.env.PROPERTY_DATA_SETS ?? 6);
const REQUESTS = 40;
const OVERLAPS = 10;

const questions = powerUserDataSets.chain((data) => {
  const many = <T>(one: fc.Arbitrary<T>, length: number) =>
    fc.array(one, { minLength: length, maxLength: length, size: 'max' });
  return fc.record({
    data: fc.constant(data),
    asked: many(powerUserRequests(data), REQUESTS),
    overlaps: many(overlapRequests(data), OVERLAPS),
  });
});

describeEngines('power users of random data are those of the naive evaluation', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  it('by any definition, in every list, page and number', { timeout: 600_000 }, async () => {
    const loader = new Loader(fixture.engine);
    const seen = { KEPT: 0, GAINED: 0, LOST: 0, BOTH: 0, ONLY_A: 0, ONLY_B: 0 };
    const property = fc.asyncProperty(questions, async ({ data, asked, overlaps }) => {
      await loader.load(data);
      for (const each of asked) {
        for (const { transition } of await about(each, () => checkPowerUsers(api, data, each))) {
          seen[transition]++;
        }
      }
      for (const each of overlaps) await about(each, () => checkOverlap(api, data, each, seen));
    });
    await fc.assert(property, { numRuns: DATA_SETS, seed: SEED, endOnFailure: true });
    // Requests that never find anybody would prove nothing.
    for (const [part, count] of Object.entries(seen)) expect(count, part).toBeGreaterThan(10);
  });
});

/** Names the request in a failure: shrinking would import hundreds of data sets. */
async function about<T>(request: object, check: () => Promise<T>): Promise<T> {
  try {
    return await check();
  } catch (error) {
    throw new Error(`${JSON.stringify(request)}: ${(error as Error).message}`, { cause: error });
  }
}

const USER_MONTH = `activityMonth user { id } firm { id } engagementLevel ${Object.keys(NUMBERS).join(' ')}`;
const SUMMARY = 'records activeUsers rate kept gained lost';
const POWER_USERS = `query ($where: MetricsWhere, $timeRange: TimeRange, $definition: PowerUserDefinition,
    $transition: PowerUserTransition, $orderBy: [PowerUserOrder!]!, $first: Int!, $after: String) {
  powerUsers(where: $where, timeRange: $timeRange, definition: $definition, transition: $transition,
             orderBy: $orderBy, first: $first, after: $after) {
    rows { id month transition isActive ${USER_MONTH}
           numInteractionTypesUsed activeTwoConsecutiveMonths used2plusInteractionTypes }
    totalCount
    summary { ${SUMMARY} distinctUsers byMonth { month ${SUMMARY} } }
    pageInfo { hasNextPage endCursor }
  }
}`;

/** Gives the rows that were expected, and found. */
async function checkPowerUsers(
  api: TestApi,
  data: DataSet,
  { request, transition, orderBy, first }: AskedPowerUsers,
): Promise<readonly Move[]> {
  const { moves, summary, byMonth } = powerUsers(data, request);
  const listed = moves.filter((move) =>
    transition ? move.transition === transition : move.transition !== 'LOST',
  );
  const [last, rows] = await walk(first, async (paging) => {
    return (await api.ask(POWER_USERS, { ...request, transition, orderBy, ...paging })).powerUsers;
  });
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(rows.map(({ id, ...row }) => row)).toEqual(sorted(listed, orderBy).map(shownMove));
  expect(last.totalCount).toBe(listed.length);
  expect(last.summary).toEqual({
    ...withRate(summary, summary.distinctUsers),
    byMonth: byMonth.map(({ distinctUsers, ...each }) => withRate(each, each.records)),
  });
  return listed;
}

function withRate<T extends Pick<Counts, 'activeUsers'>>(counts: T, part: number) {
  return { ...counts, rate: counts.activeUsers === 0 ? null : part / counts.activeUsers };
}

/** All rows of a paged list, and its last page. */
async function walk(
  first: number,
  ask: (paging: { first: number; after: string | null }) => Promise<Data>,
): Promise<readonly [last: Data, rows: readonly Data[]]> {
  const rows: Data[] = [];
  let page = await ask({ first, after: null });
  for (;;) {
    expect(page.rows.length).toBeLessThanOrEqual(first);
    rows.push(...page.rows);
    if (!page.pageInfo.hasNextPage) return [page, rows];
    page = await ask({ first, after: page.pageInfo.endCursor });
  }
}

function shownMove({ month, transition, isActive, userMonth }: Move): Data {
  return {
    month,
    transition,
    isActive,
    ...shownUserMonth(userMonth),
    numInteractionTypesUsed: userMonth.types,
    activeTwoConsecutiveMonths: userMonth.streak >= 2,
    used2plusInteractionTypes: userMonth.types >= 2,
  };
}

function shownUserMonth(userMonth: UserMonth): Data {
  return {
    activityMonth: userMonth.month,
    user: { id: userMonth.user },
    firm: { id: String(mainFirm(userMonth)) },
    engagementLevel: userMonth.level,
    ...Object.fromEntries(Object.entries(NUMBERS).map(([name, of]) => [name, of(userMonth)])),
  };
}

/** The terms that are asked for, or those of the evaluator; then month and user. */
function sorted(moves: readonly Move[], orderBy: AskedPowerUsers['orderBy']): readonly Move[] {
  if (orderBy.length === 0) return moves;
  const ties = ['MONTH', 'USER'].map((by) => ({ by, direction: 'ASC' as const }));
  return [...moves].sort((a, b) => {
    for (const { by, direction } of [...orderBy, ...ties]) {
      const order = compareBy(by, a, b) * (direction === 'ASC' ? 1 : -1);
      if (order !== 0) return order;
    }
    return 0;
  });
}

function compareBy(by: string, a: Move, b: Move): number {
  if (by === 'MONTH') return compareKeys('month', a.month, b.month);
  if (by === 'USER') return compareKeys('user', a.userMonth.user, b.userMonth.user);
  const name = by.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
  return NUMBERS[name]!(a.userMonth) - NUMBERS[name]!(b.userMonth);
}

const COUNTS = 'both onlyA onlyB neither';
const OVERLAP = `query ($where: MetricsWhere, $timeRange: TimeRange, $a: PowerUserDefinition, $b: PowerUserDefinition!) {
  compare: comparePowerUserDefinitions(where: $where, timeRange: $timeRange, a: $a, b: $b) {
    records { ${COUNTS} } distinctUsers { ${COUNTS} } byMonth { month records { ${COUNTS} } }
  }
}`;
const OVERLAP_LISTS = `query ($where: MetricsWhere, $timeRange: TimeRange, $a: PowerUserDefinition,
    $b: PowerUserDefinition!, $which: PowerUserOverlapPart!, $first: Int!, $after: String) {
  compare: comparePowerUserDefinitions(where: $where, timeRange: $timeRange, a: $a, b: $b) {
    users(which: $which, first: $first, after: $after) { rows { id } pageInfo { hasNextPage endCursor } }
    userMonths(which: $which, first: 10000) { rows { ${USER_MONTH} } }
  }
}`;
const PARTS = { BOTH: 'both', ONLY_A: 'onlyA', ONLY_B: 'onlyB' } as const;

async function checkOverlap(
  api: TestApi,
  data: DataSet,
  request: OverlapRequest,
  seen: Record<keyof typeof PARTS, number>,
): Promise<void> {
  const expected = overlap(data, request);
  const { records, users, months } = expected;
  const sizes = (parts: Readonly<Record<string, readonly unknown[]>>) =>
    Object.fromEntries(Object.entries(parts).map(([part, all]) => [part, all.length]));
  const ofMonth = (month: string) =>
    Object.fromEntries(
      Object.entries(records).map(([part, all]) => [part, all.filter((each) => each.month === month)]),
    );
  expect((await api.ask(OVERLAP, { ...request })).compare).toEqual({
    records: sizes(records),
    distinctUsers: sizes(users),
    byMonth: months.map((month) => ({ month, records: sizes(ofMonth(month)) })),
  });
  for (const [which, part] of Object.entries(PARTS)) {
    let userMonths: Data;
    const [, rows] = await walk(2, async (paging) => {
      const { compare } = await api.ask(OVERLAP_LISTS, { ...request, which, ...paging });
      userMonths = compare.userMonths;
      return compare.users;
    });
    const ids = [...users[part]].sort((a, b) => compareKeys('user', a, b));
    expect(rows).toEqual(ids.map((id) => ({ id })));
    expect(userMonths.rows).toEqual([...records[part]].sort(bestFirst).map(shownUserMonth));
    seen[which as keyof typeof PARTS] += rows.length;
  }
}

function bestFirst(a: UserMonth, b: UserMonth): number {
  if (a.month !== b.month) return a.month < b.month ? -1 : 1;
  return Number(b.score - a.score) || compareKeys('user', a.user, b.user);
}
