import { Int } from 'type-graphql';
import type { Answer, AnswerRow, SourceRows } from '../../query/reading/answer.ts';
import { hash } from '../../query/reading/identity.ts';
import type { Path } from '../../query/resolve/request.ts';
import type { OperationContext } from '../context.ts';
import type { OutputType } from '../generated/output-type.ts';
import { pathOf } from '../selection.ts';
import type { SourcePage, SourceTypes } from './source-types.ts';

/** The rows behind each row of an answer. */
type Load = () => Promise<readonly SourceRows[]>;

/** By the place of the answer's field in its operation, since answers may be shared and places are not. */
const loads = new WeakMap<OperationContext, Map<string, Load>>();

/** Makes ready to read the rows behind those of an answer, in one statement and only when the first is asked for. */
export function offerRowSources(
  context: OperationContext,
  path: Path,
  answer: Answer,
  firsts: readonly number[],
): void {
  if (firsts.length === 0) return;
  let asked: Promise<readonly SourceRows[]> | undefined;
  const ofOperation = loads.get(context) ?? new Map<string, Load>();
  loads.set(context, ofOperation);
  ofOperation.set(path.join(), () => {
    asked ??= answer.sourceRows(Math.max(...firsts));
    return asked;
  });
}

/** Declares the field of a row that gives the rows behind it. */
export function readRowSources(row: OutputType<AnswerRow>, { page }: SourceTypes): void {
  row.field('sourceRows', () => page.target, {
    nullable: true,
    description:
      'The rows behind the numbers, the first by time; `sourceRows` of the query pages through them.',
    args: [{ name: 'first', of: () => Int, defaultValue: 10 }],
    load: async ({ id }, { first }: { first: number }, context, info): Promise<SourcePage> => {
      // Of the answer's field, then `rows`, the place of the row, and this field.
      const path = pathOf(info);
      const found = await loads.get(context)!.get(path.slice(0, -3).join())!();
      const { rows, hasNextPage } = found[path.at(-2) as number]!;
      const own = hash([id, 'sourceRows', first]);
      return {
        id: own,
        rows: rows.slice(0, first),
        pageInfo: {
          id: `${own}:pageInfo`,
          hasNextPage: hasNextPage || rows.length > first,
          endCursor: undefined,
        },
      };
    },
  });
}
