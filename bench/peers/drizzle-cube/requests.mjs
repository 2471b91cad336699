const names = (...members) => members.map((member) => `activity.${member}`);
const FOUR = names('queries', 'docs', 'feedbackSum', 'users');
const value = (row, member) => row[`activity.${member}`];
const count = (row, member) => Number(value(row, member));
const day = (row, member) => String(value(row, member)).slice(0, 10);
const is = (member, operator, values) => ({ member: `activity.${member}`, operator, values });
// A mean is a ratio of two measures, which the asker divides.
const four = (row) => [
  count(row, 'queries'),
  count(row, 'docs'),
  count(row, 'feedbackSum') / count(row, 'queries'),
  count(row, 'users'),
];

/** The questions for drizzle-cube; see bench/http/questions.mjs for what they ask. */
export function requests({ from, end, firm, firms, least }) {
  const lastDay = new Date(Date.parse(end) - 1).toISOString().slice(0, 10);
  return {
    Q1: asked({ measures: FOUR, dimensions: names('month', 'title') }, (row) => [
      day(row, 'month'),
      value(row, 'title'),
      ...four(row),
    ]),
    Q2: asked(
      {
        measures: FOUR,
        dimensions: names('month', 'firm'),
        filters: [is('monthTime', 'inDateRange', [from, lastDay])],
      },
      (row) => [day(row, 'month'), String(value(row, 'firm')), ...four(row)],
    ),
    Q3: asked(
      { measures: FOUR, dimensions: names('month'), filters: [is('firm', 'equals', [Number(firm)])] },
      (row) => [day(row, 'month'), ...four(row)],
    ),
    Q4: asked({ measures: names('users'), dimensions: names('quarter', 'title') }, (row) => [
      day(row, 'quarter'),
      value(row, 'title'),
      count(row, 'users'),
    ]),
    Q5: asked(
      {
        measures: names('queries', 'users'),
        dimensions: names('firm', 'eventType', 'month'),
        filters: [is('firm', 'equals', firms.map(Number)), is('queries', 'gte', [least])],
      },
      (row) => [
        String(value(row, 'firm')),
        value(row, 'eventType'),
        day(row, 'month'),
        count(row, 'queries'),
        count(row, 'users'),
      ],
    ),
    Q6: 'the mart has no power users; they would need a cube of their own',
    Q7: 'totals would be a second query',
    Q8: 'the requests are in GraphQL',
  };
}

function asked(query, cells) {
  return {
    post: { path: '/cubejs-api/v1/load', body: JSON.stringify({ query: { limit: 10000, ...query } }) },
    rows: ({ results, error }) => {
      if (error) throw new Error(error);
      return results[0].data.map(cells);
    },
  };
}
