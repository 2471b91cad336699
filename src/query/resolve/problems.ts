import { nearest } from '../../nearest.ts';
import type { Level } from './request.ts';

/** What is wrong with a request, by code; each has one wording. */
export interface ProblemParameters {
  NOT_GROUPED: { dimension: string };
  METRIC_NOT_AT_DIMENSION: { metric: string; dimension: string; use: 'group by' | 'filter on' };
  METRIC_NEEDS_WHOLE_PERIODS: { metric: string; period: string; at: string };
  DUPLICATE_DIMENSION: { dimension: string };
  DUPLICATE_ORDER: { term: string };
  TOO_MANY_DIMENSIONS: { given: number; limit: number };
  ORDER_NOT_GROUPED: { dimension: string };
  NOT_A_PERIOD_START: { dimension: string; period: string; value: string; start: string };
  INVALID_ID: { dimension: string; value: string };
  EMPTY_RANGE: { from: string; to: string; of?: string };
  EMPTY_FILTER: { dimension: string };
  NULL_OPERATOR: { dimension: string; operator: string };
  EMPTY_LIST: { dimension: string; operator: string };
  FIRST_OUT_OF_RANGE: { first: number; limit: number };
  NUMBER_OUT_OF_RANGE: { name: string; value: number; least: number; most: number };
  METRIC_NEEDS_GROUP: { metric: string; dimension: string; level: Level };
  METRIC_NEEDS_PERIOD_OF_FILTER: { metric: string; dimension: string; level: Level };
  NEEDS_WHOLE_PERIODS: { period: string; at: string };
  NOT_A_FILTER: { dimension: string };
  NOT_FINITE: { dimension: string; operator: string };
  INVALID_TEXT: { argument: string };
  UNKNOWN_NAME: { kind: string; name: string };
  METRIC_NOT_IN_TIME_ZONE: { metric: string };
  METRIC_NEEDS_WHOLE_WINDOWS: { metric: string; period: string; key: string };
  NOT_A_GROUP: { dimension: string; argument: string };
  DUPLICATE_KEY: { key: string; argument: string };
  INVALID_KEY: { key: string; argument: string; limit: number };
  UNKNOWN_KEY: { key: string; argument: string };
  NOT_EXACTLY_ONE: { argument: string; given: readonly string[]; of: readonly string[] };
  NEEDS_PERIOD: { argument: string };
  NEEDS_RANGE: { argument: string };
  PERIODS_NOT_NESTED: { argument: string };
  SHIFT_CUTS_PERIODS: { shift: string; period: string };
  TO_DATE_CUTS_PERIODS: { toDate: string; period: string };
  PERIOD_FILTER_NOT_GROUPED: { dimension: string; argument: string };
  TOO_MANY_PERIODS: { limit: number };
  TOO_MANY_EMPTY_GROUPS: { limit: number };
  WINDOWS_TOO_LONG: { key: string; limit: number };
  TOO_MANY_ITEMS: { argument: string; given: number; limit: number };
  TOO_MANY_PARTS: { key: string; limit: number };
  TOO_LARGE: { given: number; of: string; limit: number };
  TIME_ZONE_NEEDS_TIMES: { timeZone: string };
  NOT_WALL_CLOCK: { end: string; timeZone: string };
  ONLY_ON_ROWS: { field: string };
  CURSOR_UNREADABLE: Record<never, never>;
  CURSOR_OF_OTHER_REQUEST: Record<never, never>;
  CURSOR_OF_OTHER_VERSION: { cursor: number; current: number };
}

export type ProblemCode = keyof ProblemParameters;

/** One mistake in a request. */
export interface Problem {
  readonly reason: ProblemCode;
  readonly message: string;
  /** Where in the request: argument names and list positions, or selected fields. */
  readonly path: readonly (string | number)[];
  /** What would have been valid there. */
  readonly allowed?: readonly string[];
  /** The valid name nearest to the one given. */
  readonly suggestion?: string;
}

