import { ident, type Sql } from './sql.ts';

/** The schema of what a build works with, which nobody else reads and no version has: ours alone, to be dropped whole. */
const SCHEMA = 'metricgraph_working';

/** A table or view that a build works with. */
export function workingTable(name: string): Sql {
  return ident(SCHEMA, name);
}

/** Drops all that a build worked with; only while holding the write lock, so that none is at it. */
export const DROP_WORKING = `drop schema if exists ${SCHEMA} cascade`;

export const CREATE_WORKING = `create schema ${SCHEMA}`;
