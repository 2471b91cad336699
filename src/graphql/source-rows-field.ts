import type { GraphQLResolveInfo } from 'graphql';
import { Int } from 'type-graphql';
import { sourceRows } from '../query/lists/source-rows.ts';
import type { TimeRange, Where } from '../query/resolve/request.ts';
import { answerTypes } from './answers/answer-types.ts';
import type { OperationContext } from './context.ts';
import type { ApiModel } from './define.ts';
import { RootField } from './generated/root-field.ts';
import { modelInputs } from './inputs/model-inputs.ts';
import { TimeRangeInput } from './inputs/time-range.ts';
import { pathOf } from './selection.ts';
import { TimeZoneScalar } from './time-zone.ts';

interface SourceRowsArguments {
  readonly where?: Where | null;
  readonly timeRange?: TimeRange | null;
  readonly timeZone?: string | null;
  readonly first: number;
  readonly after?: string | null;
}

/** The root field that pages through the rows that answers are made of. */
export function sourceRowsField(api: ApiModel): RootField<SourceRowsArguments> {
  const { source } = answerTypes(api);
  const args = [
    { name: 'where', of: () => modelInputs(api.model).where, nullable: true },
    { name: 'timeRange', of: () => TimeRangeInput, nullable: true },
    {
      name: 'timeZone',
      of: () => TimeZoneScalar,
      nullable: true,
      description: 'Whose days, months and years filter and range mean; without it those of UTC.',
    },
    { name: 'first', of: () => Int, defaultValue: 100 },
    { name: 'after', of: () => String, nullable: true },
  ];
  return new RootField(
    'sourceRows',
    () => source.page.target,
    { description: 'The rows that answers are made of, by time.', args },
    (...call) => read(call, false),
    (...call) => read(call, true),
  );
}

function read(
  [, args, context, info]: [unknown, SourceRowsArguments, OperationContext, GraphQLResolveInfo],
  dryRun: boolean,
) {
  const { catalog, reader, served } = context;
  const setting = { catalog, reader, served, dryRun };
  const path = pathOf(info);
  return context.withCursor(path, () => sourceRows(setting, args, path));
}
