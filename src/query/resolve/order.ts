import type { Dimension } from '../model/model.ts';
import { screamingCase } from '../model/names.ts';
import { type Named, placeOf } from './having.ts';
import type { Problems } from './problems.ts';
import type { ResolvedTerm } from './question.ts';
import type { OrderTerm, Path } from './request.ts';
import { changeRef, type ValueRef } from './values.ts';

/** The asked terms, then the grouped dimensions that are missing from them: a total order. */
export function resolveOrder(
  groupBy: readonly Dimension[],
  orderBy: readonly OrderTerm[],
  named: Named,
  path: Path,
): readonly ResolvedTerm[] {
  const names = groupBy.map(({ name }) => name);
  checkSubjects(orderBy.map(subjectOf), path, named.problems);
  const terms = orderBy.flatMap((term, index): ResolvedTerm[] => {
    const { direction, nulls } = term;
    const at = [...path, index];
    if (term.by === 'dimension') {
      if (!names.includes(term.name)) {
        const allowed = names.map(screamingCase);
        named.problems.add('ORDER_NOT_GROUPED', { dimension: screamingCase(term.name) }, at, { allowed });
      }
      return [{ by: 'dimension', name: term.name, direction, nulls }];
    }
    const value = valueOfTerm(term, named, at);
    if (value === undefined) return [];
    named.use(value, at);
    return [{ by: 'value', value, direction, nulls }];
  });
  const isOrdered = (name: string) => terms.some((term) => term.by === 'dimension' && term.name === name);
  const ties = names.filter((name) => !isOrdered(name));
  return [
    ...terms,
    ...ties.map((name) => ({ by: 'dimension', name, direction: 'ASC', nulls: 'LAST' }) as const),
  ];
}

/** Reports what is sorted by more than once. */
export function checkSubjects(subjects: readonly string[], path: Path, problems: Problems): void {
  subjects.forEach((term, index) => {
    if (subjects.indexOf(term) < index) problems.add('DUPLICATE_ORDER', { term }, [...path, index]);
  });
}

/** What a term sorts by, whichever way. */
function subjectOf(term: OrderTerm): string {
  if (term.by === 'dimension' || term.by === 'metric') return screamingCase(term.name);
  if (term.by === 'custom') return `custom ${JSON.stringify(term.key)}`;
  const metric = screamingCase(term.metric);
  return term.part === 'CURRENT' ? metric : `${term.part} of ${metric} of ${JSON.stringify(term.key)}`;
}

function valueOfTerm(
  term: Exclude<OrderTerm, { by: 'dimension' }>,
  { comparisons, customs, problems }: Named,
  path: Path,
): ValueRef | undefined {
  if (term.by === 'metric') return { kind: 'metric', metric: term.name };
  if (term.by === 'compare') {
    const place = placeOf(term.key, comparisons, 'compare', [...path, 'key'], problems);
    return place < 0 ? undefined : changeRef(place, term.metric, term.part);
  }
  const custom = placeOf(term.key, customs, 'custom', [...path, 'key'], problems);
  return custom < 0 ? undefined : { kind: 'custom', custom };
}
