import { expect, it } from 'vitest';
import { model as lawFirms } from '../../../src/model/index.ts';
import { ask } from './ask.ts';

/** The statements that a field runs. */
async function statementsOf(field: string): Promise<readonly string[]> {
  const read: string[] = [];
  const engine = {
    read: async ({ text }: { readonly text: string }) => {
      read.push(text);
      return [];
    },
  };
  const { errors } = await ask(`{ ${field} }`, { api: lawFirms, engine });
  expect(errors).toBeUndefined();
  return read;
}

/** A row that counts others, beside those of groups. */
const counts = (statements: readonly string[]) =>
  statements.filter((text) => /(null::int8,|select) count\(\*\)(,| from)/.test(text)).length;

it.each([
  'metrics(groupBy: [MONTH]) { rows { numDocs } pageInfo { hasNextPage } COUNT }',
  'metrics(groupBy: [MONTH], having: {numDocs: {gt: 1}}, limitBy: {n: 1}) { rows { numDocs } COUNT }',
  'metrics(groupBy: [MONTH, FIRM]) { subtotals(by: [FIRM]) { rows { numDocs } COUNT } }',
  'powerUsers { rows { id } COUNT }',
])('%s counts the rows of all pages only where that is selected', async (field) => {
  expect(counts(await statementsOf(field.replace('COUNT', '')))).toBe(0);
  expect(counts(await statementsOf(field.replace('COUNT', 'totalCount')))).toBe(1);
});

it('reads nothing but the count where nothing else is selected', async () => {
  const [text, ...more] = await statementsOf('metrics(groupBy: [MONTH]) { totalCount }');
  expect(more).toEqual([]);
  // What nothing is taken from, a database does not compute.
  expect(text).not.toMatch(/from "rows_page"/);
  expect(text).not.toMatch(/num_docs/);
});
