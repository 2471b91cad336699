import { all, empty, holdsAt, type Sql, sql } from '../../../query/define.ts';
import { passes } from './number-filter.ts';
import { NUMBERS, type NumberName } from './numbers.ts';
import { hasBegun, type Population } from './population.ts';
import type { Rules } from './rules.ts';

/** Whether an event type was used in a user-month, by the type. */
const USED: Readonly<Record<string, Sql>> = {
  ASSISTANT: sql`num_assistant_queries > 0`,
  VAULT: sql`num_vault_queries > 0`,
  WORKFLOW: sql`num_workflow_queries > 0`,
};

/** Common tables that no filter touches: `user_months`, all of them, each with the months in a row that it ends. */
export function userMonthTables({ version }: Population): Sql {
  return sql`
    numbered as (
      select usage.*,
             (extract(year from activity_month) * 12 + extract(month from activity_month))::int as month_number,
             (num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
               + (num_workflow_queries > 0)::int as num_interaction_types_used
        from mart.user_engagement as usage
       where ${holdsAt('usage', version)}
    ),
    runs as (
      select *, month_number - row_number() over (partition by user_id order by month_number) as run
        from numbered
    ),
    user_months as (
      select *, row_number() over (partition by user_id, run order by month_number) as active_months_in_a_row
        from runs
    )`;
}

/** The user-months that pass some rules: user_id, activity_month, month_number. */
export function qualified(rules: Rules): Sql {
  const { levelMonths, consecutiveMonths, minInteractionTypes, interactionTypes, userMonth } = rules;
  const numbers = Object.entries(userMonth).flatMap(([name, filter]) =>
    filter ? [passes(NUMBERS[name as NumberName], filter)] : [],
  );
  return sql`
    select user_id, activity_month, month_number
      from (${rated(rules)}) as rated
     where months_reached >= ${levelMonths.atLeast}::int
       and active_months_in_a_row >= ${consecutiveMonths}::int
       and num_interaction_types_used >= ${minInteractionTypes}::int
       and ${all([...interactionTypes.map((type) => USED[type]!), ...numbers])}`;
}

/** How many others a user of a month is ranked among; 1 for a user alone, whose rank is 0 anyway. */
const OTHERS = sql`
  select activity_month, greatest(count(*) - 1, 1) as others from user_months group by activity_month`;

/** User-months with the number of the last months that reach the level or percent rank. */
function rated({ minLevel, minPercentRank, levelMonths }: Rules): Sql {
  const level = minLevel === undefined ? [] : [sql`engagement_level >= ${minLevel}::mart.engagement_level`];
  // The rank itself, a whole number, is compared: the percent rank is kept to 12 decimals only.
  const rank =
    minPercentRank === undefined
      ? []
      : [sql`round(pr_engagement_score * others) >= ${minPercentRank}::numeric * others`];
  const reached = all([...level, ...rank]);
  const others = rank.length > 0 ? sql` join (${OTHERS}) as months using (activity_month)` : empty;
  if (levelMonths.ofLast === 1) {
    return sql`select *, (${reached})::int as months_reached from user_months${others}`;
  }
  return sql`
    select *, count(*) filter (where ${reached}) over (
             partition by user_id order by month_number
             range between ${levelMonths.ofLast - 1}::int preceding and current row
           ) as months_reached
      from user_months${others}`;
}

/**
 * What became of power users from one month to the next, out of the table `qualified`: user_id, the `month`, the
 * transition, and as activity_month the month in which they qualified, of those who are lost the one before.
 */
export function transitions(population: Population): Sql {
  return sql`
    select coalesce(this_month.user_id, last_month.user_id) as user_id,
           coalesce(this_month.activity_month, last_month.activity_month) as activity_month,
           coalesce(this_month.activity_month, (last_month.activity_month + interval '1 month')::date) as month,
           case when last_month.user_id is null then 'GAINED'
                when this_month.user_id is null then 'LOST'
                else 'KEPT' end as transition
      from qualified as this_month
      full join qualified as last_month
        on last_month.user_id = this_month.user_id and last_month.month_number + 1 = this_month.month_number
     where this_month.user_id is not null
        or ${hasBegun(population, sql`last_month.activity_month + interval '1 month'`)}`;
}
