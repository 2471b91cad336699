// drizzle-cube behind its own Fastify adapter.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { date, bigint, integer, pgSchema, text } from 'drizzle-orm/pg-core';
import { cubePlugin } from 'drizzle-cube/adapters/fastify';
import { defineCube } from 'drizzle-cube/server';
import Fastify from 'fastify';
import pg from 'pg';

const { DATABASE_URL, POOL_SIZE, PORT, RELATION } = process.env;
const activity = pgSchema('bench_mart').table(RELATION, {
  month: date('month'),
  quarter: date('quarter'),
  userId: text('user_id'),
  firmId: bigint('firm_id', { mode: 'number' }),
  title: text('title'),
  eventType: text('event_type'),
  numQueries: integer('num_queries'),
  numDocs: integer('num_docs'),
  feedbackSum: integer('feedback_sum'),
});

const cube = defineCube('activity', {
  // A condition is demanded, for tenants; here everybody sees everything.
  sql: () => ({ from: activity, where: sql`true` }),
  measures: {
    queries: { name: 'queries', type: 'sum', sql: activity.numQueries },
    docs: { name: 'docs', type: 'sum', sql: activity.numDocs },
    feedbackSum: { name: 'feedbackSum', type: 'sum', sql: activity.feedbackSum },
    users: { name: 'users', type: 'countDistinct', sql: activity.userId },
  },
  dimensions: {
    // Periods are columns of the mart already, and need no truncation.
    month: { name: 'month', type: 'string', sql: activity.month },
    monthTime: { name: 'monthTime', type: 'time', sql: activity.month },
    quarter: { name: 'quarter', type: 'string', sql: activity.quarter },
    firm: { name: 'firm', type: 'number', sql: activity.firmId },
    title: { name: 'title', type: 'string', sql: activity.title },
    eventType: { name: 'eventType', type: 'string', sql: activity.eventType },
  },
});

const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL_SIZE) });
const app = Fastify();
await app.register(cubePlugin, {
  cubes: [cube],
  drizzle: drizzle(pool, { schema: { activity } }),
  schema: { activity },
  extractSecurityContext: () => ({}),
  engineType: 'postgres',
  mcp: { enabled: false },
});
await app.listen({ host: '127.0.0.1', port: Number(PORT) });
