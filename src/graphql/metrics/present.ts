import type { Answer, AnswerPage } from '../../query/reading/answer.ts';
import type { Selection } from '../../query/resolve/request.ts';
import type { Result } from '../answers/answer-types.ts';
import { type ResultMeta, showParameters, showRange } from '../answers/meta.ts';
import { relationsOf } from '../answers/relations.ts';
import { canonicalKey } from '../canonical-key.ts';
import type { OperationContext } from '../context.ts';

/** What the fields of a `metrics` field are read from, each when it is asked for. */
export class PresentedAnswer implements Result {
  readonly subtotals: ReadonlyMap<string, AnswerPage>;

  constructor(
    private readonly answer: Answer,
    selection: Selection,
    private readonly timeZone: string | null | undefined,
    private readonly context: OperationContext,
  ) {
    this.subtotals = subtotalsOf(answer, selection);
  }

  get id() {
    return this.answer.id;
  }

  get rows() {
    return this.answer.rows;
  }

  get totalCount() {
    return this.answer.totalCount;
  }

  get pageInfo() {
    return this.answer.pageInfo;
  }

  get totals() {
    return this.answer.totals;
  }

  get meta() {
    return metaOf(this.answer, this.timeZone, this.context);
  }
}

const NO_SUBTOTALS: ReadonlyMap<string, AnswerPage> = new Map();

function subtotalsOf(answer: Answer, selection: Selection): ReadonlyMap<string, AnswerPage> {
  if (selection.subtotals.length === 0) return NO_SUBTOTALS;
  const pages = answer.subtotals;
  return new Map(
    selection.subtotals.map(({ by, first, after }, index) => [
      canonicalKey({ by, first, after }),
      pages[index]!,
    ]),
  );
}

function metaOf(
  { metaId, range, plan, statement, cacheHit }: Answer,
  timeZone: string | null | undefined,
  { served, viewer }: OperationContext,
): ResultMeta {
  const shown = viewer.mayExplain && statement;
  return {
    id: metaId,
    dataVersion: served.version,
    asOf: served.record?.asOf,
    range: showRange(range, timeZone),
    timeZone,
    rollup: relationsOf(plan),
    cacheHit,
    ...(shown && { sql: shown.text, parameters: showParameters(shown) }),
  };
}
