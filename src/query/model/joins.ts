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
  const withNeeds = (name: string): string[] => [
    ...(relation.joins[name]!.needs ?? []).flatMap(withNeeds),
    name,
  ];
  return [...new Set(direct.flatMap(withNeeds))];
}
