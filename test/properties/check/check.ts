import { isDeepStrictEqual } from 'node:util';
import { asOf } from '../../oracle/data.ts';
import { type Answer, evaluate } from '../../oracle/evaluate.ts';
import type { Data, TestApi } from '../../support/api.ts';
import type { Case, World } from '../cases.ts';
import type { Forced } from '../relations.ts';
import { askForced, askWhole, walkRows, walkSubtotals } from './ask.ts';
import { differences } from './differences.ts';
import { subtotalAlias } from './document.ts';
import { expectedAnswer } from './expected.ts';
import { firstOf } from './pages.ts';

/** What became of a case. */
export interface Outcome {
  readonly answer: Answer;
  /** Where the API and the naive evaluation differ; empty where they agree. */
  readonly problems: readonly string[];
  /** Whether the API refused to answer. */
  readonly isRefused: boolean;
}

/** Asks the API all of a case: each number, each page, and the same question in another selection. */
export async function checkCase(
  api: TestApi,
  world: World,
  asked: Case,
  forced: readonly Forced[],
): Promise<Outcome> {
  const answer = evaluate(world.data, asked.request, { fiscalStart: world.fiscalStart });
  try {
    const { whole, other } = await askWhole(api, asked);
    const problems = [
      ...differences(expectedAnswer(answer, asked), whole),
      ...differences(expectedAnswer(answer, { ...asked, selected: asked.other }), other, 'another selection'),
      ...idProblems(whole, other),
      ...asOfProblems(world, whole),
    ];
    // Pages of a wrong answer would only say so again; half of the cases are paged, half answered in another way.
    const more =
      problems.length > 0
        ? []
        : asked.by % 2 === 0
          ? await pageProblems(api, asked, whole)
          : await forcedProblems(api, asked, whole, forced);
    return { answer, problems: [...problems, ...more], isRefused: false };
  } catch (error) {
    return { answer, problems: [`refused: ${(error as Error).message}`], isRefused: true };
  }
}

/** Ids are those of the question, whatever is selected, and no two rows have the same. */
function idProblems(whole: Data, other: Data): readonly string[] {
  const ids = (answer: Data): readonly string[] => answer.rows.map(({ id }: Data) => id);
  const found: string[] = [];
  if (new Set(ids(whole)).size < ids(whole).length) found.push('ids: two rows have the same');
  if (!isDeepStrictEqual(ids(whole), ids(other))) found.push('ids: rows have others in another selection');
  if (whole.id !== other.id) found.push('ids: the answer has another in another selection');
  if (whole.totals && other.totals && whole.totals.id !== other.totals.id)
    found.push('ids: totals have another in another selection');
  return found;
}

function asOfProblems({ data }: World, { meta }: Data): readonly string[] {
  const [expected] = [asOf(data)];
  const [whole, fraction = ''] = meta.asOf.replace('T', ' ').replace('Z', '').split('.');
  const actual = `${whole}.${fraction.padEnd(6, '0')}`;
  return actual === expected ? [] : [`meta.asOf: expected ${expected}, got ${actual}`];
}

/** Whatever table answers, the answer is the same. */
async function forcedProblems(
  api: TestApi,
  asked: Case,
  whole: Data,
  forced: readonly Forced[],
): Promise<readonly string[]> {
  const { by, catalog } = forced[((asked.by - 1) / 2) % forced.length]!;
  const answer = await askForced(api, catalog, asked);
  return differences(whole, answer, `by ${by}`);
}

/** Walking all pages gives exactly the unpaged rows, or those of a level of subtotals. */
async function pageProblems(api: TestApi, asked: Case, whole: Data): Promise<readonly string[]> {
  const [level] = asked.selected.subtotals;
  if (level !== undefined && asked.first % 2 === 0) {
    const all: readonly Data[] = whole[subtotalAlias(0)].rows;
    const rows = await walkSubtotals(api, asked, level.by, firstOf(asked, all.length));
    const ids = (some: readonly Data[]) => some.map(({ id }) => id);
    return isDeepStrictEqual(ids(rows), ids(all)) ? [] : [pageProblem('pages of subtotals', rows, all)];
  }
  const rows = await walkRows(api, asked, firstOf(asked, whole.rows.length));
  return isDeepStrictEqual(rows, whole.rows) ? [] : [pageProblem('pages', rows, whole.rows)];
}

function pageProblem(where: string, walked: readonly Data[], all: readonly Data[]): string {
  const at = all.findIndex((row, index) => !isDeepStrictEqual(row, walked[index]));
  const [expected, actual] = [all, walked].map((rows) => JSON.stringify(rows[Math.max(at, 0)]));
  return `${where}: ${walked.length} rows of ${all.length}; row ${at} is ${actual}, unpaged ${expected}`;
}
