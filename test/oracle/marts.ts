// The marts by their definitions alone: plain loops over plain rows, slow and plain to see. Imports nothing.

/** A raw event. `created` is `YYYY-MM-DDTHH:MM:SS`, with a fraction or without, in UTC. */
export interface Event {
  readonly userId: string;
  readonly created: string;
  readonly firmId: number;
  readonly eventType: 'ASSISTANT' | 'VAULT' | 'WORKFLOW';
  readonly numDocs: number;
  readonly feedbackScore: number;
}

export interface User {
  readonly id: string;
  readonly created: string;
  readonly title: string;
}

export interface Firm {
  readonly id: number;
  readonly created: string;
  readonly firmSize: number;
  /** Thousands of US dollars, whole ones. */
  readonly arrInThousands: number;
}

export interface RawRows {
  readonly events: readonly Event[];
  readonly users: readonly User[];
  readonly firms: readonly Firm[];
}

/** A mart's row in the order of the view's columns; numerics as text with all of their decimals. */
type MartRow = readonly (string | number | null)[];

export interface Marts {
  readonly userEngagement: readonly MartRow[];
  readonly userMovements: readonly MartRow[];
  readonly firmUsageSummary: readonly MartRow[];
  readonly dailyEventSummary: readonly MartRow[];
}

/** The marts, each ordered by its key as text. */
export function marts(raw: RawRows): Marts {
  return {
    userEngagement: ordered(
      distinct(raw.events.map(monthOf)).flatMap((month) => userMonths(raw.events, month)),
    ),
    userMovements: orderedBy(
      4,
      distinct(raw.events.map(({ userId }) => userId)).flatMap((userId) =>
        movements(raw.events.filter((event) => event.userId === userId)),
      ),
    ),
    firmUsageSummary: ordered(raw.firms.map((firm) => firmUsage(raw.events, firm))),
    dailyEventSummary: ordered(distinct(raw.events.map(dateOf)).map((date) => dailyEvents(raw.events, date))),
  };
}

interface UserMonth {
  readonly userId: string;
  readonly events: readonly Event[];
  readonly queries: number;
  readonly docs: number;
  readonly feedback: number;
}

function userMonths(all: readonly Event[], month: string): MartRow[] {
  const inMonth = all.filter((event) => monthOf(event) === month);
  const users = distinct(inMonth.map((event) => event.userId)).map((userId): UserMonth => {
    const events = inMonth.filter((event) => event.userId === userId);
    return { userId, events, queries: events.length, docs: docsOf(events), feedback: feedbackOf(events) };
  });
  const scores = users.map(
    (user) =>
      6 * users.filter((other) => other.queries < user.queries).length +
      3 * users.filter((other) => other.docs < user.docs).length +
      users.filter((other) => other.feedback * user.queries < user.feedback * other.queries).length,
  );
  return users.map((user, index) => {
    const below = scores.filter((score) => score < scores[index]!).length;
    return engagementRow(month, user, scores[index]!, below, users.length - 1);
  });
}

function engagementRow(
  month: string,
  { userId, events, queries, docs, feedback }: UserMonth,
  score: number,
  below: number,
  others: number,
): MartRow {
  const days = distinct(events.map(dateOf));
  return [
    month,
    userId,
    mainFirm(events),
    days.length,
    queries,
    countOf(events, 'WORKFLOW'),
    countOf(events, 'VAULT'),
    countOf(events, 'ASSISTANT'),
    queries / days.length,
    docs,
    docs / queries,
    feedback / queries,
    days.sort().at(-1)!,
    fixed12(score, 10 * others),
    fixed12(below, others),
    others === 0 || 10 * below < 3 * others ? 'LOW' : 10 * below >= 8 * others ? 'HIGH' : 'MEDIUM',
  ];
}

function mainFirm(events: readonly Event[]): number {
  const queries = (firm: number) => events.filter((event) => event.firmId === firm).length;
  return distinct(events.map((event) => event.firmId)).sort((a, b) => queries(b) - queries(a) || a - b)[0]!;
}

/** Of one user: each month of activity is what it is to itself and to the month after it. */
function movements(own: readonly Event[]): MartRow[] {
  const months = distinct(own.map(monthOf)).sort();
  return months.flatMap((month) => {
    const { userId } = own[0]!;
    const firms = distinct(own.filter((event) => monthOf(event) === month).map(({ firmId }) => firmId));
    const next = nextMonth(month);
    const isRetained = months.some((each) => nextMonth(each) === month);
    const now = month === months[0] ? 'NEW' : isRetained ? 'RETAINED' : 'RESURRECTED';
    const then = months.includes(next) ? 'RETAINED' : 'CHURNED';
    return firms.flatMap((firm): MartRow[] => [
      [month, userId, firm, 'CURRENT', now],
      [next, userId, firm, 'PREVIOUS', then],
    ]);
  });
}

function firmUsage(all: readonly Event[], { id, firmSize, arrInThousands }: Firm): MartRow {
  const events = all.filter((event) => event.firmId === id);
  const days = distinct(events.map(dateOf)).sort();
  const users = distinct(events.map((event) => event.userId));
  const arr = arrInThousands * 1000;
  const per = (value: number, count: number) => (count === 0 ? null : value / count);
  return [
    id,
    days.length,
    users.length,
    events.length,
    docsOf(events),
    per(feedbackOf(events), events.length),
    per(events.length, days.length),
    per(events.length, users.length),
    days[0] ?? null,
    days.at(-1) ?? null,
    firmSize,
    `${arr}.00`,
    per(arr, users.length),
  ];
}

function dailyEvents(all: readonly Event[], date: string): MartRow {
  const events = all.filter((event) => dateOf(event) === date);
  return [
    date,
    events.length,
    distinct(events.map((event) => event.userId)).length,
    distinct(events.map((event) => event.firmId)).length,
    docsOf(events),
    feedbackOf(events) / events.length,
    countOf(events, 'ASSISTANT'),
    countOf(events, 'VAULT'),
    countOf(events, 'WORKFLOW'),
  ];
}

/** The exact quotient, rounded half up to 12 decimals; 0 over 0. */
function fixed12(numerator: number, denominator: number): string {
  if (denominator === 0) return '0.000000000000';
  const [top, bottom] = [BigInt(numerator) * 10n ** 12n, BigInt(denominator)];
  const digits = ((2n * top + bottom) / (2n * bottom)).toString().padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}

function dateOf(event: Event): string {
  return event.created.slice(0, 10);
}

function monthOf(event: Event): string {
  return `${event.created.slice(0, 7)}-01`;
}

function nextMonth(month: string): string {
  const [year, number] = month.split('-').map(Number) as [number, number];
  return number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`;
}

function docsOf(events: readonly Event[]): number {
  return events.reduce((sum, event) => sum + event.numDocs, 0);
}

function feedbackOf(events: readonly Event[]): number {
  return events.reduce((sum, event) => sum + event.feedbackScore, 0);
}

function countOf(events: readonly Event[], type: Event['eventType']): number {
  return events.filter((event) => event.eventType === type).length;
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function ordered(rows: readonly MartRow[]): MartRow[] {
  return orderedBy(2, rows);
}

/** By the first cells, put together as text. */
function orderedBy(cells: number, rows: readonly MartRow[]): MartRow[] {
  const key = (row: MartRow) => row.slice(0, cells).join(' ');
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
