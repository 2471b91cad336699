import { expect, it } from 'vitest';
import { event, rawOf, user } from '../support/raw.ts';
import { describeServed } from '../support/serve.ts';

const USERS = ['École', 'école', 'ECOLE', 'Straße', 'ΣΊΣΥΦΟΣ', 'İzmir', 'a%_b', '😀k', 'Ångström'];
const RAW = rawOf(
  USERS.map((userId) => event({ userId, eventType: 'WORKFLOW' })),
  { users: [] },
);
const TITLES = ['PARTNER', 'SENIOR_ASSOCIATE', 'JUNIOR_ASSOCIATE', 'ASSOCIATE'];
const users = USERS.map((id, index) => user({ id, title: TITLES[index % TITLES.length]! }));

describeServed('the search of dimensionValues', { ...RAW, users }, (ask) => {
  const search = async (dimension: string, text: string): Promise<readonly string[]> => {
    const { dimensionValues } = await ask(
      `query ($text: String) { dimensionValues(dimension: ${dimension}, search: $text) { rows { value } totalCount } }`,
      { text },
    );
    expect(dimensionValues.totalCount).toBe(dimensionValues.rows.length);
    return dimensionValues.rows.map(({ value }: { value: string }) => value);
  };

  it.each([
    ['École', ['École', 'école']],
    ['éCO', ['École', 'école']],
    ['COLE', ['ECOLE', 'École', 'école']],
    ['STRAß', ['Straße']],
    ['ίσυφος', ['ΣΊΣΥΦΟΣ']],
    ['İZM', ['İzmir']],
    ['ÅNG', ['Ångström']],
    ['%_', ['a%_b']],
    ['😀K', ['😀k']],
    ['x', []],
  ])('finds %s whatever the case, and the locale of the database', async (text, found) => {
    expect(await search('USER', text)).toEqual(found);
  });

  it('finds every value by its own text', async () => {
    for (const id of USERS) expect(await search('USER', id)).toContain(id);
  });

  it.each([
    ['Senior Ass', ['SENIOR_ASSOCIATE']],
    ['senior_ass', ['SENIOR_ASSOCIATE']],
    ['ASSOCIATE', ['JUNIOR_ASSOCIATE', 'ASSOCIATE', 'SENIOR_ASSOCIATE']],
    ['r a', ['JUNIOR_ASSOCIATE', 'SENIOR_ASSOCIATE']],
    ['manager', []],
  ])('finds %s among names by their words', async (text, found) => {
    expect(await search('TITLE', text)).toEqual(found);
  });

  it.each([
    ['ARR_BAND', '75k to', ['FROM_75K_TO_150K']],
    ['FIRM_SIZE_BAND', 'seats 1', ['SEATS_1_TO_49']],
    ['MONTH', '2024', ['2024-01-01']],
    ['POWER_USER', 'FALSE', ['false']],
  ])('finds values of %s by %s', async (dimension, text, found) => {
    expect(await search(dimension, text)).toEqual(found);
  });
});
