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
  readonly created: string;
  readonly title: Title;
}

export interface FirmRow {
  readonly id: number;
  readonly created: string;
  readonly size: number;
  /** With up to three decimals. */
  readonly arrInThousands: number;
}

export interface DataSet {
  readonly events: readonly EventRow[];
  readonly users: readonly UserRow[];
  readonly firms: readonly FirmRow[];
  /** Until when the data are complete, where the import says so. */
  readonly asOf?: string;
}

export const EVENT_TYPES = ['ASSISTANT', 'VAULT', 'WORKFLOW'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const TITLES = ['JUNIOR_ASSOCIATE', 'ASSOCIATE', 'SENIOR_ASSOCIATE', 'PARTNER'] as const;
export type Title = (typeof TITLES)[number];

export const LEVELS = ['LOW', 'MEDIUM', 'HIGH'] as const;
export type Level = (typeof LEVELS)[number];

const MIDNIGHT = '00:00:00.000000';

export function hasTimes({ events }: DataSet): boolean {
  return events.some(({ created }) => !created.endsWith(MIDNIGHT));
}

export function firstEvent({ events }: DataSet): string | undefined {
  return events.map(({ created }) => created).sort()[0];
}

/** Until when the data reach: as given, or the latest event, or the end of its day when no event has a time of day. */
export function asOf(data: DataSet): string | undefined {
  const latest = data.events
    .map(({ created }) => created)
    .sort()
    .at(-1);
  if (latest === undefined || data.asOf !== undefined) return data.asOf;
  return hasTimes(data) ? latest : midnight(addDays(latest.slice(0, 10), 1));
}

/** Whether an event lies at as-of, rather than that the data end there. */
export function includesAsOf(data: DataSet): boolean {
  const until = asOf(data);
  return data.events.some(({ created }) => created === until);
}

/** Whether a month has begun by as-of. */
export function hasBegun(data: DataSet, month: string): boolean {
  const [start, until] = [midnight(month), asOf(data)];
  return until !== undefined && (start < until || (start === until && includesAsOf(data)));
}

export function midnight(date: string): string {
  return `${date} ${MIDNIGHT}`;
}

export function isMidnight(instant: string): boolean {
  return instant.endsWith(MIDNIGHT);
}

export function dateOf(instant: string): string {
  return instant.slice(0, 10);
}

/** A time as GraphQL takes it (a date, or ISO 8601 in UTC or without a zone), in the form of this evaluator. */
export function instant(text: string): string {
  const [date, time = '00:00:00'] = text.replace('Z', '').split('T') as [string, string?];
  const [whole, fraction = ''] = time.split('.');
  return `${date} ${whole}.${fraction.padEnd(6, '0')}`;
}

const moved = new Map<string, string>();

export function addDays(date: string, count: number): string {
  const name = `${date} ${count}`;
  const known = moved.get(name);
  if (known !== undefined) return known;
  const day = new Date(`${date}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + count);
  const found = day.toISOString().slice(0, 10);
  moved.set(name, found);
  return found;
}

/** What is derived from a data set takes long, so it is derived once for each set of further arguments. */
export function onceEach<T, More extends readonly unknown[]>(
  derive: (data: DataSet, ...more: More) => T,
): (data: DataSet, ...more: More) => T {
  const known = new WeakMap<DataSet, Map<string, T>>();
  return (data, ...more) => {
    const ofData = known.get(data) ?? new Map<string, T>();
    known.set(data, ofData);
    const name = JSON.stringify(more);
    const found = ofData.has(name) ? (ofData.get(name) as T) : derive(data, ...more);
    ofData.set(name, found);
    return found;
  };
}
