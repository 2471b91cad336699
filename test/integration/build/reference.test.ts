import { beforeAll, describe, expect, it } from 'vitest';
import type { Row } from '../../../src/database/engine.ts';
import { type Sql, sql, statement } from '../../../src/database/sql.ts';
import { build } from '../../../src/pipeline/build/build.ts';
import { filesOf, importFiles } from '../../../src/pipeline/import/index.ts';
import { upgrade } from '../../../src/pipeline/upgrade.ts';
import { quiet } from '../../../src/progress.ts';
import { describeEngines } from '../../support/databases.ts';
import { requireReference, skipReference } from '../../support/reference.ts';

describe.skipIf(skipReference)('the marts of the reference data', () => {
  describeEngines('by hand-written SQL', (fixture) => {
    const rows = (fragment: Sql): Promise<Row[]> => fixture.engine.read(statement(fragment));

    beforeAll(async () => {
      await upgrade(fixture.engine, quiet);
      await importFiles(fixture.engine, filesOf(requireReference()), quiet);
      const report = await build(fixture.engine, { progress: quiet });
      expect(report).toMatchObject({
        version: 1,
        asOf: '2024-06-27T00:00:00Z',
        rowCounts: {
          events: 18832,
          users: 2948,
          firms: 32,
          user_engagement: 4709,
          user_movements: 9422,
          firm_usage_summary: 32,
          daily_event_summary: 86,
        },
      });
    });

    it('has the months', async () => {
      const months = await rows(sql`
        select activity_month, sum(num_queries)::bigint, sum(num_docs)::bigint,
               round((sum(avg_feedback_score * num_queries) / sum(num_queries))::numeric, 6),
               round(avg(engagement_score), 6), count(*),
               count(*) filter (where engagement_level = 'HIGH'),
               count(*) filter (where engagement_level = 'MEDIUM'),
               count(*) filter (where engagement_level = 'LOW')
          from analytics.user_engagement group by 1 order by 1`);
      expect(months).toEqual([
        ['2024-04-01', 5960, 48147, '4.071477', '0.428166', 1378, 276, 688, 414],
        ['2024-05-01', 7254, 60209, '4.087262', '0.425911', 1735, 347, 867, 521],
        ['2024-06-01', 5618, 46276, '4.074226', '0.416169', 1596, 320, 797, 479],
      ]);
      const total = sql`select count(*), count(distinct user_id), round(avg(engagement_score), 6),
        count(distinct user_id) filter (where engagement_level = 'HIGH') from analytics.user_engagement`;
      expect(await rows(total)).toEqual([[4709, 2948, '0.423269', 674]]);
    });

    it('has the titles', async () => {
      const titles = await rows(sql`
        select title::text, array_agg(queries order by activity_month), array_agg(score order by activity_month)
          from (select users.title, activity_month, sum(num_queries)::int as queries,
                       round(avg(engagement_score), 6)::text as score
                  from analytics.user_engagement join mart.users using (user_id) group by 1, 2) as months
         group by title order by months.title`);
      expect(titles).toEqual([
        ['JUNIOR_ASSOCIATE', [2713, 3211, 2487], ['0.430806', '0.424680', '0.417105']],
        ['ASSOCIATE', [1709, 2166, 1573], ['0.431584', '0.441252', '0.414673']],
        ['SENIOR_ASSOCIATE', [983, 1345, 1188], ['0.417972', '0.400709', '0.407630']],
        ['PARTNER', [555, 532, 370], ['0.423383', '0.435232', '0.440013']],
      ]);
    });

    it('has firm 1068, firms without events and 2024-05-15', async () => {
      const firms = await rows(sql`
        select firm_id, num_queries, num_docs, num_active_users, num_active_days,
               round(avg_feedback_score::numeric, 4), arr, round(arr_per_user::numeric, 2)
          from analytics.firm_usage_summary where firm_id in (1068, 1102, 11175) order by 1`);
      expect(firms).toEqual([
        [1068, 3019, 23906, 580, 86, '4.0851', '1000000.00', '1724.14'],
        [1102, 0, 0, 0, 0, null, '350000.00', null],
        [11175, 0, 0, 0, 0, null, '150000.00', null],
      ]);
      const days = sql`
        select num_queries, num_active_users, num_active_firms, num_docs, round(avg_feedback_score::numeric, 4)
          from analytics.daily_event_summary where event_date = '2024-05-15'`;
      expect(await rows(days)).toEqual([[304, 172, 27, 2286, '4.1118']]);
      const spent = sql`select sum(arr), sum(firm_size) from analytics.firm_usage_summary`;
      expect(await rows(spent)).toEqual([['5405000.00', 4630]]);
    });

    it('has the power users', async () => {
      const power = sql`
        select this.user_id, this.activity_month
          from analytics.user_engagement as this
          join analytics.user_engagement as before
            on before.user_id = this.user_id
           and before.activity_month = this.activity_month - interval '1 month'
         where this.engagement_level = 'HIGH'
           and (this.num_assistant_queries > 0)::int + (this.num_vault_queries > 0)::int
               + (this.num_workflow_queries > 0)::int >= 2`;
      expect(await rows(sql`select count(*), count(distinct user_id) from (${power}) as power`)).toEqual([
        [451, 356],
      ]);
      const byMonth = sql`select activity_month, count(*) from (${power}) as power group by 1 order by 1`;
      expect(await rows(byMonth)).toEqual([
        ['2024-05-01', 222],
        ['2024-06-01', 229],
      ]);
    });

    it('has the movements', async () => {
      const movements = await rows(sql`
        select movement_month, side::text, movement::text, count(distinct user_id)
          from mart.user_movements group by 1, 2, 3 order by 1, 2, 3`);
      expect(movements).toEqual([
        ['2024-04-01', 'CURRENT', 'NEW', 1378],
        ['2024-05-01', 'CURRENT', 'NEW', 970],
        ['2024-05-01', 'CURRENT', 'RETAINED', 765],
        ['2024-05-01', 'PREVIOUS', 'CHURNED', 613],
        ['2024-05-01', 'PREVIOUS', 'RETAINED', 765],
        ['2024-06-01', 'CURRENT', 'NEW', 600],
        ['2024-06-01', 'CURRENT', 'RESURRECTED', 162],
        ['2024-06-01', 'CURRENT', 'RETAINED', 834],
        ['2024-06-01', 'PREVIOUS', 'CHURNED', 901],
        ['2024-06-01', 'PREVIOUS', 'RETAINED', 834],
        ['2024-07-01', 'PREVIOUS', 'CHURNED', 1596],
      ]);
    });

    it('attributes the user of two firms to the firm with most queries', async () => {
      const months = await rows(sql`
        select activity_month, firm_id, num_queries, num_docs from analytics.user_engagement
         where user_id = '633c06694d118c8578aac99bfd96d5a7' and activity_month < '2024-06-01' order by 1`);
      expect(months).toEqual([
        ['2024-04-01', 1024, 35, 698],
        ['2024-05-01', 1022, 3, 49],
      ]);
    });
  });
});
