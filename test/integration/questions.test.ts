import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { build } from '../../src/pipeline/build/build.ts';
import { filesOf, importFiles } from '../../src/pipeline/import/index.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { questions } from '../../web/playground/questions.ts';
import { type Data, openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { requireReference, skipReference } from '../support/reference.ts';
import { rollups } from '../support/rollups.ts';

type Cells = readonly unknown[];

/** The answer to each question as the rows of its SQL. */
const rowsOf: Readonly<Record<string, (data: Data) => readonly Cells[]>> = {
  EngagementByTitle: ({ metrics }) =>
    metrics.rows.map(({ month, title, engagementScore, isPartial, comparison }: Data) => {
      const { previous, delta, relativeChange } = comparison.engagementScore;
      return [month, title, engagementScore, isPartial, previous, delta, relativeChange];
    }),
  FirmsLosingUsers: ({ metrics }) =>
    metrics.rows.map(({ kind, month, isPartial, firm, comparison }: Data) => {
      const { current, previous, relativeChange } = comparison.activeUsers;
      return [kind, month, isPartial, firm.id, current, previous, relativeChange];
    }),
  SeatUtilization: ({ metrics }) =>
    metrics.rows.map(({ firm, arr, seats, activeUsers, seatUtilization, unusedSeats }: Data) => [
      ...[firm.id, arr, seats, activeUsers, seatUtilization, unusedSeats],
    ]),
  VaultShare: ({ metrics: { rows, totals } }) => [
    ...rows.map(({ quarter, firm, numQueries, custom }: Data) => [quarter, firm.id, numQueries, custom]),
    [null, null, totals.numQueries, totals.custom],
  ],
  LostPowerUsers: ({ powerUsers }) =>
    powerUsers.rows.map(({ month, user, numQueries, firm, isActive }: Data) => [
      ...[month, user.id, user.title, numQueries, firm.id, isActive],
    ]),
  TrailingActiveUsers: ({ metrics }) =>
    metrics.rows.map(({ day, activeUsers, week, fourWeeks }: Data) => [
      ...[day, activeUsers, week.activeUsers, week.queriesPerActiveUser],
      ...[fourWeeks.activeUsers, fourWeeks.isPartial],
    ]),
  Retention: ({ metrics }) =>
    metrics.rows.map((row: Data) => [
      ...[row.month, row.activeUsers, row.newUsers, row.retainedUsers, row.resurrectedUsers],
      ...[row.churnedUsers, row.retentionRate, row.isPartial],
    ]),
  TopFirmsAndOthers: ({ metrics }) =>
    metrics.rows.map(({ kind, month, firm, numQueries, activeUsers, avgFeedback, share }: Data) => [
      ...[kind, month, firm?.id ?? null, numQueries, activeUsers, avgFeedback, share.numQueries],
    ]),
  FeedbackByCohort: ({ metrics: { rows, totals } }) =>
    [...rows, { userCohortMonth: null, ...totals }].map((row: Data) => [
      ...[row.userCohortMonth, row.numQueries, row.activeUsers, row.avgFeedback],
    ]),
  QuietDays: ({ metrics }) =>
    metrics.rows.map(({ kind, firm, day, numQueries, avgFeedback }: Data) => [
      ...[kind, firm.id, firm.firmSize, day, numQueries, avgFeedback],
    ]),
  LowFeedback: ({ metrics: { rows, totals } }) =>
    [...rows, { firm: { id: null }, eventType: null, ...totals }].map((row: Data) => [
      ...[row.firm.id, row.eventType, row.numQueries, row.lowFeedbackShare],
    ]),
  PowerUserDefinitions: ({ comparePowerUserDefinitions: { distinctUsers, byMonth } }) =>
    [{ month: null, records: distinctUsers }, ...byMonth].map(({ month, records }: Data) => [
      ...[month, records.both, records.onlyA, records.onlyB, records.neither],
    ]),
};

/** Written by hand over raw.*, for the reference data: the dates in it are theirs. */
function sqlOf(name: string): string {
  return readFileSync(new URL(`questions/${name}.sql`, import.meta.url), 'utf8');
}

/** What equals a value of the SQL: fractions up to 1e-12, everything else exactly. */
function equalTo(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? expect.closeTo(value, 12) : value;
}

describe.skipIf(skipReference)('the questions of the docs, on the reference data', () => {
  describeEngines('through GraphQL', (fixture) => {
    let api: TestApi;

    beforeAll(async () => {
      await upgrade(fixture.engine, quiet);
      await importFiles(fixture.engine, filesOf(requireReference()), quiet);
      await build(fixture.engine, { progress: quiet, rollups });
      api = await openApi(fixture.engine);
    });
    afterAll(() => api?.close());

    it.each(questions)('$name is answered as by hand', async ({ name, query }) => {
      const expected = await fixture.engine.read({ text: sqlOf(name), values: [] });
      expect(expected.length).toBeGreaterThan(0);
      expect(rowsOf[name]!(await api.ask(query))).toEqual(expected.map((row) => row.map(equalTo)));
    });
  });
});
