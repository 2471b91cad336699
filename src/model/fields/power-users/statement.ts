import { all, type Sql, sql } from '../../../query/define.ts';
import type { List } from './list.ts';
import { type PowerUserOrder, sortTerms } from './order.ts';
import {
  hasBegun,
  isEverybody,
  isHeld,
  isWithin,
  matching,
  matchingBefore,
  type Population,
} from './population.ts';
import type { Rules } from './rules.ts';
import { USER_MONTH } from './show.ts';
import { OtherMonths, qualified, qualifies, rankTables, TYPES_USED, transitions } from './tables.ts';

/** What became of a power user against the month before. */
export type Transition = 'KEPT' | 'GAINED' | 'LOST';

/**
 * Power users of a population, or only those of a transition; without one, all who are power users in the month.
 * Whether one qualifies never depends on the population.
 */
export function powerUserList(
  population: Population,
  rules: Rules,
  transition: Transition | undefined,
  order: readonly PowerUserOrder[],
): List {
  const months = new OtherMonths('usage', population);
  const isOneIn = (other: number) => months.has(other, (alias) => qualifies(alias, population, rules));
  const rows =
    transition === 'LOST' ? lost(population, months, isOneIn) : present(population, transition, isOneIn);
  return {
    tables: sql`${rankTables(population)},
      listed as (
        select usage.*, ${rows.month} as month, ${rows.transition} as transition, ${rows.isActive} as is_active,
               ${TYPES_USED} as num_interaction_types_used, ${months.isConsecutive} as is_after_active_month
          from mart.user_engagement as usage
         where ${isHeld(population, 'usage')} and ${qualifies('usage', population, rules)}
           and ${rows.where}
      )`,
    from: sql`listed`,
    columns: {
      ...USER_MONTH,
      month: sql`month`,
      transition: sql`transition`,
      isActive: sql`is_active`,
      numInteractionTypesUsed: sql`num_interaction_types_used`,
      activeTwoConsecutiveMonths: sql`is_after_active_month`,
      used2plusInteractionTypes: sql`num_interaction_types_used >= 2`,
    },
    sort: sortTerms(order),
  };
}

/** Which user-months in which someone was a power user are listed, and what of them. */
interface ListedRows {
  readonly month: Sql;
  readonly transition: Sql;
  readonly isActive: Sql;
  readonly where: Sql;
}

/** Those of the months themselves. */
function present(
  population: Population,
  transition: 'KEPT' | 'GAINED' | undefined,
  isOneIn: (month: number) => Sql,
): ListedRows {
  const was = isOneIn(-1);
  const asked = { KEPT: [was], GAINED: [sql`not ${was}`] };
  return {
    month: sql`activity_month`,
    transition: transition ? sql`${transition}::text` : sql`case when ${was} then 'KEPT' else 'GAINED' end`,
    isActive: sql`true`,
    where: all([
      isWithin(population, 'usage'),
      ...isAmong(population, matching),
      ...(transition ? asked[transition] : []),
    ]),
  };
}

/** Those of the month before, whose users are none any more. */
function lost(population: Population, months: OtherMonths, isOneIn: (month: number) => Sql): ListedRows {
  return {
    month: sql`(activity_month + interval '1 month')::date`,
    transition: sql`'LOST'`,
    isActive: months.has(1),
    where: all([
      isWithin(population, 'usage', { from: 1, to: 1 }),
      ...isAmong(population, matchingBefore),
      hasBegun(population, sql`activity_month + interval '1 month'`),
      sql`not ${isOneIn(1)}`,
    ]),
  };
}

/** That a user-month is among those of a population, as far as its months do not tell. */
function isAmong(population: Population, keys: (population: Population) => Sql): readonly Sql[] {
  return isEverybody(population) ? [] : [sql`(user_id, activity_month) in (${keys(population)})`];
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
  return sql`with ${rankTables(population)},
    qualified as (${qualified(population, rules)}),
    transitions as (${transitions(population)}),
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
