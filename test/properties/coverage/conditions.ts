import type { Having } from '../../oracle/request.ts';
import type { Where } from '../../oracle/where.ts';

/** A filter and all that are nested in it. */
export function whereNodes(where: Where | undefined): readonly Where[] {
  if (where === undefined) return [];
  const below = [...(where.and ?? []), ...(where.or ?? []), ...(where.not ? [where.not] : [])];
  return [where, ...below.flatMap(whereNodes)];
}

/** The operators that a filter uses, however deep. */
export function operatorsOf(where: Where | undefined): readonly string[] {
  return whereNodes(where).flatMap(({ and, or, not, ...filters }) =>
    Object.values(filters).flatMap((filter) => Object.keys(filter ?? {})),
  );
}

/** A condition on numbers and all that are nested in it. */
export function havingNodes(having: Having | undefined): readonly Having[] {
  if (having === undefined) return [];
  const below = [...(having.and ?? []), ...(having.or ?? []), ...(having.not ? [having.not] : [])];
  return [having, ...below.flatMap(havingNodes)];
}
