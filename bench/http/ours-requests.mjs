// @ts-check
import { randomRequests } from './random-requests.mjs';

/** @typedef {import('./types.ts').Cell} Cell */
/** @typedef {Record<string, any>} Row */

const FOUR = 'numQueries numDocs avgFeedback activeUsers';
/** @param {Row} row @returns {Cell[]} */
const four = (row) => [row.numQueries, row.numDocs, row.avgFeedback, row.activeUsers];

/**
 * The questions in GraphQL.
 * @param {import('./types.ts').Facts} facts
 * @returns {import('./types.ts').Requests}
 */
export function oursRequests({ from, end, month, firm, firms, least }) {
  return {
    Q1: metrics(
      `{ metrics(groupBy: [MONTH, TITLE], first: 10000) { rows { month title ${FOUR} } } }`,
      {},
      (row) => [row.month, row.title, ...four(row)],
    ),
    Q2: metrics(
      `query ($from: TimePoint!, $to: TimePoint!) {
         metrics(groupBy: [MONTH, FIRM], timeRange: {between: {from: $from, to: $to}}, first: 10000) {
           rows { month firm { id } ${FOUR} } } }`,
      { from, to: end },
      (row) => [row.month, row.firm.id, ...four(row)],
    ),
    Q3: metrics(
      `query ($firm: ID!) {
         metrics(groupBy: [MONTH], where: {firm: {eq: $firm}}, first: 10000) { rows { month ${FOUR} } } }`,
      { firm },
      (row) => [row.month, ...four(row)],
    ),
    Q4: metrics(
      '{ metrics(groupBy: [QUARTER, TITLE], first: 10000) { rows { quarter title activeUsers } } }',
      {},
      (row) => [row.quarter, row.title, row.activeUsers],
    ),
    Q5: metrics(
      `query ($firms: [ID!]!, $least: Float!) {
         metrics(groupBy: [FIRM, EVENT_TYPE, MONTH], where: {firm: {in: $firms}},
                 having: {numQueries: {gte: $least}}, first: 10000) {
           rows { firm { id } eventType month numQueries activeUsers } } }`,
      { firms, least },
      (row) => [row.firm.id, row.eventType, row.month, row.numQueries, row.activeUsers],
    ),
    Q6: asked(
      `query ($from: TimePoint!, $to: TimePoint!) {
         powerUsers(timeRange: {between: {from: $from, to: $to}}, first: 50) {
           rows { user { id } firm { id } engagementScore numQueries } } }`,
      { from: month, to: end },
      ({ powerUsers: { rows } }) =>
        rows.map((/** @type {Row} */ row) => [row.user.id, row.firm.id, row.engagementScore, row.numQueries]),
    ),
    Q7: asked(
      `{ metrics(groupBy: [MONTH], compare: [{key: "before", toDate: false}], first: 10000) {
           rows { month numQueries comparison(key: "before") { numQueries { previous relativeChange } }
                  share { numQueries } }
           totals { numQueries activeUsers } } }`,
      {},
      ({ metrics: { rows, totals } }) => [
        ...rows.map((/** @type {Row} */ { month: label, numQueries, comparison, share }) => {
          const { previous, relativeChange } = comparison.numQueries;
          return [label, numQueries, previous, relativeChange, share.numQueries];
        }),
        ['totals', totals.numQueries, totals.activeUsers, null, null],
      ],
    ),
  };
}

/**
 * Random requests, whose answers are compared as they are.
 * @param {import('./types.ts').Facts} facts
 * @param {number} count
 */
export function oursRandom(facts, count) {
  return randomRequests(facts, count).map((query) => asked(query, {}, (data) => [[JSON.stringify(data)]]));
}

/**
 * @param {string} query
 * @param {object} variables
 * @param {(row: Row) => Cell[]} cells
 */
function metrics(query, variables, cells) {
  return asked(query, variables, ({ metrics: { rows } }) => rows.map(cells));
}

/**
 * @param {string} query
 * @param {object} variables
 * @param {(data: Row) => Cell[][]} rows
 * @returns {import('./types.ts').Asked}
 */
function asked(query, variables, rows) {
  const line = query.replaceAll(/\s+/g, ' ');
  return {
    post: { path: '/graphql', body: JSON.stringify({ query: line, variables }) },
    rows: (/** @type {any} */ { data, errors }) => {
      if (errors) throw new Error(`${line}: ${JSON.stringify(errors)}`);
      return rows(data);
    },
  };
}
