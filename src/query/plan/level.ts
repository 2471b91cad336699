import type { Catalog } from '../catalog.ts';
import type { Question } from '../resolve/question.ts';
import type { ValueRef } from '../resolve/values.ts';
import type { Built } from './candidates.ts';
import { Draft, type Shape } from './draft.ts';
import { askedAt, type LevelName, type LevelPlan, placeOfSubtotals } from './plan.ts';
import type { Windows } from './windows.ts';

/** Plans one level: the branches that its numbers need, each with the smallest relation that is exact for it. */
export function planLevel(
  catalog: Catalog,
  question: Question,
  windows: Windows,
  level: LevelName,
  built: Built,
): LevelPlan {
  const shape = shapeOf(question, level);
  const draft = new Draft(catalog, question, level, shape, built);
  const values = shape.values.filter((value) => hasWindow(question, level, shape, value));
  const made = values.map((value) => draft.value(value));
  const shares = shape.parents.map((parent, place) => draft.share(parent, place));
  draft.addRowGivers();
  return {
    level,
    groupBy: shape.groupBy.map(({ name }) => name),
    ...(shape.within && { within: shape.within }),
    ...(shape.from && { from: shape.from }),
    branches: draft.branches(windows),
    values: made,
    shares,
  };
}

function shapeOf(question: Question, level: LevelName): Shape {
  const { groupBy, having, limitBy, fill, emptyGroups, comparisons } = question;
  const asked = askedAt(question, level);
  const within = having && ('surviving' as const);
  switch (level) {
    case 'rows':
      return { ...asked, groupBy };
    case 'other': {
      const per = groupBy.filter(({ name }) => limitBy!.per.includes(name));
      return { ...asked, groupBy: per, within: 'folded', from: 'folded' };
    }
    case 'totals':
      return { ...asked, groupBy: [], within };
    default: {
      const addsRows = fill || emptyGroups || comparisons.length > 0;
      const { by } = question.subtotals[placeOfSubtotals(level)]!;
      return { ...asked, groupBy: by, within, ...((having || addsRows) && { from: 'surviving' }) };
    }
  }
}

/** What is folded together over several periods has no windows of its own. */
function hasWindow({ unit }: Question, level: LevelName, { groupBy }: Shape, { kind }: ValueRef): boolean {
  if (level !== 'other' || unit === undefined || (kind !== 'change' && kind !== 'rolling')) return true;
  return groupBy.some((dimension) => dimension.kind === 'time' && dimension.grain === unit);
}
