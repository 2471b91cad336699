import type { Catalog } from '../catalog.ts';
import type { Dimension, EntityDimension } from '../model/model.ts';
import { camelCase } from '../model/names.ts';
import { startOf } from '../time/time.ts';
import type { Problems } from './problems.ts';
import { type Condition, type Having, OPERATORS, type Operator, type Path, type Where } from './request.ts';

type Key = string | number | boolean;

const NOTHING: Condition = { all: [] };

/** Most conditions of a filter, nested ones and what combines them together. */
const MAX_CONDITIONS = 500;

/** Turns a filter's names and values into a condition, collecting what is wrong with them. */
export function resolveWhere(
  catalog: Catalog,
  where: Where | null | undefined,
  path: Path,
  problems: Problems,
): Condition {
  return where && checkSize(where, 'where', path, problems)
    ? conditionOf(catalog, where, path, problems)
    : NOTHING;
}

/** Reports a filter of more conditions than a statement should have. */
export function checkSize(filter: Where | Having, argument: string, path: Path, problems: Problems): boolean {
  const given = sizeOf(filter);
  if (given > MAX_CONDITIONS)
    problems.add('TOO_MANY_ITEMS', { argument, given, limit: MAX_CONDITIONS }, path);
  return given <= MAX_CONDITIONS;
}

function sizeOf({ and, or, not, ...conditions }: Where | Having): number {
  const nested = [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])];
  return nested.reduce((sum, each) => sum + 1 + sizeOf(each), Object.keys(conditions).length);
}

function conditionOf(catalog: Catalog, where: Where, path: Path, problems: Problems): Condition {
  const nested = (list: readonly Where[], name: string) =>
    list.map((each, index) => conditionOf(catalog, each, [...path, name, index], problems));
  const parts: Condition[] = [];
  for (const dimension of catalog.model.dimensions) {
    const field = camelCase(dimension.name);
    const filter = where[field];
    if (!filter) continue;
    const keyOf: KeyOf = (value, operator, at) => key(catalog, dimension, value, operator, at, problems);
    for (const { operator, values } of resolveFilter(
      filter as Filter,
      field,
      [...path, field],
      problems,
      keyOf,
    ))
      parts.push({ dimension: dimension.name, operator, values });
  }
  if (where.and) parts.push(...nested(where.and, 'and'));
  if (where.or) parts.push({ any: nested(where.or, 'or') });
  if (where.not) parts.push({ not: conditionOf(catalog, where.not, [...path, 'not'], problems) });
  return parts.length === 1 ? parts[0]! : { all: parts };
}

/** The dimensions that a condition mentions. */
export function dimensionsIn(condition: Condition): ReadonlySet<string> {
  if ('all' in condition) return new Set(condition.all.flatMap((each) => [...dimensionsIn(each)]));
  if ('any' in condition) return new Set(condition.any.flatMap((each) => [...dimensionsIn(each)]));
  if ('not' in condition) return dimensionsIn(condition.not);
  return new Set([condition.dimension]);
}

/** The paths at which a filter mentions a dimension, by its field. */
export function mentionsOf(where: Where, field: string, path: Path): readonly Path[] {
  const below = (list: readonly Where[] | null | undefined, name: string) =>
    (list ?? []).flatMap((each, index) => mentionsOf(each, field, [...path, name, index]));
  return [
    ...(where[field] ? [[...path, field]] : []),
    ...below(where.and, 'and'),
    ...below(where.or, 'or'),
    ...(where.not ? mentionsOf(where.not, field, [...path, 'not']) : []),
  ];
}

/** The dimensions that a condition holds to one value. */
export function pinnedBy(condition: Condition): readonly string[] {
  if ('all' in condition) return condition.all.flatMap(pinnedBy);
  if (!('dimension' in condition)) return [];
  const { dimension, operator, values } = condition;
  return operator === 'eq' || (operator === 'in' && values.length === 1) ? [dimension] : [];
}

/** A filter on one thing as a client writes it. */
export type Filter = Partial<Readonly<Record<Operator, unknown>>>;

/** What the database knows a value by. */
export type KeyOf = (value: Key, operator: Operator, path: Path) => Key;

/** The operators that a filter gives, all of which must hold. */
export function resolveFilter(
  filter: Filter,
  name: string,
  path: Path,
  problems: Problems,
  keyOf: KeyOf,
): readonly { readonly operator: Operator; readonly values: readonly Key[] }[] {
  const given = OPERATORS.filter((operator) => filter[operator] !== undefined && filter[operator] !== null);
  if (given.length === 0) problems.add('EMPTY_FILTER', { dimension: name }, path);
  return given.map((operator) => {
    const at = [...path, operator];
    const value = filter[operator];
    const values = valuesOf(operator, value);
    const places = operator === 'between' ? ['from', 'to'] : values.map((_, index) => index);
    const isList = operator === 'between' || Array.isArray(value);
    if (values.length === 0) problems.add('EMPTY_LIST', { dimension: name, operator }, at);
    const placeOf = (index: number) => (isList ? [...at, places[index]!] : at);
    values.forEach((each, index) => {
      // A literal such as 1e999 is a float of GraphQL's, and infinite.
      if (typeof each === 'number' && !Number.isFinite(each))
        problems.add('NOT_FINITE', { dimension: name, operator }, placeOf(index));
    });
    return { operator, values: values.map((each, index) => keyOf(each, operator, placeOf(index))) };
  });
}

function valuesOf(operator: Operator, value: unknown): readonly Key[] {
  if (operator === 'between') {
    const { from, to } = value as { from: Key; to: Key };
    return [from, to];
  }
  return Array.isArray(value) ? value : [value as Key];
}

/** The key that the database knows a value by. */
function key(
  { fiscalYearStart }: Catalog,
  dimension: Dimension,
  value: Key,
  operator: Operator,
  path: Path,
  problems: Problems,
): Key {
  if (typeof value === 'boolean') return value;
  switch (dimension.kind) {
    case 'enum':
    case 'boolean':
    case 'integer':
      return value;
    case 'band':
      return dimension.values.findIndex(({ name }) => name === value);
    case 'time':
    case 'period': {
      const start = startOf(dimension.grain, String(value), dimension.kind === 'time' ? fiscalYearStart : 1);
      const parameters = { dimension: dimension.name, period: dimension.grain, value: String(value), start };
      if (start !== value) problems.add('NOT_A_PERIOD_START', parameters, path);
      return start;
    }
    case 'entity':
      return entityKey(dimension, String(value), operator, path, problems);
    default:
      return dimension satisfies never;
  }
}

function entityKey(
  { name, key: type }: EntityDimension,
  value: string,
  operator: Operator,
  path: Path,
  problems: Problems,
): Key {
  const isText = type === 'text' || operator === 'contains' || operator === 'startsWith';
  const id = Number(value);
  // PostgreSQL has no NUL in text.
  if (isText ? !value.includes('\0') : /^-?\d+$/.test(value) && Number.isSafeInteger(id))
    return isText ? value : id;
  problems.add('INVALID_ID', { dimension: name, value }, path);
  return isText ? '' : 0;
}
