import { expect, test } from 'vitest';
import { generateFirms, generateUsers } from '../../../seeds/generate.ts';
import { sum, summarise } from './summary.ts';

const summary = summarise();

const between = (value: number, least: number, most: number) => {
  expect(value).toBeGreaterThanOrEqual(least);
  expect(value).toBeLessThanOrEqual(most);
};

test('event types come 45 / 30 / 25', () => {
  between(summary.typeShares.ASSISTANT!, 0.43, 0.47);
  between(summary.typeShares.VAULT!, 0.28, 0.32);
  between(summary.typeShares.WORKFLOW!, 0.23, 0.27);
});

test('documents average 8 and feedback 4.1', () => {
  between(summary.meanDocs, 7.6, 8.6);
  between(summary.meanFeedback, 4.03, 4.15);
});

test('nine events in ten fall on weekdays and in working hours', () => {
  between(summary.weekdayShare, 0.87, 0.94);
  between(summary.workingHoursShare, 0.82, 0.93);
});

test('about half of the users are active in a month, as in the reference distribution', () => {
  expect([...summary.activeUsers.keys()]).toEqual(['2024-04', '2024-05', '2024-06']);
  for (const users of summary.activeUsers.values()) between(users, 1_300, 1_850);
  between(sum([...summary.activeUsers.values()]), 4_500, 5_000);
});

test('a tenth of the users has half of the events, the lighter half an eighth', () => {
  expect(summary.perUser).toHaveLength(3_000);
  between(sum(summary.perUser.slice(0, 300)) / 19_000, 0.43, 0.57);
  between(sum(summary.perUser.slice(1_500)) / 19_000, 0.08, 0.16);
  between(summary.perUser[0]!, 100, 350);
});

test('the biggest firm has a sixth of the events', () => {
  between(summary.perFirm[0]! / 19_000, 0.14, 0.18);
  between(summary.perFirm[1]! / 19_000, 0.07, 0.13);
});

test('firms have 10 to 700 seats and pay about as much in thousands', () => {
  const firms = generateFirms();
  for (const { firmSize } of firms) between(firmSize, 10, 700);
  between(sum(firms.map((firm) => firm.firmSize)), 4_000, 5_300);
  between(sum(firms.map((firm) => firm.arrInThousands)), 4_300, 6_500);
});

test('titles are shared out as in the reference distribution', () => {
  const titles = [...generateUsers()].map((user) => user.title);
  const share = (title: string) => titles.filter((each) => each === title).length / titles.length;
  between(share('Junior Associate'), 0.42, 0.48);
  between(share('Associate'), 0.26, 0.32);
  between(share('Senior Associate'), 0.16, 0.22);
  between(share('Partner'), 0.05, 0.09);
});

test('the shape holds over another size and length', () => {
  const long = summarise({ events: 60_000, users: 2_000, firms: 60, months: 12, seed: 7 });
  between(long.typeShares.ASSISTANT!, 0.43, 0.47);
  between(long.weekdayShare, 0.85, 0.94);
  between(long.perFirm[0]! / 60_000, 0.12, 0.2);
  expect(long.activeUsers.size).toBe(12);
  for (const users of long.activeUsers.values()) between(users / 2_000, 0.12, 0.65);
});
