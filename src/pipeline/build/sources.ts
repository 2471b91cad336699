import type { Session } from '../../database/engine.ts';
import { ident, type Sql, sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION } from '../../database/version.ts';
import type { ViewDefinition } from '../view-definitions.ts';
import type { Mart } from './tables.ts';
import { isAfterTouched, isTouched, type Touched } from './touched.ts';

/** Where a table's rows of the newest state come from. */
export interface Source {
  /** A relation with the table's keys and values. */
  readonly rows: Sql;
  /** Which of the table's rows it makes, by an alias of the table; all where it is absent. */
  readonly within?: (alias: string) => Sql;
  /** Whether it makes them from everything, whatever has changed. */
  readonly isWhole: boolean;
}

/**
 * Calls `work` with the source of a mart: its view, or the view's SQL over fewer rows.
 * @param touched the events that changed; absent when everything is to be made from all events
 */
export async function withSource<T>(
  session: Session,
  mart: Mart,
  views: readonly ViewDefinition[],
  touched: Touched | undefined,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const { madeFrom } = mart;
  if (madeFrom === undefined) return work({ rows: ident(...mart.view.split('.')), isWhole: true });
  const within = touched && changingRows(mart);
  const rows = ident('pg_temp', `source_${mart.name}`);
  const source = { rows, isWhole: within === undefined, ...(within && { within }) };
  const drop = statement(sql`drop view if exists ${source.rows}`);
  await session.execute(drop);
  await session.script(`create view ${textOf(source.rows)} as ${selectOf(mart, views, touched)}`);
  try {
    return await work(source);
  } finally {
    // As temporary tables, it would outlive a session of the embedded engine. A lost connection has lost it.
    await session.execute(drop).catch(() => undefined);
  }
}

/** Which rows of a mart the events that changed may have changed; any where it is undefined. */
function changingRows({ changesBy, looksBack }: Mart): ((alias: string) => Sql) | undefined {
  if (changesBy === undefined) return undefined;
  return (alias) => (looksBack ? isAfterTouched(alias, [0, 1]) : isTouched(changesBy, alias));
}

/** What a view that looks back reads the month before as. */
const MONTH_BEFORE = 'month_before';

/** The SQL of a mart's view over the rows that it is made from. */
function selectOf(mart: Mart, views: readonly ViewDefinition[], touched: Touched | undefined): string {
  const { view, madeFrom } = mart;
  const { select } = views.find(({ schema, name }) => `${schema}.${name}` === view)!;
  const { view: read, keptIn } = madeFrom!;
  const some = (alias: string, isTouchedRow: Sql | undefined) => {
    const conditions = [
      ...(keptIn ? [`until_version = ${OPEN_VERSION}`] : []),
      ...(touched && !keptIn ? [withinStretches(touched)] : []),
      ...(touched && isTouchedRow ? [textOf(isTouchedRow)] : []),
    ];
    const where = conditions.length > 0 ? ` where ${conditions.join(' and ')}` : '';
    return `from (select * from ${keptIn ?? read} as ${alias}${where}) as ${alias}`;
  };
  const alias = read.split('.')[1]!;
  return select
    .replaceAll(`from ${read} as ${MONTH_BEFORE}`, some(MONTH_BEFORE, isAfterTouched(MONTH_BEFORE, [-1, 0])))
    .replaceAll(`from ${read}`, some(alias, changingRows(mart)?.(alias)));
}

/** Events are indexed by their time, not by their day or month. */
function withinStretches({ stretches }: Touched): string {
  if (stretches.length === 0) return 'false';
  const each = stretches.map(([from, to]) => `created_at >= date '${from}' and created_at < date '${to}'`);
  return `(${each.join(' or ')})`;
}

function textOf(fragment: Sql): string {
  return statement(fragment).text;
}