const MESSAGES: { readonly [Code in ProblemCode]: (parameters: ProblemParameters[Code]) => string } = {
  NOT_GROUPED: ({ dimension }) =>
    `${dimension} is selected but not grouped by: add it to groupBy or leave it out.`,
  METRIC_NOT_AT_DIMENSION: ({ metric, dimension, use }) =>
    `${metric} has no meaning when you ${use} ${dimension}: leave one of the two out.`,
  METRIC_NEEDS_WHOLE_PERIODS: ({ metric, period, at }) =>
    `${metric} is defined for whole ${period}s, and the range cuts one at ${at}: begin and end at the first day of a ${period}.`,
  DUPLICATE_DIMENSION: ({ dimension }) => `${dimension} is grouped by more than once.`,
  DUPLICATE_ORDER: ({ term }) =>
    `orderBy has ${term} more than once: leave the later one out, which decides nothing.`,
  TOO_MANY_DIMENSIONS: ({ given, limit }) =>
    `groupBy has ${given} dimensions; at most ${limit} are possible.`,
  ORDER_NOT_GROUPED: ({ dimension }) => `Ordered by ${dimension}, which is not grouped by.`,
  NOT_A_PERIOD_START: ({ dimension, period, value, start }) =>
    `${value} is not the first day of a ${period}, as ${dimension} has them; the ${period} that it lies in starts on ${start}.`,
  INVALID_ID: ({ dimension, value }) => `${JSON.stringify(value)} cannot be an id of ${dimension}.`,
  EMPTY_RANGE: ({ from, to, of }) =>
    of === undefined
      ? `The range from ${from} to ${to} is empty: to is excluded and must be later than from.`
      : `between on ${of} goes from ${from} to ${to}, which comes before it, so nothing is between them: exchange the two.`,
  EMPTY_FILTER: ({ dimension }) =>
    `The filter on ${dimension} has no operator; give one, or leave the filter out.`,
  NULL_OPERATOR: ({ dimension, operator }) =>
    `${operator} on ${dimension} is null: ${
      operator === 'isNull' ? 'give true or false' : 'ask for what has no value by isNull'
    }, or leave ${operator} out.`,
  EMPTY_LIST: ({ dimension, operator }) =>
    `The list of ${operator} on ${dimension} is empty; give at least one value.`,
  FIRST_OUT_OF_RANGE: ({ first, limit }) => `first is ${first}; expected 1 to ${limit}. Page on with after.`,
  NUMBER_OUT_OF_RANGE: ({ name, value, least, most }) => `${name} is ${value}; expected ${least} to ${most}.`,
  METRIC_NEEDS_GROUP: ({ metric, dimension, level }) =>
    `${metric} is defined for each ${dimension} by itself: ${GROUPED_WHERE[level](dimension)}, or leave the metric out.`,
  METRIC_NEEDS_PERIOD_OF_FILTER: ({ metric, dimension, level }) =>
    `${metric} is a value at a time, so a filter on ${dimension} cannot pick what it is made of: use timeRange${
      level === 'rows' ? `, or group by ${dimension} or a finer period of it` : ''
    }.`,
  NEEDS_WHOLE_PERIODS: ({ period, at }) =>
    `What is listed goes by whole ${period}s, and the range cuts one at ${at}: begin and end at the first day of a ${period}.`,
  NOT_A_FILTER: ({ dimension }) => `What is listed cannot be filtered by ${dimension}: leave it out.`,
  NOT_FINITE: ({ dimension, operator }) =>
    `A number of ${operator} on ${dimension} is beyond what a number can be: give one below 1.8e308.`,
  INVALID_TEXT: ({ argument }) => `${argument} has a NUL character, which no value has: leave it out.`,
  UNKNOWN_NAME: ({ kind, name }) => `There is no ${kind} ${JSON.stringify(name)}.`,
  METRIC_NOT_IN_TIME_ZONE: ({ metric }) =>
    `${metric} is defined in UTC: leave timeZone out, or ask for it in a field of its own.`,
  METRIC_NEEDS_WHOLE_WINDOWS: ({ metric, period, key }) =>
    `${metric} is defined for whole ${period}s, and ${JSON.stringify(key)} reads a part of one: choose a shift of whole ${period}s.`,
  NOT_A_GROUP: ({ dimension, argument }) =>
    `${argument} names ${dimension}, which is not grouped by: add it to groupBy or leave it out.`,
  DUPLICATE_KEY: ({ key, argument }) =>
    `${argument} has ${JSON.stringify(key)} more than once: give each of its own.`,
  INVALID_KEY: ({ key, argument, limit }) =>
    `${argument} has a key ${key.length > limit ? `of ${key.length} characters` : JSON.stringify(key)}: give 1 to ${limit} characters, no control characters among them.`,
  UNKNOWN_KEY: ({ key, argument }) => `${argument} has no ${JSON.stringify(key)}.`,
  NOT_EXACTLY_ONE: ({ argument, given, of }) =>
    `${argument} takes exactly one of ${of.join(', ')}; ${given.length === 0 ? 'none is' : `${given.join(' and ')} are`} given.`,
  NEEDS_PERIOD: ({ argument }) => `${argument} goes by periods: group by one (DAY to YEAR).`,
  NEEDS_RANGE: ({ argument }) =>
    `${argument} needs to know what comes before what: give a timeRange, or group by a period.`,
  PERIODS_NOT_NESTED: ({ argument }) =>
    `${argument} needs one grouped period that the others are made of, and weeks run across the ends of months, quarters and years: group by DAY too, or leave WEEK out.`,
  SHIFT_CUTS_PERIODS: ({ shift, period }) =>
    `${shift} does not move a ${period} to a ${period}: shift by whole ${period}s.`,
  TO_DATE_CUTS_PERIODS: ({ toDate, period }) =>
    `A ${toDate} is not made of whole ${period}s: group by a finer period, or take a longer one.`,
  PERIOD_FILTER_NOT_GROUPED: ({ dimension, argument }) =>
    `With ${argument}, a filter on ${dimension} picks rows by their period: group by ${dimension} or a finer period of it, or use timeRange.`,
  TOO_MANY_PERIODS: ({ limit }) =>
    `The range has more than ${limit} periods: narrow timeRange, or group by a longer one.`,
  TOO_MANY_EMPTY_GROUPS: ({ limit }) =>
    `fill and emptyGroups could add more than ${limit} rows: narrow timeRange, or group by less.`,
  WINDOWS_TOO_LONG: ({ key, limit }) =>
    `The windows of ${JSON.stringify(key)} have more than ${limit} days together: shorten them, narrow timeRange, or group by a longer period.`,
  TOO_MANY_ITEMS: ({ argument, given, limit }) =>
    `${argument} has ${given} items; at most ${limit} are possible.`,
  TOO_MANY_PARTS: ({ key, limit }) =>
    `${JSON.stringify(key)} is made of more than ${limit} measures: make it of fewer.`,
  TOO_LARGE: ({ given, of, limit }) =>
    `The request takes ${given} ${of}; at most ${limit} are possible: ask for less at once.`,
  TIME_ZONE_NEEDS_TIMES: ({ timeZone }) =>
    `The data have no times of day, so days cannot be those of ${timeZone}: leave timeZone out.`,
  NOT_WALL_CLOCK: ({ end, timeZone }) =>
    `With timeZone, ends of the range are times on the clocks of ${timeZone}: give ${end} without Z or offset.`,
  ONLY_ON_ROWS: ({ field }) =>
    `${field} is of the rows of the question itself: ask for it in a field of its own, grouped as these rows are.`,
  CURSOR_UNREADABLE: () => 'after is not a cursor of this API: give an endCursor as it came.',
  CURSOR_OF_OTHER_REQUEST: () =>
    'after is a cursor of another request: page on with the same arguments, or start without after.',
  CURSOR_OF_OTHER_VERSION: ({ cursor, current }) =>
    `after is a cursor of data version ${cursor}, and version ${current} is served now: start again without after.`,
};

