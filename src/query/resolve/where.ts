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

/** Not by calling itself: what is too deep for that is to be counted as well. */
function sizeOf(filter: Where | Having): number {
  const left = [filter];
  let size = 0;
  for (let each = left.pop(); each; each = left.pop()) {
    const { and, or, not, ...conditions } = each;
    const nested = [...(and ?? []), ...(or ?? []), ...(not ? [not] : [])];
    size += Object.keys(conditions).length + nested.length;
    for (const one of nested) left.push(one);
  }
  return size;
}

function conditionOf(catalog: Catalog, where: Where, path: Path, problems: Problems): Condition {
  const nested = (list: readonly Where[], name: string) =>
    list.map((each, index) => conditionOf(catalog, each, [...path, name, index], problems));
  const parts: Condition[] = [];
  for (const dimension of catalog.model.dimensions) {
    const field = camelCase(dimension.name);
    const filter = where[field];
    if (!filter) continue;
    const known: Values = {
      keyOf: (value, operator, at) => key(catalog, dimension, value, operator, at, problems),
      isGreater: (a, b) => isGreater(dimension, a, b),
    };
    const operators = resolveFilter(filter as Filter, field, [...path, field], problems, known);
    for (const { operator, values } of operators) parts.push({ dimension: dimension.name, operator, values });
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

/** The values that a filter compares with. */
interface Values {
  /** What the database knows a value by. */
  readonly keyOf: (value: Key, operator: Operator, path: Path) => Key;
  /** Whether one that a client gives comes after another, in the order of what is filtered. */
  readonly isGreater: (a: Key, b: Key) => boolean;
}

/** Those of a number. */
export const NUMBER_VALUES: Values = { keyOf: (value) => value, isGreater: (a, b) => a > b };

/**
 * The operators that a filter gives, all of which must hold. One that is null, as a variable may be, is refused:
 * without it the filter would let through more than was asked.
 */
export function resolveFilter(
  filter: Filter,
  name: string,
  path: Path,
  problems: Problems,
  known: Values,
): readonly { readonly operator: Operator; readonly values: readonly Key[] }[] {
  const given = OPERATORS.filter((operator) => filter[operator] !== undefined);
  if (given.length === 0) problems.add('EMPTY_FILTER', { dimension: name }, path);
  return given.flatMap((operator) => {
    const at = [...path, operator];
    const value = filter[operator];
    if (value !== null)
      return [{ operator, values: resolveValues(operator, value, name, at, problems, known) }];
    problems.add('NULL_OPERATOR', { dimension: name, operator }, at);
    return [];
  });
}

function resolveValues(
  operator: Operator,
  value: unknown,
  name: string,
  path: Path,
  problems: Problems,
  { keyOf, isGreater }: Values,
): readonly Key[] {
  const values = valuesOf(operator, value);
  const places = operator === 'between' ? ['from', 'to'] : values.map((_, index) => index);
  const isList = operator === 'between' || Array.isArray(value);
  if (values.length === 0) problems.add('EMPTY_LIST', { dimension: name, operator }, path);
  const placeOf = (index: number) => (isList ? [...path, places[index]!] : path);
  values.forEach((each, index) => {
    // A literal such as 1e999 is a float of GraphQL's, and infinite.
    if (typeof each === 'number' && !Number.isFinite(each))
      problems.add('NOT_FINITE', { dimension: name, operator }, placeOf(index));
  });
  if (operator === 'between') {
    const [from, to] = values as [Key, Key];
    if (isGreater(from, to))
      problems.add('EMPTY_RANGE', { from: String(from), to: String(to), of: name }, path);
  }
  return values.map((each, index) => keyOf(each, operator, placeOf(index)));
}

function valuesOf(operator: Operator, value: unknown): readonly Key[] {
  if (operator === 'between') {
    const { from, to } = value as { from: Key; to: Key };
    return [from, to];
  }
  return Array.isArray(value) ? value : [value as Key];
}

/** As the database orders them. */
function isGreater(dimension: Dimension, a: Key, b: Key): boolean {
  switch (dimension.kind) {
    case 'enum':
    case 'band': {
      const names = dimension.values.map(({ name }) => name);
      return names.indexOf(String(a)) > names.indexOf(String(b));
    }
    case 'entity':
      // What is no number is told of by itself, and greater than nothing.
      if (dimension.key === 'integer') return Number(a) > Number(b);
      return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b))) > 0;
    default:
      return a > b;
  }
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
