import type { Catalog } from './catalog.ts';
import type { Dimension } from './model.ts';
import { camelCase } from './names.ts';
import type { Problems } from './problems.ts';
import { type Condition, OPERATORS, type Operator, type Path, type Where } from './request.ts';
import { startOf } from './time.ts';

type Key = string | number | boolean;

const NOTHING: Condition = { all: [] };

/** Turns a filter's names and values into a condition, collecting what is wrong with them. */
export function resolveWhere(
  catalog: Catalog,
  where: Where | null | undefined,
  path: Path,
  problems: Problems,
): Condition {
  if (!where) return NOTHING;
  const nested = (list: readonly Where[], name: string) =>
    list.map((each, index) => resolveWhere(catalog, each, [...path, name, index], problems));
  const parts: Condition[] = [];
  for (const dimension of catalog.model.dimensions) {
    const field = camelCase(dimension.name);
    const filter = where[field];
    if (filter) parts.push(...operators(dimension, filter as Filter, [...path, field], problems));
  }
  if (where.and) parts.push(...nested(where.and, 'and'));
  if (where.or) parts.push({ any: nested(where.or, 'or') });
  if (where.not) parts.push({ not: resolveWhere(catalog, where.not, [...path, 'not'], problems) });
  return parts.length === 1 ? parts[0]! : { all: parts };
}

/** The dimensions that a condition mentions. */
export function dimensionsIn(condition: Condition): ReadonlySet<string> {
  if ('all' in condition) return new Set(condition.all.flatMap((each) => [...dimensionsIn(each)]));
  if ('any' in condition) return new Set(condition.any.flatMap((each) => [...dimensionsIn(each)]));
  if ('not' in condition) return dimensionsIn(condition.not);
  return new Set([condition.dimension]);
}

type Filter = Readonly<Record<Operator, unknown>>;

function operators(dimension: Dimension, filter: Filter, path: Path, problems: Problems): Condition[] {
  const given = OPERATORS.filter((operator) => filter[operator] !== undefined && filter[operator] !== null);
  if (given.length === 0) problems.add('EMPTY_FILTER', { dimension: dimension.name }, path);
  return given.map((operator) => {
    const at = [...path, operator];
    const value = filter[operator];
    const values = valuesOf(operator, value);
    const places = operator === 'between' ? ['from', 'to'] : values.map((_, index) => index);
    const isList = operator === 'between' || Array.isArray(value);
    if (values.length === 0) problems.add('EMPTY_LIST', { dimension: dimension.name, operator }, at);
    const keys = values.map((each, index) =>
      key(dimension, each, isList ? [...at, places[index]!] : at, problems),
    );
    return { dimension: dimension.name, operator, values: keys };
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
function key(dimension: Dimension, value: Key, path: Path, problems: Problems): Key {
  if (typeof value === 'boolean' || dimension.kind === 'enum') return value;
  if (dimension.kind === 'time') {
    const start = startOf(dimension.grain, String(value));
    if (start !== value) {
      problems.add('NOT_A_PERIOD_START', { dimension: dimension.name, value: String(value), start }, path);
    }
    return start;
  }
  const text = String(value);
  const id = Number(value);
  // PostgreSQL has no NUL in text.
  if (dimension.key === 'text' ? !text.includes('\0') : /^-?\d+$/.test(text) && Number.isSafeInteger(id))
    return dimension.key === 'text' ? text : id;
  problems.add('INVALID_ID', { dimension: dimension.name, value: String(value) }, path);
  return 0;
}