/** How a metric that is defined for each value of a dimension gets to be asked for each, by where it is asked. */
const GROUPED_WHERE: { readonly [L in Level]: (dimension: string) => string } = {
  rows: (dimension) => `add ${dimension} to groupBy`,
  totals: (dimension) => `ask for it in rows that are grouped by ${dimension}`,
  subtotals: (dimension) => `add ${dimension} to by`,
  other: (dimension) => `add ${dimension} to per of limitBy, set other to false`,
};

/** Collects every mistake of one request, so that all are reported at once. */
export class Problems {
  private readonly found: Problem[] = [];

  add<Code extends ProblemCode>(
    reason: Code,
    parameters: ProblemParameters[Code],
    path: Problem['path'],
    hints: Pick<Problem, 'allowed' | 'suggestion'> = {},
  ): void {
    const made = { reason, message: MESSAGES[reason](parameters), path, ...hints };
    // What is wrong at several levels of an answer is one mistake.
    const isKnown = ({ message, path: at }: Problem) => message === made.message && at.join() === path.join();
    if (!this.found.some(isKnown)) this.found.push(made);
  }

  /** @throws RequestError when anything was found */
  throwIfAny(): void {
    if (this.found.length > 0) throw this.toError();
  }

  toError(): RequestError {
    return new RequestError(this.found);
  }
}

/** A request that cannot be answered, with every reason. */
export class RequestError extends Error {
  override readonly name = 'RequestError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(({ message }) => message).join('\n'));
  }
}

/** What would have been valid, and what was probably meant. */
export function hints(
  name: string,
  allowed: readonly string[],
): { allowed: readonly string[]; suggestion?: string } {
  const suggestion = nearest(name, allowed);
  return { allowed, ...(suggestion !== undefined && { suggestion }) };
}
