// @ts-check
import { number, text } from '../questions.mjs';

/** @typedef {import('../types.ts').Facts} Facts */

/** Over the best tables, made in sql/limit.sql. */
export const BEST = {
  Q1: 'select month, title, num_queries, num_docs, avg_feedback, active_users from bench_limit.month_title order by month, title',
  Q2: `select month, firm_id, num_queries, num_docs, avg_feedback, active_users from bench_limit.firm_month
        where month >= $1::date and month < $2::date order by month, firm_id`,
  Q3: `select month, num_queries, num_docs, avg_feedback, active_users from bench_limit.firm_month
        where firm_id = $1::bigint order by month`,
  Q4: 'select quarter, title, active_users from bench_limit.quarter_title order by quarter, title',
  Q5: `select firm_id, event_type, month, num_queries, active_users from bench_limit.firm_type_month
        where firm_id = any($1::bigint[]) and num_queries >= $2::int order by firm_id, event_type, month`,
  Q6: `select user_id, firm_id, score, num_queries from bench_limit.power_users
        where month = $1::date order by position limit 50`,
  Q7: `(select month::text, num_queries, previous, change, share from bench_limit.months order by month)
       union all select 'totals', num_queries, active_users, null, null from bench_limit.totals`,
};

const FOUR = `count(*)::int, sum(event.num_docs)::int, sum(event.feedback_score)::float8 / count(*),
       count(distinct event.user_id)::int`;
const MONTH = "date_trunc('month', event.created)::date";
const SERVED = 'event.until_version = 2147483647';
const WITH_USERS = 'raw.events as event join raw.users as app_user on app_user.id = event.user_id';

/** The same over raw events; the rules of power users take a page of SQL there, and nobody is asked for them. */
export const RAW = {
  Q1: `select ${MONTH}, title, ${FOUR} from ${WITH_USERS} where ${SERVED} group by 1, 2 order by 1, 2`,
  Q2: `select ${MONTH}, firm_id, ${FOUR} from raw.events as event
        where ${SERVED} and created >= $1::date and created < $2::date group by 1, 2 order by 1, 2`,
  Q3: `select ${MONTH}, ${FOUR} from raw.events as event where ${SERVED} and firm_id = $1::bigint group by 1 order by 1`,
  Q4: `select date_trunc('quarter', event.created)::date, title, count(distinct event.user_id)::int
         from ${WITH_USERS} where ${SERVED} group by 1, 2 order by 1, 2`,
  Q5: `select firm_id, event_type, ${MONTH}, count(*)::int, count(distinct user_id)::int from raw.events as event
        where ${SERVED} and firm_id = any($1::bigint[]) group by 1, 2, 3 having count(*) >= $2::int order by 1, 2, 3`,
  Q7: `with months as (
         select ${MONTH} as month, count(*)::int as num_queries from raw.events as event where ${SERVED} group by 1)
       (select month::text, num_queries, coalesce(lag(num_queries) over (order by month), 0),
               num_queries::float8 / lag(num_queries) over (order by month) - 1,
               num_queries::float8 / sum(num_queries) over () from months order by month)
       union all
       select 'totals', count(*)::int, count(distinct user_id)::int, null, null from raw.events as event where ${SERVED}`,
};

/** @param {Facts} facts @returns {Record<string, unknown[]>} */
export const valuesOf = ({ from, end, firm, firms, least, month }) => ({
  Q1: [],
  Q2: [from, end],
  Q3: [firm],
  Q4: [],
  Q5: [firms, least],
  Q6: [month],
  Q7: [],
});

/** Which columns are texts, as everybody's are compared; the rest are numbers. */
const TEXTS = { Q1: 2, Q2: 2, Q3: 1, Q4: 2, Q5: 3, Q6: 2, Q7: 1 };

/**
 * @param {Record<string, string>} statements
 * @param {Facts} facts
 * @returns {import('../types.ts').Requests}
 */
export function limitRequests(statements, facts) {
  const values = valuesOf(facts);
  const asked = Object.keys(statements).map((name) => {
    const texts = TEXTS[/** @type {keyof typeof TEXTS} */ (name)];
    /** @type {import('../types.ts').Asked} */
    const one = {
      post: { path: `/${name}`, body: JSON.stringify(values[name]) },
      rows: (/** @type {{ rows: unknown[][] }} */ { rows }) =>
        rows.map((row) => row.map((cell, at) => (at < texts ? text(cell) : number(cell)))),
    };
    return [name, one];
  });
  return Object.fromEntries(asked);
}
