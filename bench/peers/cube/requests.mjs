/** The questions for Cube; see bench/http/questions.mjs for what they ask. */
export function requests({ from, end, firm, firms, least }, { ROLLUPS }) {
  const cube = ROLLUPS === 'true' ? 'rolled' : 'activity';
  const names = (...members) => members.map((member) => `${cube}.${member}`);
  const FOUR = names('queries', 'docs', 'feedbackSum', 'users');
  const by = (granularity, dateRange) => [{ dimension: `${cube}.month`, granularity, ...(dateRange && { dateRange }) }];
  const is = (member, operator, values) => ({ member: `${cube}.${member}`, operator, values: values.map(String) });
  const lastDay = new Date(Date.parse(end) - 1).toISOString().slice(0, 10);

  const period = (row, granularity) => row[`${cube}.month.${granularity}`].slice(0, 10);
  const value = (row, member) => row[`${cube}.${member}`];
  const count = (row, member) => Number(value(row, member));
  // A mean is a ratio of two measures, which the asker divides.
  const four = (row) => [
    count(row, 'queries'),
    count(row, 'docs'),
    count(row, 'feedbackSum') / count(row, 'queries'),
    count(row, 'users'),
  ];
  const asked = (query, cells) => ({
    post: { path: '/cubejs-api/v1/load', body: JSON.stringify({ query: { limit: 10000, ...query } }) },
    rows: ({ data, error }) => {
      if (error) throw new Error(error);
      return data.map(cells);
    },
  });

  return {
    Q1: asked(
      { measures: FOUR, dimensions: names('title'), timeDimensions: by('month') },
      (row) => [period(row, 'month'), value(row, 'title'), ...four(row)],
    ),
    Q2: asked(
      { measures: FOUR, dimensions: names('firm'), timeDimensions: by('month', [from, lastDay]) },
      (row) => [period(row, 'month'), String(value(row, 'firm')), ...four(row)],
    ),
    Q3: asked(
      { measures: FOUR, timeDimensions: by('month'), filters: [is('firm', 'equals', [firm])] },
      (row) => [period(row, 'month'), ...four(row)],
    ),
    Q4: asked(
      { measures: names('users'), dimensions: names('title'), timeDimensions: by('quarter') },
      (row) => [period(row, 'quarter'), value(row, 'title'), count(row, 'users')],
    ),
    Q5: asked(
      {
        measures: names('queries', 'users'),
        dimensions: names('firm', 'eventType'),
        timeDimensions: by('month'),
        filters: [is('firm', 'equals', firms), is('queries', 'gte', [least])],
      },
      (row) => [
        String(value(row, 'firm')),
        value(row, 'eventType'),
        period(row, 'month'),
        count(row, 'queries'),
        count(row, 'users'),
      ],
    ),
    Q6: 'the mart has no power users; they would need a cube of their own',
    Q7: 'totals would be a second query',
    Q8: 'the requests are in GraphQL',
  };
}
