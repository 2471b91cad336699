import { type Sql, statement } from '../../database/sql.ts';
import { OPEN_VERSION } from '../../database/version.ts';
import { EVENTS, KEPT_VIEWS } from './tables.ts';
import {
  isLookedBackAt,
  isTouched,
  isTouchedLookingBack,
  type Touched,
  type TouchedColumn,
  touchedTable,
} from './touched.ts';

/** Rows that one relation has fewer of in a select. */
export interface Fewer {
  /** A view or a table, with its schema. */
  readonly relation: string;
  /** Only rows with a value of the column that was touched. */
  readonly column: TouchedColumn;
  readonly touched: Touched;
}

/** A select over fewer rows of a relation. */
export function withFewerRows(select: string, { relation, column, touched }: Fewer): string {
  const condition =
    relation === EVENTS ? ofEvents(column, touched) : textOf(isTouched(column, nameOf(relation)));
  return reading(select, relation, condition);
}

/**
 * The view of events has parts of its own, over which the planner carries a condition with a value down to an index, but
 * not a join. Events are indexed by their time, not by their day or month.
 */
function ofEvents(column: TouchedColumn, touched: Touched): string {
  const isOne = textOf(isTouched(column, nameOf(EVENTS)));
  if (column === 'event_date' || column === 'activity_month')
    return `${withinStretches(touched)} and ${isOne}`;
  return `${column} = any (array(select ${column} from ${textOf(touchedTable(column))}))`;
}

/** What a view that looks back reads the month before as. */
const MONTH_BEFORE = 'month_before';

/** A select that looks back over the months that were touched and those after them, and what it looks back at. */
export function aroundTouched(select: string, relation: string): string {
  const alias = nameOf(relation);
  const fewer = reading(select, relation, textOf(isTouchedLookingBack(alias)));
  return reading(fewer, relation, textOf(isLookedBackAt(alias)), { as: MONTH_BEFORE });
}

/** A select that reads built tables, as they are by now, in place of the views whose rows they keep. */
export function fromKept(select: string): string {
  const open = `until_version = ${OPEN_VERSION}`;
  return [...KEPT_VIEWS].reduce(
    (text, [view, from]) =>
      reading(reading(text, view, open, { from }), view, open, { from, as: MONTH_BEFORE }),
    select,
  );
}

/** What is read instead may be replaced in turn: it stands at the end of a line again. */
function reading(
  select: string,
  relation: string,
  condition: string,
  { from = relation, as }: { readonly from?: string; readonly as?: string } = {},
): string {
  return select.replaceAll(
    `from ${relation}${as ? ` as ${as}` : ''}\n`,
    `from (select * from ${from}\n where ${condition}) as ${as ?? nameOf(relation)}\n`,
  );
}

function nameOf(relation: string): string {
  return relation.split('.')[1]!;
}

function withinStretches({ stretches }: Touched): string {
  if (stretches.length === 0) return 'false';
  const each = stretches.map(([from, to]) => `created_at >= date '${from}' and created_at < date '${to}'`);
  return `(${each.join(' or ')})`;
}

export function textOf(fragment: Sql): string {
  return statement(fragment).text;
}
