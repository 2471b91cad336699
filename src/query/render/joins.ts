import { all, ident, type Sql, sql } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Relation } from '../model/model.ts';

/** The joins that dimensions and inputs need, each after those it needs itself. */
export function joinsOf(
  relation: Relation,
  dimensions: Iterable<string>,
  inputs: readonly string[] = [],
): readonly string[] {
  const direct = [
    ...[...dimensions].flatMap((name) => relation.dimensions[name]?.joins ?? []),
    ...inputs.flatMap((name) => relation.columns[name]!.joins ?? []),
  ];
  const withNeeds = (name: string): string[] => [
    ...(relation.joins[name]!.needs ?? []).flatMap(withNeeds),
    name,
  ];
  return [...new Set(direct.flatMap(withNeeds))];
}

export function renderJoin(relation: Relation, name: string, version: number): Sql {
  const { table, on, versioned } = relation.joins[name]!;
  return sql`
        left join ${table} as ${ident(name)} on ${all([on, ...(versioned ? [holdsAt(name, version)] : [])])}`;
}
