import type { Answer } from '../../oracle/evaluate.ts';
import type { Key } from '../../oracle/keys.ts';
import type { Changes, Numbers, Row, WindowValues } from '../../oracle/row.ts';
import type { Case, Selected, SelectedByKey, SelectedLevel, SelectedShare } from '../cases.ts';
import { Absent, type Expected } from './differences.ts';
import { customAlias, keyedAlias, shareAlias, subtotalAlias } from './document.ts';
import { changeNear, customNear, metricNear, ratioNear } from './precision.ts';

/** What the API should answer to a whole selection of a case, ids and cursors left out. */
export function expectedAnswer(answer: Answer, { selected }: Case): Expected {
  const { totals, subtotals } = selected;
  const levels = subtotals.map((level, index) => {
    const rows = answer.subtotals(level.by);
    const expected = rows.map((row) => ({
      ...headOf(row),
      ...levelOf(answer, row, level),
      ...sharesOf(answer, row, level.shares),
    }));
    return [
      subtotalAlias(index),
      { rows: expected, totalCount: rows.length, pageInfo: { hasNextPage: false } },
    ];
  });
  return {
    rows: answer.rows.map((row) => rowOf(answer, row, selected.rows)),
    totalCount: answer.rows.length,
    pageInfo: { hasNextPage: false },
    ...(totals && { totals: levelOf(answer, answer.totals, totals) }),
    ...Object.fromEntries(levels),
  };
}

function rowOf(answer: Answer, row: Row, selected: Selected['rows']): Expected {
  const comparisons = selected.comparisons.map((each) => [
    keyedAlias('comparison', each.key),
    changesOf(row.comparison(each.key), each),
  ]);
  const windows = selected.rolling.map((each) => [
    keyedAlias('rolling', each.key),
    windowOf(row.rolling(each.key), each),
  ]);
  return {
    ...headOf(row),
    ...levelOf(answer, row, selected),
    ...sharesOf(answer, row, selected.shares),
    ...Object.fromEntries([...comparisons, ...windows]),
  };
}

function headOf({ keys, kind, isPartial }: Row) {
  const shown = Object.entries(keys).map(([name, key]) => [name, shownKey(name, key)]);
  return { kind, isPartial, ...(Object.fromEntries(shown) as Record<string, Expected>) };
}

/** Firms and users are objects with an id, which is text. */
function shownKey(name: string, key: Key | null): Expected {
  return key !== null && ['firm', 'user'].includes(name) ? { id: String(key) } : key;
}

function levelOf({ question }: Answer, numbers: Numbers, { metrics, custom }: SelectedLevel) {
  const all = question.request.custom ?? [];
  const own = metrics.map((field) => [field, metricNear(field, numbers.metric(field))]);
  const made = custom.map((key) => [customAlias(key), customNear(all, key, numbers)]);
  return Object.fromEntries([...own, ...made]) as Record<string, Expected>;
}

function sharesOf(answer: Answer, row: Row, shares: readonly SelectedShare[]) {
  const all = shares.map(({ of, metrics }) => {
    const values = metrics.map((field) => [field, ratioNear(answer.share(row, of, field))]);
    return [shareAlias(of), Object.fromEntries(values)];
  });
  return Object.fromEntries(all) as Record<string, Expected>;
}

function changesOf(changes: Changes | undefined, { metrics }: SelectedByKey): Expected {
  if (changes === undefined) return new Absent();
  const values = metrics.map((field) => [field, changeNear(field, changes.metric(field))]);
  return { isPartial: changes.isPartial, ...Object.fromEntries(values) };
}

function windowOf(window: WindowValues | undefined, { metrics }: SelectedByKey): Expected {
  if (window === undefined) return new Absent();
  const values = metrics.map((field) => [field, metricNear(field, window.metric(field))]);
  return { isPartial: window.isPartial, ...Object.fromEntries(values) };
}
