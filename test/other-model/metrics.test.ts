import { expect, it } from 'vitest';
import { type Answered, ask, rounded, type Wanted } from './ask.ts';
import type { Case } from './combined.ts';
import { describeShop } from './open-shop.ts';
import { evaluate, METRIC_FIELDS } from './oracle/evaluate.ts';
import { CASES } from './requests.ts';
import { ADDITIVE, validMetrics } from './valid.ts';

/** Everything that has a meaning in a case. */
function wantedOf({ request, subtotals }: Case): Wanted {
  const { limitBy, groupBy = [], having } = request;
  const level = limitBy?.other ? (limitBy.per ?? []) : groupBy;
  // Totals of the groups that survive are only told by facts that know all that is grouped.
  const totals = validMetrics(request, []);
  // What is folded together has only the keys that the limit is per.
  const isKept = (of: readonly string[]) => !limitBy?.other || of.every((name) => level.includes(name));
  return {
    rows: validMetrics(request, level),
    totals: having ? totals.filter((name) => validMetrics(request).includes(name)) : totals,
    subtotals: subtotals.map((by) => ({ by, metrics: validMetrics(request, by) })),
    shares: [[], ...subtotals]
      .filter(isKept)
      .map((of) => ({ of, metrics: ADDITIVE.filter((name) => validMetrics(request, of).includes(name)) })),
  };
}

function expected({ request }: Case, wanted: Wanted): Answered {
  const answer = evaluate(request, METRIC_FIELDS);
  const pick = <T>(all: Readonly<Record<string, T>>, names: readonly string[]) =>
    Object.fromEntries(names.map((name) => [name, all[name]!]));
  const below = <T>(
    all: Readonly<Record<string, { isPartial: boolean; metrics: Readonly<Record<string, T>> } | null>>,
  ) =>
    Object.fromEntries(
      Object.entries(all).map(([key, made]) => [
        key,
        made && { ...made, metrics: pick(made.metrics, wanted.rows) },
      ]),
    );
  return {
    rows: answer.rows.map((row) => ({
      ...row,
      metrics: pick(row.metrics, wanted.rows),
      comparisons: below(row.comparisons),
      rolling: below(row.rolling),
      shares: wanted.shares.map(({ of, metrics }) => pick(answer.share(row, of), metrics)),
    })),
    totals: { ...answer.totals, metrics: pick(answer.totals.metrics, wanted.totals) },
    subtotals: wanted.subtotals.map(({ by, metrics }) =>
      answer.subtotals(by).map((row) => ({ ...row, metrics: pick(row.metrics, metrics) })),
    ),
    totalCount: answer.rows.length,
  };
}

/** By case: the same on every engine. */
const known = new Map<Case, Answered>();

describeShop('the shop', (shop) => {
  it.each(CASES)('answers $name', async (one) => {
    const wanted = wantedOf(one);
    const answer = known.get(one) ?? rounded(expected(one, wanted));
    known.set(one, answer);
    expect(rounded(await ask(shop.api, one.request, wanted))).toEqual(answer);
  });
});
