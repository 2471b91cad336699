import type { Cell, Statement } from '../../database/engine.ts';
import { ident, prepared, type Sql, sql } from '../../database/sql.ts';
import { keyType } from '../model/key-type.ts';
import type { Dimension } from '../model/model.ts';
import type { AnswerPage } from '../reading/answer.ts';
import { decodeCursor, encodeCursor } from '../reading/cursor.ts';
import { canonical, hash } from '../reading/identity.ts';
import type { Setting } from '../reading/setting.ts';
import { keyColumn } from '../render/key.ts';
import { isAfter, orderBy, type SortTerm } from '../render/keyset.ts';
import { checkFirst, resolveFilterAndRange } from '../resolve/basis.ts';
import { Problems } from '../resolve/problems.ts';
import type { Path, Where } from '../resolve/request.ts';
import { renderBaseRows } from './base-rows.ts';

export interface DimensionValuesRequest {
  /** Its name. */
  readonly dimension: string;
  readonly where?: Where | null | undefined;
  /** A part of the value's text, in any case; of a named value's name also with its words apart. */
  readonly search?: string | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface DimensionValues {
  readonly id: string;
  /** Values as text; null where rows have none. Counts are of rows of the fact that defines rows. */
  readonly rows: readonly { readonly id: string; readonly value: string | null; readonly count: number }[];
  readonly totalCount: number;
  readonly statement: Statement;
  readonly pageInfo: AnswerPage['pageInfo'];
}

/**
 * The values of a dimension that rows after a filter have, in the dimension's order, with counts: for filter menus.
 * @throws RequestError; NewerVersionError for a cursor of a newer version
 */
export async function dimensionValues(
  { reader, catalog, served, dryRun }: Setting,
  { dimension: name, where, search, first, after }: DimensionValuesRequest,
  path: Path,
): Promise<DimensionValues> {
  const { version } = served;
  const problems = new Problems();
  checkFirst(first, [...path, 'first'], problems);
  const resolved = resolveFilterAndRange(catalog, { where }, served.record, path, problems);
  if (search?.includes('\0')) problems.add('INVALID_TEXT', { argument: 'search' }, [...path, 'search']);
  problems.throwIfAny();
  const { fiscalYearStart } = catalog;
  const request = hash(['dimensionValues', version, fiscalYearStart, name, search ?? null, canonical(where)]);
  const values = decodeCursor(after, version, request, [...path, 'after']);
  const dimension = catalog.dimension(name);
  const base = renderBaseRows(catalog, { version, fiscalYearStart, ...resolved }, [dimension], []);
  const statement = prepared(render(dimension, base, search ?? undefined, values, first));
  const cells = dryRun ? [] : (await reader.read(statement)).value;
  const found = cells.filter((row) => row[0] === 0);
  const shown = found.slice(0, first);
  const last = shown.at(-1);
  return {
    id: hash([request, first, after ?? null]),
    rows: shown.map(([, key, count]) => ({
      id: hash([request, 'value', key]),
      value: textOf(dimension, key!),
      count: count as number,
    })),
    statement,
    totalCount: (cells.find((row) => row[0] === 1)?.[2] as number | undefined) ?? 0,
    pageInfo: {
      id: hash([request, 'page-info', first, after ?? null]),
      hasNextPage: found.length > first,
      endCursor: last && encodeCursor(version, request, [last[1]!]),
    },
  };
}

function render(
  dimension: Dimension,
  base: Sql,
  search: string | undefined,
  after: readonly (string | number | boolean | null)[] | undefined,
  first: number,
): Sql {
  const key = keyColumn(dimension.name);
  const isText = dimension.kind === 'entity' && dimension.key === 'text';
  const order: readonly SortTerm[] = [
    { column: isText ? sql`${key} collate "C"` : key, type: keyType(dimension), direction: 'ASC' },
  ];
  const shown = dimension.kind === 'enum' ? sql`${key}::text` : key;
  return sql`with found as (
      select ${key}, count(*) as rows from (${base}) as base group by ${key}
    ),
    matching as (select * from found${search ? sql` where ${matches(dimension, key, search)}` : sql``}),
    page as (
      select *, row_number() over (order by ${orderBy(order)}) as position
        from matching${after ? sql` where ${isAfter(order, after)}` : sql``}
       order by position limit ${first + 1}
    )
    select 0, ${shown}, ${ident('rows')}, position from page
    union all
    select 1, null, count(*), null from matching
    order by 1, 4`;
}

function matches(dimension: Dimension, key: Sql, search: string): Sql {
  if (dimension.kind === 'band') {
    const places = dimension.values.flatMap(({ name }, place) => (isNamed(name, search) ? [place] : []));
    return sql`${key} = any(${places}::int[])`;
  }
  if (dimension.kind === 'enum') {
    const names = dimension.values.flatMap(({ name }) => (isNamed(name, search) ? [name] : []));
    return sql`${key}::text = any(${names}::text[])`;
  }
  const { from, to, text } = caseless(search);
  return sql`strpos(translate(${key}::text, ${from}, ${to}), ${text}) > 0`;
}

/** Whether a value's name has a text in it, with its words joined or apart. */
function isNamed(name: string, search: string): boolean {
  const text = search.toLowerCase();
  return [name, name.replaceAll('_', ' ')].some((each) => each.toLowerCase().includes(text));
}

/**
 * A text with its letters in one case, and what brings those letters to it: what `lower` does with letters beyond ASCII
 * depends on the database's locale.
 */
function caseless(search: string): { readonly from: string; readonly to: string; readonly text: string } {
  const small = new Map<string, string>();
  for (const letter of search) {
    const large = single(letter.toUpperCase(), letter);
    // By way of the large one, so that both small sigmas become one.
    const one = single(large.toLowerCase(), letter);
    for (const other of [letter, large, single(letter.toLowerCase(), letter)])
      if (other !== one) small.set(other, one);
  }
  const text = [...search].map((letter) => small.get(letter) ?? letter).join('');
  return { from: [...small.keys()].join(''), to: [...small.values()].join(''), text };
}

/** A few letters have a counterpart of several, and stay what they are. */
function single(counterpart: string, letter: string): string {
  return [...counterpart].length === 1 ? counterpart : letter;
}

function textOf(dimension: Dimension, key: Cell): string | null {
  if (key === null) return null;
  return dimension.kind === 'band' ? dimension.values[key as number]!.name : String(key);
}
