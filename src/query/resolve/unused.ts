import type { Catalog } from '../catalog.ts';
import type { Basis } from './basis.ts';
import type { Part, ResolvedCustoms } from './custom.ts';
import type { Problems } from './problems.ts';
import type { Usage } from './usage.ts';
import { checkMetric, hasMeaning } from './validity.ts';

/**
 * Checks custom metrics that no level is asked for, so that a mistake is told before they are used. Each must have a
 * meaning at some level, of which the one with all grouped dimensions that it knows allows the most.
 * @param levels that are asked, whose custom metrics are checked as they are asked
 * @param mustKnowGroups whether no level has a meaning without every grouped dimension
 */
export function checkUnused(
  catalog: Catalog,
  { groupBy, where, range, timeZone }: Basis,
  { parts }: ResolvedCustoms,
  levels: readonly Usage[],
  mustKnowGroups: boolean,
  problems: Problems,
): void {
  const asked = levels.flatMap(({ values }) => values);
  const checked = new Set(asked.flatMap((value) => (value.kind === 'custom' ? parts[value.custom]! : [])));
  const placeOf = ({ filter }: Part) => ({
    ...({ level: 'rows', keys: groupBy, range, timeZone } as const),
    conditions: filter ? [where, filter] : [where],
  });
  for (const own of parts) {
    if (own.every((part) => checked.has(part))) continue;
    const valid = own.map(({ metric }) => catalog.dimensionsOf(metric));
    const known = groupBy.filter((each) => mustKnowGroups || valid.every((some) => some.includes(each)));
    if (own.every((part) => hasMeaning(catalog, part.metric, { ...placeOf(part), keys: known }))) continue;
    for (const part of own) checkMetric(catalog, part.metric, placeOf(part), part.path, problems);
  }
}
