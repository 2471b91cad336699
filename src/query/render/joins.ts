import { all, ident, type Sql, sql } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Relation } from '../model/model.ts';

export function renderJoin(relation: Relation, name: string, version: number): Sql {
  const { table, on, versioned } = relation.joins[name]!;
  return sql`
        left join ${table} as ${ident(name)} on ${all([on, ...(versioned ? [holdsAt(name, version)] : [])])}`;
}
