import type { Relation } from './model.ts';

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
  return [...new Set(direct.flatMap((name) => withNeeds(relation, name)))];
}

/** A join, after those it needs. */
export function withNeeds(relation: Relation, name: string): readonly string[] {
  const needs = relation.joins[name]!.needs ?? [];
  return [...new Set([...needs.flatMap((each) => withNeeds(relation, each)), name])];
}
