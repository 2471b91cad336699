import type { Catalog } from '../catalog.ts';
import { camelCase } from '../model/names.ts';
import { hints, type Problems } from './problems.ts';
import type { Having, NumberOperator, Path, ValueCondition } from './request.ts';
import { changeRef, type ValueRef, valueColumn } from './values.ts';
import { checkSize, type Filter, NUMBER_VALUES, resolveFilter } from './where.ts';

/** Keys that a condition or an order may name, and what notes the values they mean. */
export interface Named {
  readonly comparisons: readonly string[];
  readonly customs: readonly string[];
  readonly problems: Problems;
  /** Told every value that is used, with where. */
  readonly use: (value: ValueRef, path: Path) => void;
}

/** Turns conditions on numbers of a row into columns and values. */
export function resolveHaving(catalog: Catalog, having: Having, named: Named, path: Path): ValueCondition {
  return checkSize(having, 'having', path, named.problems)
    ? conditionOf(catalog, having, named, path)
    : { all: [] };
}

function conditionOf(catalog: Catalog, having: Having, named: Named, path: Path): ValueCondition {
  const { problems, use } = named;
  const parts: ValueCondition[] = [];
  const add = (value: ValueRef | undefined, filter: Filter, name: string, at: Path) => {
    const operators = resolveFilter(filter, name, at, problems, NUMBER_VALUES);
    if (value === undefined) return;
    use(value, at);
    for (const { operator, values } of operators)
      parts.push({ column: valueColumn(value), operator: operator as NumberOperator, values });
  };
  for (const { name } of catalog.model.metrics) {
    const field = camelCase(name);
    if (having[field]) add({ kind: 'metric', metric: name }, having[field], field, [...path, field]);
  }
  if (having.compare) {
    const { key, metric, part, ...filter } = having.compare;
    const place = placeOf(key, named.comparisons, 'compare', [...path, 'compare', 'key'], problems);
    add(place < 0 ? undefined : changeRef(place, metric, part), filter, 'compare', [...path, 'compare']);
  }
  if (having.custom) {
    const { key, ...filter } = having.custom;
    const custom = placeOf(key, named.customs, 'custom', [...path, 'custom', 'key'], problems);
    add(custom < 0 ? undefined : { kind: 'custom', custom }, filter, 'custom', [...path, 'custom']);
  }
  const nested = (list: readonly Having[], name: string) =>
    list.map((each, index) => conditionOf(catalog, each, named, [...path, name, index]));
  if (having.and) parts.push(...nested(having.and, 'and'));
  if (having.or) parts.push({ any: nested(having.or, 'or') });
  if (having.not) parts.push({ not: conditionOf(catalog, having.not, named, [...path, 'not']) });
  return parts.length === 1 ? parts[0]! : { all: parts };
}

/** The place of a key among those given; −1, and a problem, for an unknown one. */
export function placeOf(
  key: string,
  keys: readonly string[],
  argument: string,
  path: Path,
  problems: Problems,
): number {
  const place = keys.indexOf(key);
  if (place < 0) problems.add('UNKNOWN_KEY', { key, argument }, path, hints(key, keys));
  return place;
}
