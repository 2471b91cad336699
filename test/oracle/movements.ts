import { firmKeys, userKeys } from './attributes.ts';
import { type Calendar, periodsOf } from './calendar.ts';
import { type DataSet, dateOf, firstEvent, hasBegun, midnight, onceEach } from './data.ts';
import type { Keys } from './keys.ts';
import { nextPeriod, periodOf, previousPeriod } from './periods.ts';
import { userMonths } from './user-months.ts';

/** Each is counted in a month, by what the user did in it and in the month before. */
export type MovementKind = 'new' | 'retained' | 'churned' | 'resurrected' | 'active before';

/** A user's movement in a month, under one of the firms of the month whose activity is counted. */
export interface Movement {
  readonly kind: MovementKind;
  readonly user: string;
  /** The start of the month. */
  readonly at: string;
  readonly keys: Keys;
}

/** The movements of every month that has begun by as-of. */
export const movementsOf = onceEach((data: DataSet, calendar: Calendar): readonly Movement[] => {
  const firms = new Map(data.firms.map((firm) => [firm.id, firmKeys(firm)]));
  const months = monthsOf(data);
  return data.users.flatMap((user) => {
    const active = firmsByMonth(data, user.id);
    return months.flatMap((month) =>
      movementsIn(active, month).map(({ kind, firm }): Movement => {
        const keys = { ...periodsOf(calendar, month), ...userKeys(user), ...firms.get(firm)! };
        return { kind, user: user.id, at: midnight(month), keys };
      }),
    );
  });
});

/** The firms that a user was active in, by month. */
type Active = ReadonlyMap<string, readonly number[]>;

/** What a user did in a month: for each kind, under the firms of the month whose activity shows it. */
function movementsIn(active: Active, month: string): readonly { kind: MovementKind; firm: number }[] {
  const now = active.get(month) ?? [];
  const before = active.get(previousPeriod('month', month)) ?? [];
  const isFirst = [...active.keys()].sort()[0] === month;
  const under = (kind: MovementKind, firms: readonly number[]) => firms.map((firm) => ({ kind, firm }));
  return [
    ...under('new', isFirst ? now : []),
    ...under('retained', before.length > 0 ? now : []),
    ...under('churned', now.length === 0 ? before : []),
    ...under('resurrected', before.length === 0 && !isFirst ? now : []),
    ...under('active before', before),
  ];
}

const firmsByUser = onceEach((data: DataSet): ReadonlyMap<string, Active> => {
  const byUser = new Map<string, Map<string, readonly number[]>>();
  for (const { user, month, events } of userMonths(data)) {
    const months = byUser.get(user) ?? new Map<string, readonly number[]>();
    byUser.set(user, months);
    months.set(month, [...new Set(events.map(({ firm }) => firm))]);
  }
  return byUser;
});

function firmsByMonth(data: DataSet, user: string): Active {
  return firmsByUser(data).get(user) ?? new Map();
}

/** From the month of the first event to the last that has begun by as-of. */
function monthsOf(data: DataSet): readonly string[] {
  const first = firstEvent(data);
  if (first === undefined) return [];
  const months: string[] = [];
  for (
    let month = periodOf('month', dateOf(first));
    hasBegun(data, month);
    month = nextPeriod('month', month)
  )
    months.push(month);
  return months;
}
