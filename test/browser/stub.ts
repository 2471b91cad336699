import Fastify, { type FastifyRequest } from 'fastify';
import { buildSchema, graphql } from 'graphql';
import { playgroundPlugin, sendPlayground, wantsPlayground } from '../../src/http/playground.ts';

const schema = buildSchema(/* GraphQL */ `
  scalar JSON
  enum Dimension { MONTH TITLE FIRM }
  enum Metric { NUM_QUERIES }
  enum Direction { ASC DESC }
  input MetricOrder { name: Metric!, direction: Direction! }
  input MetricsOrder @oneOf { metric: MetricOrder }
  type Query {
    metrics(groupBy: [Dimension!] = [], orderBy: [MetricsOrder!], first: Int = 100): MetricsResult
    powerUsers(first: Int = 100): PowerUsersResult
    dataQuality: DataQualityReport
  }
  type MetricsResult { rows: [MetricsRow!]!, totals: MetricsTotals!, meta: ResultMeta! }
  type MetricsRow {
    id: ID!, month: String, title: String, firm: Firm, numQueries: Int!, numDocs: Int!, avgFeedback: Float,
    engagementScore: Float, activeUsers: Int!, queriesPerActiveUser: Float
  }
  type MetricsTotals { id: ID!, numQueries: Int!, activeUsers: Int! }
  type ResultMeta { dataVersion: ID!, asOf: String! }
  type Firm { id: ID! }
  type User { id: ID! }
  type PowerUsersResult { summary: PowerUsersSummary!, rows: [PowerUser!]!, pageInfo: PageInfo! }
  type PowerUsersSummary {
    records: Int!, distinctUsers: Int!, activeUsers: Int!, rate: Float, byMonth: [PowerUsersMonth!]!
  }
  type PowerUsersMonth { month: String!, records: Int! }
  type PowerUser {
    month: String!, user: User!, firm: Firm!, engagementScore: Float!, engagementLevel: String!, numQueries: Int!,
    numInteractionTypesUsed: Int!
  }
  type PageInfo { hasNextPage: Boolean!, endCursor: String }
  type DataQualityReport { version: ID!, checks: [Check!]! }
  type Check { name: String!, severity: String!, rows: Int!, sample: JSON, advice: String }
`);

const rootValue = {
  metrics: {
    rows: ['2024-05-01', '2024-06-01'].map((month, index) => ({
      id: `row-${index}`,
      month,
      title: 'PARTNER',
      firm: { id: 1063 },
      numQueries: 4321 + index,
      numDocs: 1234,
      avgFeedback: 4.25,
      engagementScore: 61.5,
      activeUsers: 87,
      queriesPerActiveUser: 49.7,
    })),
    totals: { id: 'totals', numQueries: 8643, activeUsers: 91 },
    meta: { dataVersion: 'v1', asOf: '2024-06-30' },
  },
  powerUsers: {
    summary: { records: 0, distinctUsers: 0, activeUsers: 91, rate: 0, byMonth: [] },
    rows: [],
    pageInfo: { hasNextPage: false },
  },
  dataQuality: { version: 'v1', checks: [] },
};

/** A server with the playground and a schema of the examples' shape behind `/graphql`, on a port of its own. */
export async function startStub(): Promise<{ url: string; close(): Promise<void> }> {
  const app = Fastify();
  await app.register(playgroundPlugin);
  app.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    handler: (request, reply) => (wantsPlayground(request) ? sendPlayground(reply) : answer(request)),
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => app.close() };
}

function answer(request: FastifyRequest) {
  const { query, variables } = (request.body ?? request.query) as { query?: string; variables?: object };
  return graphql({ schema, rootValue, source: query ?? '', variableValues: { ...variables } });
}
