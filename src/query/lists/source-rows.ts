import type { Cell, Row, Statement } from '../../database/engine.ts';
import { ident, join, prepared, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import { baseOf } from '../model/base.ts';
import { keyType } from '../model/key-type.ts';
import type { Dimension, Source } from '../model/model.ts';
import type { Plan } from '../plan/plan.ts';
import type { AnswerPage, SourceRow, SourceRows } from '../reading/answer.ts';
import { decodeCursor, encodeCursor } from '../reading/cursor.ts';
import { canonical, hash } from '../reading/identity.ts';
import type { Setting } from '../reading/setting.ts';
import { withTables } from '../render/common-table.ts';
import { keyColumn, sameKeys } from '../render/key.ts';
import { isAfter, orderBy, type SortTerm } from '../render/keyset.ts';
import { pageTables, renderTables } from '../render/render.ts';
import { checkFirst, resolveFilterAndRange } from '../resolve/basis.ts';
import { Problems } from '../resolve/problems.ts';
import type { Path, TimeRange, Where } from '../resolve/request.ts';
import { renderBaseRows } from './base-rows.ts';

export interface SourceRowsRequest {
  readonly where?: Where | null | undefined;
  readonly timeRange?: TimeRange | null | undefined;
  /** Whose days and months filter and range mean; UTC without one. */
  readonly timeZone?: string | null | undefined;
  readonly first: number;
  readonly after?: string | null | undefined;
}

export interface SourceRowsPage {
  readonly id: string;
  readonly rows: readonly SourceRow[];
  readonly statement: Statement;
  readonly pageInfo: AnswerPage['pageInfo'];
}

const ORDER: readonly SortTerm[] = [
  { column: sql`source_at`, type: sql`timestamp`, direction: 'ASC' },
  { column: sql`source_id`, type: sql`int8`, direction: 'ASC' },
];

/**
 * Rows of the fact that defines rows, by time.
 * @throws RequestError; NewerVersionError for a cursor of a newer version
 */
export async function sourceRows(
  { reader, catalog, served, dryRun }: Setting,
  { first, after, ...slice }: SourceRowsRequest,
  path: Path,
): Promise<SourceRowsPage> {
  const { version } = served;
  const problems = new Problems();
  checkFirst(first, [...path, 'first'], problems);
  const resolved = resolveFilterAndRange(catalog, slice, served.record, path, problems);
  problems.throwIfAny();
  const request = hash(['sourceRows', version, catalog.fiscalYearStart, canonical(slice)]);
  const values = decodeCursor(after, version, request, [...path, 'after']);
  const { fiscalYearStart } = catalog;
  const shown = new Shown(catalog);
  const base = renderBaseRows(
    catalog,
    { version, fiscalYearStart, ...resolved },
    shown.dimensions,
    shown.columns,
  );
  const statement = prepared(
    sql`select ${shown.list} from (${base}) as base${
      values ? sql` where ${isAfter(ORDER, values)}` : sql``
    } order by ${orderBy(ORDER)} limit ${first + 1}`,
  );
  const cells = dryRun ? [] : (await reader.read(statement)).value;
  const rows = cells.slice(0, first).map((row) => shown.decode(row, 0));
  const last = rows.at(-1);
  return {
    id: hash([request, first, after ?? null]),
    rows,
    statement,
    pageInfo: {
      id: hash([request, 'page-info', first, after ?? null]),
      hasNextPage: cells.length > first,
      endCursor: last && encodeCursor(version, request, [last.at, Number(last.id)]),
    },
  };
}

/** Up to `first` rows behind each row of a plan's page, in the page's order. */
export async function readSourceRows(
  { reader, catalog }: Setting,
  plan: Plan,
  first: number,
): Promise<readonly SourceRows[]> {
  const shown = new Shown(catalog);
  const { value: cells } = await reader.read(prepared(renderBehind(catalog, plan, shown, first)));
  const behind: SourceRow[][] = Array.from({ length: plan.page.first }, () => []);
  for (const row of cells) behind[(row[0] as number) - 1]!.push(shown.decode(row, 1));
  return behind.map((rows) => ({ rows: rows.slice(0, first), hasNextPage: rows.length > first }));
}

/** Base rows meet the rows of the page by their keys; those of what was folded through the folded groups. */
function renderBehind(catalog: Catalog, plan: Plan, shown: Shown, first: number): Sql {
  const { tables, answered } = renderTables(catalog, plan);
  const grouped = plan.groupBy.map((name) => catalog.dimension(name));
  const hasNulls = (dimension: Dimension) => catalog.hasNulls(dimension);
  const dimensions = [...grouped, ...shown.dimensions.filter((each) => !grouped.includes(each))];
  const base = { name: ident('base'), query: renderBaseRows(catalog, plan, dimensions, shown.columns) };
  const page = ident('rows_page');
  const meets = [
    sql`select page.position, base.* from base join ${page} as page
          on page.kind <> 3 and ${sameKeys(grouped, hasNulls, 'base', 'page')}`,
  ];
  if (plan.limitBy?.other) {
    const per = grouped.filter(({ name }) => plan.limitBy!.per.includes(name));
    meets.push(sql`select page.position, base.* from base
          join folded on ${sameKeys(grouped, hasNulls, 'base', 'folded')}
          join ${page} as page on page.kind = 3 and ${sameKeys(per, hasNulls, 'folded', 'page')}`);
  }
  return sql`${withTables([...tables, ...pageTables(answered), base])}
    select position, ${shown.list}
      from (select *, row_number() over (partition by position order by ${orderBy(ORDER)}) as place
              from (${join(meets, sql` union all `)}) as met) as placed
     where position <= ${plan.page.first} and place <= ${first + 1}
     order by position, place`;
}

/** What is shown of a source row. */
class Shown {
  readonly dimensions: readonly Dimension[];
  readonly columns: readonly (readonly [name: string, column: Sql])[];
  private readonly source: Source;

  constructor(catalog: Catalog) {
    const fact = catalog.definingFact;
    const base = baseOf(fact);
    this.source = fact.source!;
    this.dimensions = this.source.dimensions.map((name) => catalog.dimension(name));
    this.columns = [
      ['source_id', base.columns[this.source.id]!.sql],
      ['source_at', base.time],
      ...this.source.columns.map(({ name }) => [`source_${name}`, base.columns[name]!.sql] as const),
    ];
  }

  get list(): Sql {
    const keys = this.dimensions.map((each) =>
      each.kind === 'enum'
        ? sql`${keyColumn(each.name)}::text`
        : sql`${keyColumn(each.name)}::${keyType(each)}`,
    );
    return join([...this.columns.map(([name]) => ident(name)), ...keys]);
  }

  decode(row: Row, from: number): SourceRow {
    const [id, at, ...rest] = row.slice(from);
    const { columns } = this.source;
    const named = <T extends { readonly name: string }>(all: readonly T[], cells: readonly Cell[]) =>
      Object.fromEntries(all.map(({ name }, index) => [name, cells[index]!]));
    return {
      id: String(id),
      at: at as string,
      columns: named(columns, rest),
      keys: named(this.dimensions, rest.slice(columns.length)),
    };
  }
}
