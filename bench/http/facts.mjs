// @ts-check
import pg from 'pg';

/**
 * Picks what the questions ask about: the same for the same data.
 * @param {string} database
 * @returns {Promise<import('./types.ts').Facts>}
 */
export async function factsOf(database) {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  /** @param {string} text @param {unknown[]} [values] @returns {Promise<string[]>} */
  const column = async (text, values) =>
    (await client.query({ text, values: values ?? [], rowMode: 'array' })).rows.map(([value]) => value);
  try {
    const months = await column('select distinct month::text from bench_mart.activity order by 1');
    const allFirms = await column(
      'select firm_id from bench_mart.activity group by 1 order by sum(num_queries) desc, 1',
    );
    const at = (/** @type {number} */ share) => allFirms[Math.floor((allFirms.length - 1) * share)] ?? '';
    const firms = [at(0.1), at(0.3), at(0.5)];
    const [least] = await column(
      `select percentile_disc(0.5) within group (order by total) from (
         select sum(num_queries)::int as total from bench_mart.activity
          where firm_id = any($1::bigint[]) group by firm_id, event_type, month) as groups`,
      [firms],
    );
    const month = months.at(-1) ?? '';
    return {
      month,
      end: monthsLater(month, 1),
      from: months.at(-3) ?? month,
      firm: at(0.4),
      firms,
      least: Number(least),
      months,
      allFirms,
    };
  } finally {
    await client.end();
  }
}

/**
 * @param {string} month its first day
 * @param {number} count
 */
export function monthsLater(month, count) {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + count, 1)).toISOString().slice(0, 10);
}
