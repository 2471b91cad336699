import { type Sql, sql } from '../../../query/define.ts';
import type { List } from './list.ts';
import { type PowerUserOrder, sortTerms } from './order.ts';
import { matching, matchingBefore, type Population } from './population.ts';
import type { Rules } from './rules.ts';
import { USER_MONTH } from './show.ts';
import { qualified, transitions, userMonthTables } from './tables.ts';

/** What became of a power user against the month before. */
export type Transition = 'KEPT' | 'GAINED' | 'LOST';

/** Power users of a population, and what became of them. Whether one qualifies never depends on the population. */
function powerUserTables(population: Population, rules: Rules): Sql {
  return sql`${userMonthTables(population)},
    qualified as (${qualified(rules)}),
    transitions as (${transitions(population)})`;
}

/** Power users, or only those of a transition; without one, all who are power users in the month. */
export function powerUserList(
  population: Population,
  rules: Rules,
  transition: Transition | undefined,
  order: readonly PowerUserOrder[],
): List {
  return {
    tables: sql`${powerUserTables(population, rules)},
      matching as (${transition === 'LOST' ? matchingBefore(population) : matching(population)}),
      listed as (
        select user_months.*, transitions.month, transition, present.user_id is not null as is_active
          from transitions
          join matching using (user_id, activity_month)
          join user_months using (user_id, activity_month)
          left join user_months as present
            on present.user_id = transitions.user_id and present.activity_month = transitions.month
         where ${transition ? sql`transition = ${transition}::text` : sql`transition <> 'LOST'`}
      )`,
    from: sql`listed`,
    columns: {
      ...USER_MONTH,
      month: sql`month`,
      transition: sql`transition`,
      isActive: sql`is_active`,
      numInteractionTypesUsed: sql`num_interaction_types_used`,
      activeTwoConsecutiveMonths: sql`active_months_in_a_row >= 2`,
      used2plusInteractionTypes: sql`num_interaction_types_used >= 2`,
    },
    sort: sortTerms(order),
  };
}

/** How many rows a list has, over all its pages. */
export function countStatement({ tables, from }: List): Sql {
  return sql`with ${tables} select count(*) from ${from}`;
}

/** Numbers of a population: one row for all of it (month is null), then one per month. */
export function summaryStatement(population: Population, rules: Rules): Sql {
  const numbers = sql`
    count(*) filter (where transition in ('KEPT', 'GAINED')),
    count(distinct user_id) filter (where transition in ('KEPT', 'GAINED')),
    count(distinct user_id) filter (where transition is null),
    count(*) filter (where transition = 'KEPT'),
    count(*) filter (where transition = 'GAINED'),
    count(*) filter (where transition = 'LOST')`;
  return sql`with ${powerUserTables(population, rules)},
    matching as (${matching(population)}),
    matching_before as (${matchingBefore(population)}),
    counted as (
      select activity_month as month, user_id, null as transition from matching
       union all
      select month, user_id, transition from transitions join matching using (user_id, activity_month)
       where transition <> 'LOST'
       union all
      select month, user_id, transition from transitions join matching_before using (user_id, activity_month)
       where transition = 'LOST'
    )
    select null::date as month, ${numbers} from counted
     union all
    select month, ${numbers} from counted group by month
     order by month nulls first`;
}
