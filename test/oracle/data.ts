/** Raw rows as an import reads them; instants are `YYYY-MM-DD HH:MM:SS.ffffff`, so that text compares as time. */
export interface EventRow {
  readonly created: string;
  readonly firm: number;
  readonly user: string;
  readonly type: EventType;
  readonly docs: number;
  readonly feedback: number;
}

export interface UserRow {
  readonly id: string;
  readonly title: Title;
}

export interface DataSet {
  readonly events: readonly EventRow[];
  readonly users: readonly UserRow[];
  readonly firms: readonly number[];
}

export const EVENT_TYPES = ['ASSISTANT', 'VAULT', 'WORKFLOW'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const TITLES = ['JUNIOR_ASSOCIATE', 'ASSOCIATE', 'SENIOR_ASSOCIATE', 'PARTNER'] as const;
export type Title = (typeof TITLES)[number];

export const LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Level = (typeof LEVELS)[number];

const MIDNIGHT = '00:00:00.000000';

/** Until when the data reach: the latest event, or the end of its day when no event has a time of day. */
export function asOf({ events }: DataSet): string | undefined {
  const latest = events
    .map(({ created }) => created)
    .sort()
    .at(-1);
  if (latest === undefined) return undefined;
  const hasTimes = events.some(({ created }) => !created.endsWith(MIDNIGHT));
  return hasTimes ? latest : midnight(addDays(latest.slice(0, 10), 1));
}

export function midnight(date: string): string {
  return `${date} ${MIDNIGHT}`;
}

/** An instant as GraphQL takes it (a date, or ISO 8601 in UTC), in the form of this evaluator. */
export function instant(text: string): string {
  const [date, time = '00:00:00'] = text.replace('Z', '').split('T') as [string, string?];
  const [whole, fraction = ''] = time.split('.');
  return `${date} ${whole}.${fraction.padEnd(6, '0')}`;
}

export function addDays(date: string, count: number): string {
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + count);
  return day.toISOString().slice(0, 10);
}

/** Walking the calendar day by day is slow, so what is derived from a data set is derived once. */
export function onceEach<T>(derive: (data: DataSet) => T): (data: DataSet) => T {
  const known = new WeakMap<DataSet, { readonly value: T }>();
  return (data) => {
    const found = known.get(data) ?? { value: derive(data) };
    known.set(data, found);
    return found.value;
  };
}
