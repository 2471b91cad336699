/** What is wrong with a request, by code; each has one wording. */
export interface ProblemParameters {
  NOT_GROUPED: { dimension: string };
  METRIC_NOT_AT_DIMENSION: { metric: string; dimension: string; use: 'group by' | 'filter on' };
  METRIC_NEEDS_WHOLE_PERIODS: { metric: string; period: string; at: string };
  DUPLICATE_DIMENSION: { dimension: string };
  TOO_MANY_DIMENSIONS: { given: number; limit: number };
  ORDER_NOT_GROUPED: { dimension: string };
  NOT_A_PERIOD_START: { dimension: string; value: string; start: string };
  INVALID_ID: { dimension: string; value: string };
  EMPTY_RANGE: { from: string; to: string };
  EMPTY_FILTER: { dimension: string };
  EMPTY_LIST: { dimension: string; operator: string };
  OPERATOR_NOT_POSSIBLE: { dimension: string; operator: string };
  FIRST_OUT_OF_RANGE: { first: number; limit: number };
  NUMBER_OUT_OF_RANGE: { name: string; value: number; least: number; most: number };
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
  TOO_MANY_DIMENSIONS: ({ given, limit }) =>
    `groupBy has ${given} dimensions; at most ${limit} are possible.`,
  ORDER_NOT_GROUPED: ({ dimension }) => `Ordered by ${dimension}, which is not grouped by.`,
  NOT_A_PERIOD_START: ({ dimension, value, start }) =>
    `${value} is not the first day of a ${dimension}; the ${dimension} that it lies in starts on ${start}.`,
  INVALID_ID: ({ dimension, value }) => `${JSON.stringify(value)} cannot be an id of ${dimension}.`,
  EMPTY_RANGE: ({ from, to }) =>
    `The range from ${from} to ${to} is empty: to is excluded and must be later than from.`,
  EMPTY_FILTER: ({ dimension }) =>
    `The filter on ${dimension} has no operator; give one, or leave the filter out.`,
  EMPTY_LIST: ({ dimension, operator }) =>
    `The list of ${operator} on ${dimension} is empty; give at least one value.`,
  OPERATOR_NOT_POSSIBLE: ({ dimension, operator }) =>
    `${operator} is not possible on ${dimension} here: compare whole values.`,
  FIRST_OUT_OF_RANGE: ({ first, limit }) => `first is ${first}; expected 1 to ${limit}. Page on with after.`,
  NUMBER_OUT_OF_RANGE: ({ name, value, least, most }) => `${name} is ${value}; expected ${least} to ${most}.`,
  CURSOR_UNREADABLE: () => 'after is not a cursor of this API: give an endCursor as it came.',
  CURSOR_OF_OTHER_REQUEST: () =>
    'after is a cursor of another request: page on with the same arguments, or start without after.',
  CURSOR_OF_OTHER_VERSION: ({ cursor, current }) =>
    `after is a cursor of data version ${cursor}, and version ${current} is served now: start again without after.`,
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
    this.found.push({ reason, message: MESSAGES[reason](parameters), path, ...hints });
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
