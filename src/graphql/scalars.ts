import { GraphQLError, GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { startOf } from '../query/time/time.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const POINT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A day of the calendar, `YYYY-MM-DD`. */
export const DateScalar = scalar(
  'Date',
  'A date, `YYYY-MM-DD`. Periods are labelled by their first day.',
  date,
);

/** An instant in UTC; as input, what has no offset is UTC. */
export const DateTimeScalar = scalar(
  'DateTime',
  'An instant, ISO 8601, given in UTC: `2024-06-30T23:59:59Z`. As input a date alone means its midnight, and a time without an offset is UTC.',
  (text, node) => point(text, node).replace(/Z?$/, 'Z'),
  // JavaScript's dates have milliseconds where the database prints the digits that there are.
  (text) => text.replace(/(\.\d*?)0*Z$/, (_, digits: string) => (digits === '.' ? 'Z' : `${digits}Z`)),
);

/** `YYYY-MM-DDTHH:MM:SS[.ffffff]` for a time on the wall's clock, with `Z` for an instant. */
export const TimePointScalar = scalar(
  'TimePoint',
  'A date (its midnight), a time on the clock such as `2024-06-30T12:00:00`, or an instant, with `Z` or an offset. Where no time zone is given, clocks show UTC.',
  point,
);

/** From the text of a value, or of its node in a document, which errors then tell of. */
type Parse = (text: unknown, node?: ValueNode) => string;

function scalar(
  name: string,
  description: string,
  parse: Parse,
  print = (text: string) => text,
): GraphQLScalarType {
  const literal = (node: ValueNode) => parse(node.kind === Kind.STRING ? node.value : undefined, node);
  return new GraphQLScalarType<string, string>({
    name,
    description,
    parseValue: (value) => parse(value),
    parseLiteral: literal,
    serialize: (value) => print(value as string),
  });
}

function date(text: unknown, node?: ValueNode): string {
  if (typeof text === 'string' && DATE.test(text) && exists(text)) return text;
  throw unfit('a date such as "2024-06-30"', text, node);
}

function point(text: unknown, node?: ValueNode): string {
  const match = typeof text === 'string' ? POINT.exec(text) : null;
  const [, day, time = '00:00', offset] = match ?? [];
  const parsed = day && exists(day) ? new Date(`${day}T${time}${offset ?? 'Z'}`) : undefined;
  if (!parsed || !/^\d{4}-/.test(iso(parsed)) || iso(parsed) < '0001') {
    throw unfit('a time such as "2024-06-30T12:00:00Z" or a date', text, node);
  }
  // Fractions finer than a millisecond pass through: JavaScript's dates would cut them.
  const fraction = /\.(\d+)/.exec(time)?.[1];
  const whole = iso(parsed).slice(0, 19);
  const clock = fraction === undefined || /^0+$/.test(fraction) ? whole : `${whole}.${fraction}`;
  return offset === undefined ? clock : `${clock}Z`;
}

/** The error about a value that a scalar does not take. */
export function unfit(expected: string, given: unknown, node: ValueNode | undefined): GraphQLError {
  const shown = JSON.stringify(given) ?? 'a literal of another kind';
  return new GraphQLError(`Expected ${expected}, not ${shown}.`, { nodes: node ?? null });
}

/** Empty for an invalid date; signed beyond the years 0 to 9999, which no database text is. */
function iso(date: Date): string {
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

/** Whether the calendar has the day: 2024-02-30 would otherwise become the first of March. */
function exists(text: string): boolean {
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && startOf('day', text) === text;
}
