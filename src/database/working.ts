import { ident, type Sql } from './sql.ts';

/** The schema of what a build works with, which nobody else reads and no version has. */
export const WORKING_SCHEMA = 'working';

/** A table or view that a build works with. */
export function workingTable(name: string): Sql {
  return ident(WORKING_SCHEMA, name);
}
