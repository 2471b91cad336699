import type { Answer } from '../../query/reading/answer.ts';
import type { Selection } from '../../query/resolve/request.ts';
import type { Result } from '../answers/answer-types.ts';
import { type ResultMeta, showParameters, showRange } from '../answers/meta.ts';
import { relationsOf } from '../answers/relations.ts';
import { canonicalKey } from '../canonical-key.ts';
import type { OperationContext } from '../context.ts';

/** What the fields of a `metrics` field are read from; rows stay as they were answered, and meta is made when asked for. */
export function present(
  answer: Answer,
  { subtotals }: Selection,
  timeZone: string | null | undefined,
  context: OperationContext,
): Result {
  const { rows, totalCount, pageInfo, totals } = answer;
  const levels = subtotals.map(({ by, first, after }, index) => {
    return [canonicalKey({ by, first, after }), answer.subtotals[index]!] as const;
  });
  return {
    ...{ rows, totalCount, pageInfo, totals },
    get id() {
      return answer.id;
    },
    get meta() {
      return metaOf(answer, timeZone, context);
    },
    subtotals: new Map(levels),
  };
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
