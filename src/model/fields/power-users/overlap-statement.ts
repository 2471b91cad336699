import { type Sql, sql } from '../../../query/define.ts';
import type { List } from './list.ts';
import { sortTerms, totalOrder } from './order.ts';
import { isHeld, matching, type Population } from './population.ts';
import type { Rules } from './rules.ts';
import { USER_MONTH } from './show.ts';
import { qualified, rankTables } from './tables.ts';

/** Two definitions, and whom they are compared on. */
export interface Compared {
  /** A hash of the filter, the range and the two, which cursors below are bound to. */
  readonly request: string;
  readonly population: Population;
  readonly a: Rules;
  readonly b: Rules;
}

/** By which of the two definitions someone is a power user. */
export type OverlapPart = 'BOTH' | 'ONLY_A' | 'ONLY_B';

const IN_PART: Readonly<Record<OverlapPart | 'NEITHER', Sql>> = {
  BOTH: sql`in_a and in_b`,
  ONLY_A: sql`in_a and not in_b`,
  ONLY_B: sql`in_b and not in_a`,
  NEITHER: sql`not in_a and not in_b`,
};

/** Common tables: the population's `records` and its distinct `users`, with whether each definition holds of them. */
function overlapTables({ population, a, b }: Compared): Sql {
  return sql`${rankTables(population)},
    by_a as (${qualified(population, a)}),
    by_b as (${qualified(population, b)}),
    matching as (${matching(population)}),
    records as (
      select matching.user_id, matching.activity_month,
             by_a.user_id is not null as in_a, by_b.user_id is not null as in_b
        from matching
        left join by_a using (user_id, activity_month)
        left join by_b using (user_id, activity_month)
    ),
    users as (
      select user_id, bool_or(in_a) as in_a, bool_or(in_b) as in_b from records group by user_id
    )`;
}

/** How many of each part: one row for all records, one for all distinct users, then the records of each month. */
export function overlapStatement(compared: Compared): Sql {
  const { BOTH, ONLY_A, ONLY_B, NEITHER } = IN_PART;
  const counts = sql`
    count(*) filter (where ${BOTH}), count(*) filter (where ${ONLY_A}),
    count(*) filter (where ${ONLY_B}), count(*) filter (where ${NEITHER})`;
  return sql`with ${overlapTables(compared)}
    select 0 as level, null::date as month, ${counts} from records
     union all
    select 1, null::date, ${counts} from users
     union all
    select 2, activity_month, ${counts} from records group by activity_month
     order by level, month`;
}

/** The records of a part: by month, then best first. */
export function overlapRecords(compared: Compared, part: OverlapPart): List {
  return {
    tables: sql`${overlapTables(compared)},
      listed as (
        select usage.*, records.activity_month as month
          from records
          join mart.user_engagement as usage
            on usage.user_id = records.user_id and usage.activity_month = records.activity_month
               and ${isHeld(compared.population, 'usage')}
         where ${IN_PART[part]}
      )`,
    from: sql`listed`,
    columns: USER_MONTH,
    sort: sortTerms(totalOrder([])),
  };
}

/** The distinct users of a part, by their id. */
export function overlapUsers(compared: Compared, part: OverlapPart): List {
  return {
    tables: sql`${overlapTables(compared)}, listed as (select user_id from users where ${IN_PART[part]})`,
    from: sql`listed`,
    columns: { id: sql`user_id` },
    sort: sortTerms([{ by: 'USER', direction: 'ASC' }]),
  };
}
