import { beforeAll, expect, it } from 'vitest';
import { type Sql, sql, statement } from '../../../src/database/sql.ts';
import { readServedVersion, VERSION_CHANNEL } from '../../../src/database/version.ts';
import { build, buildIfDue, needsBuild } from '../../../src/pipeline/build/build.ts';
import { BuildFailedError } from '../../../src/pipeline/build/failed.ts';
import { BUILT_TABLES } from '../../../src/pipeline/build/tables.ts';
import { importsPending } from '../../../src/pipeline/import/index.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { marts, type RawRows } from '../../oracle/marts.ts';
import { describeEngines } from '../../support/databases.ts';
import { Interruption, interrupted } from '../../support/interrupt.ts';
import { rowsHoldingAt, servedMarts } from '../../support/marts.ts';
import { SOME_RAWS } from '../../support/random-raw.ts';
import { day, event, rawOf, replaceRaw } from '../../support/raw.ts';

const options = { progress: quiet };

describeEngines('a build', (fixture) => {
  beforeAll(() => upgrade(fixture.engine, quiet));

  const ask = (fragment: Sql) => fixture.engine.read(statement(fragment));
  const builtFrom = async (raw: RawRows) => {
    await replaceRaw(fixture.engine, raw);
    await build(fixture.engine, options);
    return servedMarts(fixture.engine);
  };

  it('is due before the first, and does with no data at all', async () => {
    expect(await needsBuild(fixture.engine)).toBe(true);
    const report = await build(fixture.engine, options);
    expect(report).toMatchObject({
      version: 1,
      asOf: undefined,
      rowCounts: { events: 0, user_engagement: 0 },
    });
    expect(await needsBuild(fixture.engine)).toBe(false);
    const { record } = await readServedVersion(fixture.engine);
    expect(record).toMatchObject({ asOf: undefined, firstEventAt: undefined, hasTimes: false });
    expect(await servedMarts(fixture.engine)).toEqual(marts({ events: [], users: [], firms: [] }));
  });

  it('is made once where two processes find it due', async () => {
    await replaceRaw(fixture.engine, rawOf([event({ numDocs: 8 })]));
    const { version } = await readServedVersion(fixture.engine);
    const ifDue = () => buildIfDue(fixture.engine, options, () => importsPending(fixture.engine));
    const reports = await Promise.all([ifDue(), ifDue()]);
    expect(reports.filter(Boolean)).toHaveLength(1);
    expect(await readServedVersion(fixture.engine)).toMatchObject({ version: version + 1 });
    expect(await ifDue()).toBeUndefined();
  });

  it('writes nothing where nothing changed', async () => {
    const raw = rawOf([event(), event({ userId: 'u2' })]);
    await builtFrom(raw);
    const { version } = await readServedVersion(fixture.engine);
    const before = await rowsHoldingAt(fixture.engine, version);
    const again = await build(fixture.engine, options);
    const untouched = Array(BUILT_TABLES.length).fill({ closed: 0, inserted: 0 });
    expect(Object.values(again.changedRows)).toEqual(untouched);
    expect(await rowsHoldingAt(fixture.engine, version + 1)).toEqual(before);
    await replaceRaw(fixture.engine, raw);
    expect(Object.values((await build(fixture.engine, options)).changedRows)).toEqual(untouched);
  });

  it('writes only the months that changed', async () => {
    const january = [event(), event({ userId: 'u2', numDocs: 5 })];
    const february = january.map((each) => ({ ...each, created: day('2024-02-01') }));
    await builtFrom(rawOf([...january, ...february]));
    const changed = rawOf([...january, { ...february[0]!, numDocs: 9 }, february[1]!]);
    await replaceRaw(fixture.engine, changed);
    const { version, changedRows } = await build(fixture.engine, options);
    expect(changedRows).toMatchObject({
      users: { closed: 0, inserted: 0 },
      user_engagement: { closed: 2, inserted: 2 },
      user_movements: { closed: 0, inserted: 0 },
      daily_event_summary: { closed: 1, inserted: 1 },
    });
    const since = await ask(
      sql`select distinct activity_month from mart.user_engagement where since_version = ${version}`,
    );
    expect(since).toEqual([['2024-02-01']]);
    expect(await servedMarts(fixture.engine)).toEqual(marts(changed));
  });

  it('tells of the new version', async () => {
    const { version } = await readServedVersion(fixture.engine);
    const told = new Promise<string>((resolve) => {
      void fixture.engine.listen(VERSION_CHANNEL, resolve).then(() => build(fixture.engine, options));
    });
    expect(await told).toBe(String(version + 1));
  });

  it('leaves the version before it when a check finds an error', async () => {
    const good = rawOf([event()]);
    await builtFrom(good);
    const { version } = await readServedVersion(fixture.engine);
    const bad = { ...rawOf([event(), event({ userId: 'nobody' })]), users: good.users };
    await replaceRaw(fixture.engine, bad);
    const failed = await build(fixture.engine, options).catch((error) => error);
    expect(failed).toBeInstanceOf(BuildFailedError);
    expect(failed.failed.map(({ name }: { name: string }) => name)).toEqual([
      'events_have_users',
      'user_engagement_has_entities',
    ]);
    expect(failed.details.join('\n')).toContain('nobody');
    expect((await readServedVersion(fixture.engine)).version).toBe(version);
    expect(await servedMarts(fixture.engine)).toEqual(marts(good));
    const allowed = await build(fixture.engine, { ...options, allowErrors: true });
    expect(allowed.version).toBe(version + 1);
    expect(allowed.findings[0]).toMatchObject({ name: 'events_have_users', severity: 'error', rows: 1 });
    expect(await servedMarts(fixture.engine)).toEqual(marts(bad));
  });

  it('can be killed after any step: what is served stays whole, and the next build is as a clean one', {
    timeout: 240_000,
  }, async () => {
    await builtFrom(SOME_RAWS[0]!);
    // The steps are the same on both engines; the slower one is killed after each third.
    const apart = fixture.name === 'embedded' ? 3 : 1;
    for (let step = 1; ; step += apart) {
      const { version } = await readServedVersion(fixture.engine);
      const before = await servedMarts(fixture.engine);
      const rowsBefore = await rowsHoldingAt(fixture.engine, version);
      const raw = SOME_RAWS[step % SOME_RAWS.length]!;
      await replaceRaw(fixture.engine, raw);
      const outcome = await build(interrupted(fixture.engine, step), options).catch((error) => error);
      if (!(outcome instanceof Interruption)) {
        expect(outcome).toMatchObject({ version: version + 1 });
        expect(step).toBeGreaterThan(12);
        break;
      }
      const { version: served } = await readServedVersion(fixture.engine);
      // A kill right after the last transaction leaves the new version served, at any other step the old one.
      expect(await servedMarts(fixture.engine)).toEqual(served === version ? before : marts(raw));
      expect(await rowsHoldingAt(fixture.engine, version)).toEqual(rowsBefore);
      await build(fixture.engine, options);
      expect(await servedMarts(fixture.engine)).toEqual(marts(raw));
    }
  });

  it('shows readers the version before it until the end', async () => {
    await builtFrom(SOME_RAWS[0]!);
    const before = await servedMarts(fixture.engine);
    const { version } = await readServedVersion(fixture.engine);
    await replaceRaw(fixture.engine, SOME_RAWS[1]!);
    let looks = 0;
    const engine = interrupted(fixture.engine, Number.POSITIVE_INFINITY, async () => {
      if ((await readServedVersion(fixture.engine)).version > version) return;
      expect(await servedMarts(fixture.engine)).toEqual(before);
      looks += 1;
    });
    await build(engine, options);
    expect(looks).toBeGreaterThan(10);
  });

  it('clears rows once no reader can need them, and not before', async () => {
    await builtFrom(SOME_RAWS[0]!);
    const { version } = await readServedVersion(fixture.engine);
    await builtFrom(SOME_RAWS[1]!);
    const ended = () =>
      ask(
        sql`select (select count(*) from raw.events where until_version = ${version + 1}),
                   (select count(*) from mart.user_engagement where until_version = ${version + 1})`,
      );
    const [[events, engagement]] = (await ended()) as [[number, number]];
    expect(events).toBeGreaterThan(0);
    expect(engagement).toBeGreaterThan(0);
    // Version + 1 became the oldest one when the version after it was published.
    await build(fixture.engine, options);
    expect(await ended()).toEqual([[events, engagement]]);
    await fixture.engine.session((session) =>
      session.execute(
        statement(sql`update mart.data_versions set published_at = published_at - interval '61 seconds'`),
      ),
    );
    await build(fixture.engine, options);
    expect(await ended()).toEqual([[0, 0]]);
    expect(await servedMarts(fixture.engine)).toEqual(marts(SOME_RAWS[1]!));
  });
});
