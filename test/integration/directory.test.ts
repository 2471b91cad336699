import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { event, firm, rawOf, replaceRaw } from '../support/raw.ts';

const USERS = ['10', '9', 'B', "o'brien", 'é', '😀'];

describeEngines('users and firms', (fixture) => {
  let api: TestApi;

  beforeAll(async () => {
    await upgrade(fixture.engine, quiet);
    const events = USERS.map((userId) => event({ userId, firmId: 7 }));
    await replaceRaw(fixture.engine, rawOf(events, { firms: [firm({ id: 2 ** 53 - 1 }), firm({ id: 10 })] }));
    await build(fixture.engine, { progress: quiet });
    api = await openApi(fixture.engine);
  });
  afterAll(() => api?.close());

  it.each(USERS)('has the user %s', async (id) => {
    expect(await api.ask('query ($id: ID!) { user(id: $id) { id } }', { id })).toEqual({ user: { id } });
  });

  it.each(['7', '10', '9007199254740991'])('has the firm %s, with events or without', async (id) => {
    expect(await api.ask('query ($id: ID!) { firm(id: $id) { id } }', { id })).toEqual({ firm: { id } });
  });

  it.each(['a', '', '\0', 'B\0', '\0B', "' or true --", '%', '\ud800'])(
    'has no user %j, and says so',
    async (id) => {
      expect(await api.ask('query ($id: ID!) { user(id: $id) { id } }', { id })).toEqual({ user: null });
    },
  );

  it.each(['8', '07x', '', '\0', '7\0', '-7', '7.0', '9223372036854775808', '9'.repeat(400)])(
    'has no firm %j, and says so',
    async (id) => {
      expect(await api.ask('query ($id: ID!) { firm(id: $id) { id } }', { id })).toEqual({ firm: null });
    },
  );

  it('lists each once, page by page', async () => {
    const walk = async (list: 'firms' | 'users') => {
      const ids: string[] = [];
      for (let after: string | undefined; ; ) {
        const data = await api.ask(
          `query ($after: String) { ${list}(first: 2, after: $after) { rows { id } pageInfo { hasNextPage endCursor } } }`,
          { after },
        );
        const { rows, pageInfo } = data[list];
        ids.push(...rows.map(({ id }: { id: string }) => id));
        if (!pageInfo.hasNextPage) return ids;
        after = pageInfo.endCursor;
      }
    };
    expect(await walk('firms')).toEqual(['7', '10', '9007199254740991']);
    const users = await walk('users');
    expect(users).toHaveLength(USERS.length);
    expect(new Set(users)).toEqual(new Set(USERS));
  });
});
