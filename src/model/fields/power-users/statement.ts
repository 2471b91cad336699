import {
  type Catalog,
  type Condition,
  type CursorValue,
  holdsAt,
  isAfter,
  orderBy,
  type Range,
  renderMatching,
  type SortTerm,
  type Sql,
  sql,
} from '../../../query/define.ts';
import type { PowerUserDefinition } from './definition.ts';

/** What power users are asked of: the user-months that pass a filter and a range, at a version. */
export interface Population {
  readonly catalog: Catalog;
  readonly version: number;
  readonly question: { readonly where: Condition; readonly range: Range };
  readonly definition: PowerUserDefinition;
}

/** What rows can be sorted by, as GraphQL enum values, with their columns. */
export const SORT_COLUMNS = {
  MONTH: { column: sql`activity_month`, type: sql`date`, key: 'month' },
  ENGAGEMENT_SCORE: { column: sql`engagement_score`, type: sql`numeric`, key: 'score' },
  NUM_QUERIES: { column: sql`num_queries`, type: sql`int8`, key: 'numQueries' },
  NUM_DOCS: { column: sql`num_docs`, type: sql`int8`, key: 'numDocs' },
  USER: { column: sql`user_id collate "C"`, type: sql`text`, key: 'userId' },
} as const;
export type SortName = keyof typeof SORT_COLUMNS;

/**
 * Common tables of a population: `population`, every user-month that passes; `qualified`, the power users of them.
 * Whether one qualifies never depends on the filter: streaks and months of the level are counted before it.
 */
function tables({ catalog, version, question, definition }: Population): Sql {
  const { where, range } = question;
  const { minLevel, consecutiveMonths, minInteractionTypes, levelMonths } = definition;
  const atLevel = sql`engagement_level >= ${minLevel}::mart.engagement_level`;
  const level = levelMonths ? sql`months_at_level >= ${levelMonths.atLeast}::int` : atLevel;
  const before = (levelMonths?.ofLast ?? 1) - 1;
  return sql`
    user_months as (
      select usage.*,
             (extract(year from activity_month) * 12 + extract(month from activity_month))::int as month_number,
             (num_assistant_queries > 0)::int + (num_vault_queries > 0)::int
               + (num_workflow_queries > 0)::int as num_interaction_types_used
        from mart.user_engagement as usage
       where ${holdsAt('usage', version)}
    ),
    runs as (
      select *,
             month_number - row_number() over (partition by user_id order by month_number) as run,
             count(*) filter (where ${atLevel}) over (
               partition by user_id order by month_number range between ${before}::int preceding and current row
             ) as months_at_level
        from user_months
    ),
    streaks as (
      select *, row_number() over (partition by user_id, run order by month_number) as active_months_in_a_row
        from runs
    ),
    matching as (${renderMatching(catalog, 'user_months', { version, where, range })}),
    population as (
      select streaks.* from streaks join matching using (user_id, activity_month)
    ),
    qualified as (
      select * from population
       where ${level}
         and active_months_in_a_row >= ${consecutiveMonths}::int
         and num_interaction_types_used >= ${minInteractionTypes}::int
    )`;
}

/** A page of power users; columns as `decodeRow` reads them. */
export function rowsStatement(
  population: Population,
  sort: readonly { by: SortName; direction: 'ASC' | 'DESC' }[],
  first: number,
  after: readonly CursorValue[] | undefined,
): Sql {
  const terms = sort.map(({ by, direction }): SortTerm => ({ ...SORT_COLUMNS[by], direction }));
  return sql`with ${tables(population)}
    select activity_month, user_id, firm_id, engagement_score, pr_engagement_score::float8, engagement_level::text,
           num_active_days, num_queries, num_assistant_queries, num_vault_queries, num_workflow_queries,
           avg_queries_per_active_day, num_docs, avg_docs_per_query, avg_feedback_score, last_active_date,
           num_interaction_types_used, active_months_in_a_row >= 2, num_interaction_types_used >= 2
      from qualified${after ? sql` where ${isAfter(terms, after)}` : sql``}
     order by ${orderBy(terms)}
     limit ${first + 1}`;
}

/** Numbers of a population: one row for all of it (month is null), then one per month. */
export function summaryStatement(population: Population): Sql {
  return sql`with ${tables(population)},
    counted as (
      select population.activity_month, population.user_id, qualified.user_id as power_user_id
        from population
        left join qualified using (user_id, activity_month)
    )
    select null::date as month, count(power_user_id), count(distinct power_user_id), count(distinct user_id)
      from counted
    union all
    select activity_month, count(power_user_id), count(distinct power_user_id), count(distinct user_id)
      from counted
     group by activity_month
     order by month nulls first`;
}
