import type { Catalog } from '../../../src/query/catalog.ts';
import type { Data, TestApi } from '../../support/api.ts';
import type { Case } from '../cases.ts';
import { answerSelection, documentOf, rowsSelection, subtotalPage } from './document.ts';

const ALL = 10_000;

/** Both selections of a case, in one operation and unpaged. */
export function askWhole(
  api: TestApi,
  { request, selected, other }: Case,
): Promise<{ whole: Data; other: Data }> {
  const source = documentOf({
    whole: answerSelection(request.groupBy, selected),
    other: answerSelection(request.groupBy, other),
  });
  return api.ask(source, { ...request, first: ALL });
}

/** A case's first selection, answered by another catalogue. */
export async function askForced(api: TestApi, catalog: Catalog, { request, selected }: Case): Promise<Data> {
  const source = documentOf({ whole: answerSelection(request.groupBy, selected) });
  return (await api.askBy(catalog, source, { ...request, first: ALL })).whole;
}

interface Page {
  readonly rows: readonly Data[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** The rows of all pages of an answer. */
export function walkRows(api: TestApi, { request, selected }: Case, first: number): Promise<readonly Data[]> {
  const source = documentOf({
    page: `${rowsSelection(request.groupBy, selected.rows)} pageInfo { hasNextPage endCursor }`,
  });
  return walk(first, async (after) => (await api.ask(source, { ...request, first, after })).page);
}

/** The rows of all pages of a level. */
export function walkSubtotals(
  api: TestApi,
  { request }: Case,
  by: readonly string[],
  first: number,
): Promise<readonly Data[]> {
  return walk(first, async (after) => {
    const source = documentOf({ metrics: subtotalPage(by, first, after) });
    return (await api.ask(source, { ...request, first })).metrics.page;
  });
}

async function walk(
  first: number,
  pageAfter: (cursor: string | undefined) => Promise<Page>,
): Promise<readonly Data[]> {
  const rows: Data[] = [];
  for (let after: string | undefined; ; ) {
    const page = await pageAfter(after);
    if (page.rows.length > first) throw new Error(`A page of at most ${first} rows has ${page.rows.length}.`);
    rows.push(...page.rows);
    if (!page.pageInfo.hasNextPage) return rows;
    if (page.pageInfo.endCursor === after || page.rows.length === 0) throw new Error('The pages do not end.');
    after = page.pageInfo.endCursor;
  }
}
