import type { Session } from '../../database/engine.ts';
import { all, ident, type Sql } from '../../database/sql.ts';
import { workingTable } from '../../database/working.ts';
import { definitionOf, type ViewDefinition } from '../view-definitions.ts';
import { aroundTouched, fromKept, textOf, withFewerRows } from './reading.ts';
import type { Mart } from './tables.ts';
import { isSinceTouched, isTouched, isTouchedLookingBack, type Touched } from './touched.ts';

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
 * The source of a mart: its view, or a working one with the view's SQL over fewer rows.
 * @param touched the events that changed; absent when everything is to be made from all events
 */
export async function sourceOf(
  session: Session,
  mart: Mart,
  views: readonly ViewDefinition[],
  touched: Touched | undefined,
): Promise<Source> {
  const { madeFrom } = mart;
  if (madeFrom === undefined) return { rows: ident(...mart.view.split('.')), isWhole: true };
  const within = touched && changingRows(mart);
  const rows = workingTable(`source_${mart.name}`);
  await session.script(`create view ${textOf(rows)} as ${selectOf(mart, views, touched)}`);
  return { rows, isWhole: within === undefined, ...(within && { within }) };
}

/** Which rows of a mart the events that changed may have changed; any where it is undefined. */
function changingRows({ changesBy, changesSince, looksBack }: Mart): ((alias: string) => Sql) | undefined {
  if (changesBy === undefined) return undefined;
  return (alias) => {
    const changed = looksBack ? isTouchedLookingBack(alias) : isTouched(changesBy, alias);
    return all([changed, ...(changesSince ? [isSinceTouched(changesSince, alias)] : [])]);
  };
}

/** The SQL of a mart's view over the rows that it is made from. */
function selectOf(
  { view, madeFrom: relation, changesBy: column, looksBack }: Mart,
  views: readonly ViewDefinition[],
  touched: Touched | undefined,
): string {
  const { select } = definitionOf(views, view);
  if (!touched || !column) return fromKept(select);
  return fromKept(
    looksBack
      ? aroundTouched(select, relation!)
      : withFewerRows(select, { relation: relation!, column, touched }),
  );
}
