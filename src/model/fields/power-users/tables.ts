import { all, ident, renderHaving, type Sql, sql } from '../../../query/define.ts';
import { typesUsed } from '../../dimensions/user-month.ts';
import { hasBegun, isHeld, isWithin, type Population } from './population.ts';
import type { Rules } from './rules.ts';

/** Whether an event type was used in a user-month, by the type. */
const USED: Readonly<Record<string, Sql>> = {
  ASSISTANT: sql`num_assistant_queries > 0`,
  VAULT: sql`num_vault_queries > 0`,
  WORKFLOW: sql`num_workflow_queries > 0`,
};

/** How many event types were used in a user-month, where its columns are the only ones. */
export const TYPES_USED = typesUsed(sql``);

/** The common tables that {@link qualifies} reads: how many others a user of a month is ranked among. */
export function rankTables(population: Population): Sql {
  // A user alone in a month is ranked among one: the rank is 0 anyway.
  return sql`
    ranked_months as (
      select activity_month, greatest(count(*) - 1, 1) as others
        from mart.user_engagement as peers
       where ${isHeld(population, 'peers')}
       group by activity_month
    )`;
}

/**
 * Whether the rules hold of a row of `mart.user_engagement`, the only table of its query. Its other months are looked
 * up by user and month, so that a page costs what its rows do, however long the history is.
 * @param alias of the table
 */
export function qualifies(alias: string, population: Population, rules: Rules): Sql {
  const { levelMonths, consecutiveMonths, minInteractionTypes, interactionTypes, numbers } = rules;
  const months = new OtherMonths(alias, population);
  const reaches =
    levelMonths.ofLast === 1
      ? reached(alias, rules)
      : months.atLeast(levelMonths.atLeast, levelMonths.ofLast, (each) => reached(each, rules));
  return all([
    reaches,
    sql`${TYPES_USED} >= ${minInteractionTypes}::int`,
    ...interactionTypes.map((type) => USED[type]!),
    ...numbers.map(renderHaving),
    ...(consecutiveMonths > 1 ? [months.isConsecutive] : []),
    ...(consecutiveMonths > 2 ? [months.atLeast(consecutiveMonths, consecutiveMonths)] : []),
  ]);
}

/** Whether a user-month reaches the level and the percent rank. */
function reached(alias: string, { minLevel, minPercentRank }: Rules): Sql {
  const level = minLevel === undefined ? [] : [sql`engagement_level >= ${minLevel}::mart.engagement_level`];
  const others = sql`
    (select others from ranked_months where ranked_months.activity_month = ${ident(alias, 'activity_month')})`;
  // The rank itself, a whole number, is compared: the percent rank is kept to 12 decimals only.
  const rank =
    minPercentRank === undefined
      ? []
      : [sql`round(pr_engagement_score * ${others}) >= ${minPercentRank}::numeric * ${others}`];
  return all([...level, ...rank]);
}

/**
 * Other months of the user of a row of `mart.user_engagement`. The offset has each looked up by its key: else the
 * database would rather read the months of all users, to compare them with the few of a page.
 */
export class OtherMonths {
  private readonly other: string;

  constructor(
    private readonly alias: string,
    private readonly population: Population,
  ) {
    this.other = `${alias}_other`;
  }

  /** Whether the user was active so many months later, in a month of which a condition holds. */
  has(months: number, condition: (alias: string) => Sql = () => sql`true`): Sql {
    const month = sql`(${ident(this.alias, 'activity_month')} + ${interval(months)})::date`;
    return sql`exists (
      select from ${this.ofUser} and ${ident(this.other, 'activity_month')} = ${month} and ${condition(this.other)}
      offset 0)`;
  }

  /** Whether the user was active in the month before as well: as the build found, or looked up where it did not look. */
  get isConsecutive(): Sql {
    return sql`coalesce(${ident(this.alias, 'is_consecutive_month')}, ${this.has(-1)})`;
  }

  /** Whether a condition holds of at least so many of the last months, the row's own counting as one of them. */
  atLeast(least: number, ofLast: number, condition: (alias: string) => Sql = () => sql`true`): Sql {
    const month = ident(this.alias, 'activity_month');
    const other = ident(this.other, 'activity_month');
    return sql`(
      select count(*) from ${this.ofUser} and ${other} <= ${month} and ${other} > ${month} - ${interval(ofLast)}
         and ${condition(this.other)}) >= ${least}::int`;
  }

  private get ofUser(): Sql {
    return sql`mart.user_engagement as ${ident(this.other)}
       where ${ident(this.other, 'user_id')} = ${ident(this.alias, 'user_id')} and ${isHeld(this.population, this.other)}`;
  }
}

function interval(months: number): Sql {
  return sql`make_interval(months => ${months}::int)`;
}

/** The user-months of a population's months, and of the month before, that pass some rules: user_id, activity_month. */
export function qualified(population: Population, rules: Rules): Sql {
  return sql`
    select user_id, activity_month from mart.user_engagement as usage
     where ${isHeld(population, 'usage')} and ${isWithin(population, 'usage', { from: 1, to: 0 })}
       and ${qualifies('usage', population, rules)}`;
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
        on last_month.user_id = this_month.user_id
           and (last_month.activity_month + interval '1 month')::date = this_month.activity_month
     where this_month.user_id is not null
        or ${hasBegun(population, sql`last_month.activity_month + interval '1 month'`)}`;
}
