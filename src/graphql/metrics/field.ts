import type { GraphQLResolveInfo } from 'graphql';
import { Int } from 'type-graphql';
import type { Model } from '../../query/model/model.ts';
import type { Answer } from '../../query/reading/answer.ts';
import type { Asked } from '../../query/resolve/request.ts';
import { answer } from '../../query/run/run.ts';
import { answerTypes, type Result } from '../answers/answer-types.ts';
import { offerRowSources } from '../answers/row-sources.ts';
import type { OperationContext } from '../context.ts';
import type { ApiModel } from '../define.ts';
import { dimensionEnum } from '../enums.ts';
import type { Argument } from '../generated/field.ts';
import { RootField } from '../generated/root-field.ts';
import { modelInputs } from '../inputs/model-inputs.ts';
import { TimeRangeInput } from '../inputs/time-range.ts';
import { COMPARISON, ROLLING } from '../inputs/windows.ts';
import { pathOf } from '../selection.ts';
import { TimeZoneScalar } from '../time-zone.ts';
import { PresentedAnswer } from './present.ts';
import { type MetricsArguments, requestOf } from './request.ts';
import { asksCacheHit, selectionOf } from './selection.ts';

const DESCRIPTION =
  'Metrics by any valid mix of dimensions. The grouping alone decides the rows; what is selected decides only what is computed.';

/** The root field that answers any question of the model, in one statement. */
export function metricsField(api: ApiModel): RootField<MetricsArguments> {
  const { target } = answerTypes(api).result;
  const declared = { description: DESCRIPTION, args: argumentsOf(api.model) };
  return new RootField('metrics', () => target, declared, read, explain);
}

function argumentsOf(model: Model): readonly Argument[] {
  const { where, having, order, limitBy, custom } = modelInputs(model);
  const list = (name: string, of: object, description: string) => ({
    ...{ name, description },
    of: () => [of],
    defaultValue: [],
  });
  const optional = (name: string, of: object, description?: string) => ({
    ...{ name, ...(description !== undefined && { description }) },
    of: () => of,
    nullable: true,
  });
  const flag = (name: string, description: string) => ({
    ...{ name, description },
    of: () => Boolean,
    defaultValue: false,
  });
  return [
    list('groupBy', dimensionEnum(model), 'At most five.'),
    optional('where', where),
    optional('having', having),
    optional('timeRange', TimeRangeInput, 'Without it: from the first event to as-of.'),
    optional('timeZone', TimeZoneScalar, 'Whose days, months and years are meant; without it those of UTC.'),
    list('orderBy', order, 'The grouped dimensions break ties.'),
    { name: 'first', of: () => Int, defaultValue: 100 },
    optional('after', String),
    optional('limitBy', limitBy),
    list('compare', COMPARISON.target, 'Each also brings the groups that only the earlier period has.'),
    list('rolling', ROLLING.target, 'Windows of time that end with the period of each row.'),
    list('custom', custom, 'Metrics of the request itself.'),
    flag('fill', 'Adds the periods without events, for each combination of the other keys.'),
    flag('emptyGroups', 'Adds every member of the grouped entities that passes the filter.'),
  ];
}

/** What a `metrics` field asks. */
interface Question {
  readonly asked: Asked;
  /** Of the source rows of its rows. */
  readonly firsts: readonly number[];
  readonly asksCacheHit: boolean;
}

/** By the field's arguments: an operation that is run again has the same ones. */
const questions = new WeakMap<MetricsArguments, Question>();

function questionOf(
  args: MetricsArguments,
  { catalog }: OperationContext,
  info: GraphQLResolveInfo,
): Question {
  const known = questions.get(args);
  if (known) return known;
  const selection = selectionOf(catalog.model, info);
  const made = {
    asked: { request: requestOf(args), selection, path: pathOf(info) },
    firsts: selection.rows?.sourceRows.map(({ first }) => first) ?? [],
    asksCacheHit: asksCacheHit(info),
  };
  questions.set(args, made);
  return made;
}

async function read(
  _: unknown,
  args: MetricsArguments,
  context: OperationContext,
  info: GraphQLResolveInfo,
): Promise<Result> {
  const { asked, firsts, asksCacheHit: isOfThisTime } = questionOf(args, context, info);
  const made = await context.withCursor(asked.path, () => answer(context, asked));
  if (isOfThisTime) context.isRepeatable = false;
  offerRowSources(context, asked.path, made, firsts);
  return new PresentedAnswer(made, asked.selection, args.timeZone, context);
}

async function explain(
  _: unknown,
  args: MetricsArguments,
  context: OperationContext,
  info: GraphQLResolveInfo,
): Promise<Pick<Answer, 'plan' | 'statement'>> {
  const { catalog, reader, served } = context;
  const setting = { catalog, reader, served, dryRun: true };
  const { asked } = questionOf(args, context, info);
  const { plan, statement } = await context.withCursor(asked.path, () => answer(setting, asked));
  return { plan, statement };
}
