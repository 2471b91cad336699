import type { Dimension } from '../model/model.ts';
import { camelCase, screamingCase } from '../model/names.ts';
import { type Named, placeOf } from './having.ts';
import type { Problems } from './problems.ts';
import type { Parent } from './question.ts';
import type { LimitBy, Path, RowSelection, SelectedByKey } from './request.ts';
import type { Usage } from './usage.ts';
import { CHANGE_PARTS, shareKey } from './values.ts';

/** Notes what is selected of rows of a level; the levels that shares are taken of, each once. */
export function resolveRows(
  keys: readonly Dimension[],
  selection: RowSelection,
  named: Named,
  usage: Usage,
): readonly Parent[] {
  const { problems } = named;
  checkSelectedDimensions(keys, selection, problems);
  resolveNumbers(selection, named, usage);
  for (const { key, path, metrics } of selection.comparisons) {
    const comparison = placeOf(key, named.comparisons, 'compare', path, problems);
    if (comparison < 0) continue;
    for (const { name: metric, path: at } of metrics) {
      usage.add({ kind: 'metric', metric }, at);
      for (const part of CHANGE_PARTS) usage.add({ kind: 'change', comparison, metric, part }, at);
    }
  }
  return resolveShares(keys, selection, usage, problems);
}

/** Metrics and custom metrics: what rows and totals alike are asked for. */
export function resolveNumbers(
  { metrics, custom }: Pick<RowSelection, 'metrics' | 'custom'>,
  { customs, problems }: Named,
  usage: Usage,
): void {
  for (const { name: metric, path } of metrics) usage.add({ kind: 'metric', metric }, path);
  for (const { key, path } of custom) {
    const place = placeOf(key, customs, 'custom', path, problems);
    if (place >= 0) usage.add({ kind: 'custom', custom: place }, path);
  }
}

export function resolveSelectedRolling(
  selected: readonly SelectedByKey[],
  keys: readonly string[],
  usage: Usage,
  problems: Problems,
): void {
  for (const { key, path, metrics } of selected) {
    const rolling = placeOf(key, keys, 'rolling', path, problems);
    if (rolling < 0) continue;
    for (const { name: metric, path: at } of metrics) usage.add({ kind: 'rolling', rolling, metric }, at);
  }
}

function checkSelectedDimensions(
  keys: readonly Dimension[],
  { dimensions }: RowSelection,
  problems: Problems,
): void {
  const grouped = keys.map(({ name }) => name);
  for (const { name, path } of dimensions) {
    if (grouped.includes(name)) continue;
    problems.add('NOT_GROUPED', { dimension: camelCase(name) }, path, { allowed: grouped.map(camelCase) });
  }
}

function resolveShares(
  keys: readonly Dimension[],
  { shares }: RowSelection,
  usage: Usage,
  problems: Problems,
): readonly Parent[] {
  const parents = new Map<string, { readonly of: readonly string[]; readonly metrics: Set<string> }>();
  for (const { of, path, metrics } of shares) {
    checkGroups(of, keys, 'share', [...path, 'of'], problems);
    const known = parents.get(shareKey(of)) ?? { of, metrics: new Set() };
    parents.set(shareKey(of), known);
    for (const { name: metric, path: at } of metrics) {
      known.metrics.add(metric);
      usage.add({ kind: 'metric', metric }, at);
    }
  }
  return [...parents.values()].map(({ of, metrics }) => ({ of, metrics: [...metrics] }));
}

/** Reports names that are not grouped, or given twice. */
export function checkGroups(
  names: readonly string[],
  groupBy: readonly Dimension[],
  argument: string,
  path: Path,
  problems: Problems,
): void {
  const allowed = groupBy.map(({ name }) => screamingCase(name));
  names.forEach((name, index) => {
    const dimension = screamingCase(name);
    if (names.indexOf(name) < index) problems.add('DUPLICATE_DIMENSION', { dimension }, [...path, index]);
    else if (!allowed.includes(dimension))
      problems.add('NOT_A_GROUP', { dimension, argument }, [...path, index], { allowed });
  });
}

const MAX_LIMIT = 10_000;

/** Checks the argument that keeps the first rows of each group. */
export function checkLimit(
  { n, per }: LimitBy,
  groupBy: readonly Dimension[],
  path: Path,
  problems: Problems,
): void {
  if (n < 1 || n > MAX_LIMIT)
    problems.add('NUMBER_OUT_OF_RANGE', { name: 'n', value: n, least: 1, most: MAX_LIMIT }, [...path, 'n']);
  checkGroups(per, groupBy, 'per', [...path, 'per'], problems);
}
