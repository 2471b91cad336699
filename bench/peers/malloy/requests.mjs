const FOUR = 'queries, docs, feedback, users';
const four = ({ queries, docs, feedback, users }) => [Number(queries), Number(docs), Number(feedback), Number(users)];
const day = (value) => String(value).slice(0, 10);

/** The questions as Malloy; see bench/http/questions.mjs for what they ask. */
export function requests({ from, end, firm, firms, least }) {
  return {
    Q1: asked(`group_by: activity_month, title; aggregate: ${FOUR}; order_by: activity_month, title`, (row) => [
      day(row.activity_month),
      row.title,
      ...four(row),
    ]),
    Q2: asked(
      `where: activity_month >= @${from} and activity_month < @${end}; group_by: activity_month, firm_id; aggregate: ${FOUR}; order_by: activity_month, firm_id`,
      (row) => [day(row.activity_month), String(row.firm_id), ...four(row)],
    ),
    Q3: asked(`where: firm_id = ${firm}; group_by: activity_month; aggregate: ${FOUR}; order_by: activity_month`, (row) => [
      day(row.activity_month),
      ...four(row),
    ]),
    Q4: asked('group_by: activity_quarter, title; aggregate: users; order_by: activity_quarter, title', (row) => [
      day(row.activity_quarter),
      row.title,
      Number(row.users),
    ]),
    Q5: asked(
      `where: firm_id = ${firms.join(' | ')}; group_by: firm_id, event_type, activity_month; aggregate: queries, users;
       having: queries >= ${least}; order_by: firm_id, event_type, activity_month`,
      (row) => [String(row.firm_id), row.event_type, day(row.activity_month), Number(row.queries), Number(row.users)],
    ),
    Q6: 'the mart has no power users; they would need a model of their own',
    Q7: 'totals would be a second query',
    Q8: 'the requests are in GraphQL',
  };
}

function asked(view, cells) {
  const query = `run: activity -> { ${view.replaceAll(/\s+/g, ' ')}; limit: 10000 }`;
  return { post: { path: '/', body: JSON.stringify({ query }) }, rows: ({ rows }) => rows.map(cells) };
}
