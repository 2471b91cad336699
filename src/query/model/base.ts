import { contains } from '../time/time.ts';
import type { Dimension, Fact, Relation } from './model.ts';

/** The base of a fact: the relation that answers whatever the fact can answer. */
export function baseOf(fact: Fact): Relation {
  return fact.relations.at(-1)!;
}

/** Whether a relation can be grouped or filtered by a dimension. */
export function knows(relation: Relation, dimension: Dimension): boolean {
  if (dimension.kind === 'time') return contains(dimension.grain, relation.grain);
  return Object.hasOwn(relation.dimensions, dimension.name);
}
