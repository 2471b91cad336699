import { beforeAll, beforeEach, expect, it } from 'vitest';
import { ident, join, sql, statement } from '../../../src/database/sql.ts';
import { OPEN_VERSION } from '../../../src/database/version.ts';
import { semantic } from '../../../src/model/semantic.ts';
import { build } from '../../../src/pipeline/build/build.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import { defineModel } from '../../../src/query/model/define-model.ts';
import type { Fact, Rollup } from '../../../src/query/model/model.ts';
import { rollupPlan } from '../../../src/query/rollup/plan.ts';
import { describeEngines } from '../../support/databases.ts';
import { addRaw, event, rawOf, replaceRaw, user } from '../../support/raw.ts';

/** The last week of January has days of February. */
const RAW = rawOf([
  event({ created: '2024-01-30T10:00:00' }),
  event({ created: '2024-02-01T10:00:00' }),
  event({ userId: 'u2', created: '2024-02-02T10:00:00' }),
]);
const MORE = {
  ...rawOf([event({ userId: 'u3', created: '2024-02-03T00:00:00' })]),
  users: [user({ id: 'u3', title: 'PARTNER' })],
};

describeEngines('rollups of other models', (fixture) => {
  beforeAll(() => upgrade(fixture.engine, quiet));
  beforeEach(() => replaceRaw(fixture.engine, RAW));

  /** The model with one rollup of a fact alone, which is the smallest one of it in another form. */
  const planOf = (name: string, rollup: Partial<Rollup>, change = (fact: Fact): Fact => fact) => {
    const facts = semantic.facts.map((fact) => {
      if (fact.name !== name) return fact;
      return change({ ...fact, rollups: [{ ...fact.rollups!.at(-1)!, from: [], ...rollup }] });
    });
    return rollupPlan(new Catalog(defineModel({ ...semantic, facts })));
  };

  /** The rows of a rollup without dimensions: their grain, period and some values. */
  const rowsOf = async (rollups: ReturnType<typeof planOf>, name: string, values: readonly string[]) => {
    const { name: table, levels } = rollups.tables.find((each) => each.name.startsWith(name))!;
    const rows = await fixture.engine.read(
      statement(sql`
        select level, period::text, ${join(values.map((value) => ident(value)))} from ${ident('rollup', table)}
         where until_version = ${OPEN_VERSION} order by level, period`),
    );
    return rows.map(([level, ...row]) => [/\((.*)\)$/.exec(levels.get(level as number)!)![1]!, ...row]);
  };

  it('have groups where all measures count distinct members', async () => {
    const rollups = planOf('movements', { grains: ['quarter', 'month'], dimensions: [] });
    await build(fixture.engine, { progress: quiet, rollups, full: true });
    const rows = await rowsOf(rollups, 'movements', ['new_users', 'active_before']);
    expect(rows).toEqual([
      ['quarter', '2024-01-01', 2, 2],
      ['month', '2024-01-01', 1, 0],
      ['month', '2024-02-01', 1, 1],
      ['month', '2024-03-01', 0, 2],
    ]);
  });

  it('count members of months that are not made of the weeks beside them', async () => {
    const rollups = planOf('queries', { grains: ['ever', 'month', 'week'], dimensions: [] });
    await build(fixture.engine, { progress: quiet, rollups, full: true });
    const rows = await rowsOf(rollups, 'queries', ['active_users', 'num_queries']);
    expect(rows).toEqual([
      ['all time', null, 2, 3],
      ['month', '2024-01-01', 1, 1],
      ['month', '2024-02-01', 2, 2],
      ['week', '2024-01-29', 2, 3],
    ]);
  });

  it('count members that a join tells of, after what changed as well', async () => {
    const withTitles = (fact: Fact): Fact => {
      const base = fact.relations.at(-1)!;
      const columns = { ...base.columns, title: { sql: sql`app_user.title`, joins: ['app_user'] } };
      const titles = { aggregate: 'countDistinct', column: 'title' } as const;
      const other = { ...base, columns, measures: { ...base.measures, titles } };
      return { ...fact, relations: [...fact.relations.slice(0, -1), other] };
    };
    const rollups = planOf('queries', { grains: ['ever', 'month'], dimensions: [] }, withTitles);
    await build(fixture.engine, { progress: quiet, rollups, full: true });
    await addRaw(fixture.engine, MORE);
    await build(fixture.engine, { progress: quiet, rollups });
    const changed = await rowsOf(rollups, 'queries', ['titles', 'active_users']);
    await build(fixture.engine, { progress: quiet, rollups, full: true });
    expect(changed).toEqual(await rowsOf(rollups, 'queries', ['titles', 'active_users']));
    expect(changed).toEqual([
      ['all time', null, 2, 3],
      ['month', '2024-01-01', 1, 1],
      ['month', '2024-02-01', 2, 3],
    ]);
  });
});
