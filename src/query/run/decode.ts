import type { Cell, Row } from '../../database/engine.ts';
import type { Answer, AnswerPage, AnswerRow, Values } from '../reading/answer.ts';
import { encodeCursor } from '../reading/cursor.ts';
import type { Identity } from '../reading/identity.ts';
import { KINDS } from '../render/level.ts';
import { rowTerms } from '../render/order.ts';
import { DecodedRow, metricsAt, NONE, valuesAt } from './decode-row.ts';
import type { LevelReading, PageIds } from './level-reading.ts';

// Ids are hashes, and cursors are texts, that few ask for: they are made when somebody does.

/** A page of the rows of a level; without any where nothing of the level is asked for. */
export class DecodedPage implements AnswerPage {
  readonly rows: readonly AnswerRow[];
  readonly totalCount: number;
  readonly pageInfo: AnswerPage['pageInfo'];

  constructor(
    private readonly ids: PageIds,
    reading: LevelReading | undefined,
    cells: readonly Row[],
  ) {
    const { first } = ids;
    const { found, totalCount } = reading ? rowsOf(reading, cells) : NO_ROWS;
    const shown = found.length > first ? found.slice(0, first) : found;
    this.rows = shown.map((row) => new DecodedRow(reading!, row));
    this.totalCount = totalCount;
    this.pageInfo = new DecodedPageInfo(ids, found.length > first, reading, shown.at(-1));
  }

  get id(): string {
    return this.ids.page('result');
  }
}

class DecodedPageInfo {
  constructor(
    private readonly ids: PageIds,
    readonly hasNextPage: boolean,
    private readonly reading: LevelReading | undefined,
    private readonly last: Row | undefined,
  ) {}

  get id(): string {
    return this.ids.page('page-info');
  }

  get endCursor(): string | undefined {
    const { ids, reading, last } = this;
    if (!reading || !last) return undefined;
    return encodeCursor(reading.plan.version, ids.request, cursorValues(reading, last));
  }
}

interface Found {
  readonly found: readonly Row[];
  /** How many rows the level has, where they are counted. */
  readonly totalCount: number;
}

const NO_ROWS: Found = { found: [], totalCount: 0 };

function rowsOf({ place }: LevelReading, cells: readonly Row[]): Found {
  if (place === undefined) return { found: cells, totalCount: 0 };
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
