import { ident, type Row, type Sql, sql } from '../../../query/define.ts';
import type { Firm, User } from '../entities.ts';
import type { UserEngagementRow } from '../marts/types.ts';
import type { List, Listed } from './list.ts';
import { NUMBERS } from './numbers.ts';

const numbers = Object.entries(NUMBERS).map(([name, { column }]): [string, Sql] => [name, ident(column)]);

/** What is shown of a user-month, from the table `user_months`. */
export const USER_MONTH: Readonly<Record<string, Sql>> = {
  activityMonth: sql`activity_month`,
  userId: sql`user_id`,
  firmId: sql`firm_id`,
  ...Object.fromEntries(numbers),
  engagementScore: sql`engagement_score::float8`,
  prEngagementScore: sql`pr_engagement_score::float8`,
  engagementLevel: sql`engagement_level::text`,
  lastActiveDate: sql`last_active_date`,
};

/** What the fields of a row are made from, where that is not what has their name. */
const MADE_FROM: Readonly<Record<string, readonly string[]>> = {
  id: ['activityMonth', 'month', 'transition', 'userId'],
  user: ['userId'],
  firm: ['firmId'],
};

/** The columns of a list that some fields of its rows need. */
export function columnsOf({ columns }: List, fields: ReadonlySet<string>): readonly string[] {
  const needed = new Set([...fields].flatMap((name) => MADE_FROM[name] ?? [name]));
  return Object.keys(columns).filter((name) => needed.has(name));
}

/** A row of a list of user-months: what is listed of it, and what is made of that when it is asked for. */
export class ShownUserMonth {
  declare private readonly userId: string;
  declare private readonly firmId: number;
  readonly #id: (row: Listed) => string;

  constructor(shown: readonly string[], cells: Row, id: (row: Listed) => string) {
    const own = this as unknown as Record<string, Row[number]>;
    for (let at = 0; at < shown.length; at++) own[shown[at]!] = cells[at]!;
    this.#id = id;
  }

  get id(): string {
    return this.#id(this as unknown as Listed);
  }

  get user(): User {
    return { id: this.userId };
  }

  get firm(): Firm {
    return { id: String(this.firmId) };
  }
}

/** How user-months of a version are shown as the mart of user engagement shows them. */
export function showUserMonth(version: number) {
  const id = ({ activityMonth, userId }: Listed) => `user-engagement:${version}:${activityMonth}:${userId}`;
  return (shown: readonly string[], cells: Row) =>
    new ShownUserMonth(shown, cells, id) as unknown as UserEngagementRow;
}
