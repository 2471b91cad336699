import type { Cell, Row } from '../../database/engine.ts';
import type { Answer, AnswerPage, AnswerRow, Values } from '../reading/answer.ts';
import { encodeCursor } from '../reading/cursor.ts';
import type { Identity } from '../reading/identity.ts';
import { KINDS } from '../render/level.ts';
import { rowTerms } from '../render/order.ts';
import { DecodedRow, metricsAt, NONE, valuesAt } from './decode-row.ts';
import type { LevelReading, PageIds } from './level-reading.ts';

/** A page of the rows of a level. */
export function decodePage(reading: LevelReading, cells: readonly Row[]): AnswerPage {
  const { place, ids } = reading;
  const { found, totalCount } = place === undefined ? { found: cells, totalCount: 0 } : rowsAt(place, cells);
  const { first } = ids;
  const shown = found.length > first ? found.slice(0, first) : found;
  const rows = shown.map((row) => new DecodedRow(reading, row));
  return new DecodedPage(
    ids,
    rows,
    totalCount,
    new DecodedPageInfo(reading, found.length > first, shown.at(-1)),
  );
}

/** A page without rows, of a level that nothing is asked of. */
export function emptyPage(ids: PageIds): AnswerPage {
  const pageInfo = { id: ids.page('page-info'), hasNextPage: false, endCursor: undefined };
  return new DecodedPage(ids, [], 0, pageInfo);
}

// Of the classes: ids are hashes, and cursors are texts, that few ask for. They are made when somebody does.

class DecodedPage implements AnswerPage {
  constructor(
    private readonly ids: PageIds,
    readonly rows: readonly AnswerRow[],
    readonly totalCount: number,
    readonly pageInfo: AnswerPage['pageInfo'],
  ) {}

  get id(): string {
    return this.ids.page('result');
  }
}

class DecodedPageInfo {
  constructor(
    private readonly reading: LevelReading,
    readonly hasNextPage: boolean,
    private readonly last: Row | undefined,
  ) {}

  get id(): string {
    return this.reading.ids.page('page-info');
  }

  get endCursor(): string | undefined {
    const { plan, ids } = this.reading;
    return this.last && encodeCursor(plan.version, ids.request, cursorValues(this.reading, this.last));
  }
}

/** The rows of a level, and how many there are of it where they are counted. */
function rowsAt(
  place: number,
  cells: readonly Row[],
): { readonly found: Row[]; readonly totalCount: number } {
  const own = cells.filter((row) => row[0] === place);
  const counted = own.find((row) => row[1] === null);
  return {
    found: own.filter((row) => row !== counted),
    totalCount: (counted?.[2] as number | undefined) ?? 0,
  };
}

/** The numbers of the one row that totals are; none where nothing of them is asked for. */
export function decodeTotals(
  identity: Identity,
  reading: LevelReading | undefined,
  cells: readonly Row[],
): Answer['totals'] {
  const row = reading && cells.find((each) => each[0] === reading.place);
  if (!row) return new DecodedTotals(identity, NONE, NONE);
  const { metrics, custom } = reading.places;
  return new DecodedTotals(identity, metricsAt(metrics, row), valuesAt(custom, row));
}

class DecodedTotals {
  constructor(
    private readonly identity: Identity,
    readonly metrics: Values,
    readonly custom: Values,
  ) {}

  get id(): string {
    return this.identity.of('totals');
  }
}

/** The values that a cursor continues after, in the order of the level's rows. */
function cursorValues({ plan, level, kindAt, at }: LevelReading, row: Row): readonly Cell[] {
  return rowTerms(plan, level).map(({ column }) =>
    column === 'is_other' ? KINDS[row[kindAt] as number] === 'OTHER' : row[at(column)]!,
  );
}
