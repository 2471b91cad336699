const FOUR = 'keys sum { numQueries numDocs feedbackSum } distinctCount { userId }';
// A mean is a ratio of two sums, which the asker divides.
const four = ({ sum, distinctCount }) => [
  Number(sum.numQueries),
  Number(sum.numDocs),
  Number(sum.feedbackSum) / Number(sum.numQueries),
  Number(distinctCount.userId),
];
const day = (text) => text.slice(0, 10);

/** The questions for PostGraphile; see bench/http/questions.mjs for what they ask. */
export function requests({ from, end, firm, firms, least }) {
  return {
    Q1: asked(`{ allActivities { groupedAggregates(groupBy: [MONTH, TITLE]) { ${FOUR} } } }`, {}, (row) => [
      day(row.keys[0]),
      row.keys[1],
      ...four(row),
    ]),
    Q2: asked(
      `query ($from: Date!, $end: Date!) {
         allActivities(filter: {month: {greaterThanOrEqualTo: $from, lessThan: $end}}) {
           groupedAggregates(groupBy: [MONTH, FIRM_ID]) { ${FOUR} } } }`,
      { from, end },
      (row) => [day(row.keys[0]), row.keys[1], ...four(row)],
    ),
    Q3: asked(
      `query ($firm: BigInt!) {
         allActivities(filter: {firmId: {equalTo: $firm}}) { groupedAggregates(groupBy: [MONTH]) { ${FOUR} } } }`,
      { firm },
      (row) => [day(row.keys[0]), ...four(row)],
    ),
    Q4: asked(
      '{ allActivities { groupedAggregates(groupBy: [QUARTER, TITLE]) { keys distinctCount { userId } } } }',
      {},
      (row) => [day(row.keys[0]), row.keys[1], Number(row.distinctCount.userId)],
    ),
    Q5: asked(
      `query ($firms: [BigInt!]!, $least: Int!) {
         allActivities(filter: {firmId: {in: $firms}}) {
           groupedAggregates(groupBy: [FIRM_ID, EVENT_TYPE, MONTH],
                             having: {sum: {numQueries: {greaterThanOrEqualTo: $least}}}) {
             keys sum { numQueries } distinctCount { userId } } } }`,
      { firms, least },
      (row) => [
        row.keys[0],
        row.keys[1],
        day(row.keys[2]),
        Number(row.sum.numQueries),
        Number(row.distinctCount.userId),
      ],
    ),
    Q6: 'the mart has no power users; they would need a table of their own',
    Q7: 'it has no comparison with the month before, and no share',
    Q8: 'the requests are for our schema',
  };
}

function asked(query, variables, cells) {
  return {
    post: { path: '/graphql', body: JSON.stringify({ query: query.replaceAll(/\s+/g, ' '), variables }) },
    rows: ({ data, errors }) => {
      if (errors) throw new Error(JSON.stringify(errors));
      return data.allActivities.groupedAggregates.map(cells);
    },
  };
}
