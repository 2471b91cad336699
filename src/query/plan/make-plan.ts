import type { Catalog } from '../catalog.ts';
import type { Question } from '../resolve/question.ts';
import type { Built } from './candidates.ts';
import { planLevel } from './level.ts';
import { type Cursors, type LevelName, PERIODS, type Plan } from './plan.ts';
import { Windows } from './windows.ts';

/**
 * Plans a question at a version.
 * @param built what is there at the version
 */
export function plan(
  catalog: Catalog,
  question: Question,
  version: number,
  cursors: Cursors,
  built: Built,
): Plan {
  const { groupBy, where, filters, range, timeZone, extent, having, limitBy, order, wants } = question;
  const windows = new Windows(catalog, question);
  const level = (name: LevelName) => planLevel(catalog, question, windows, name, built);
  const names: LevelName[] = [];
  const totalsNeedRows = having !== undefined && question.totals !== undefined;
  const needsRows = totalsNeedRows || question.subtotals.length > 0;
  if (wants.rows || wants.totalCount || needsRows) names.push('rows');
  if (limitBy?.other && (wants.rows || wants.totalCount)) names.push('other');
  if (question.totals) names.push('totals');
  question.subtotals.forEach((_, index) => {
    names.push(`subtotals_${index}`);
  });
  const levels = names.map(level);
  const used = new Set(levels.flatMap(({ branches }) => branches.flatMap((branch) => branch.windows ?? [])));
  if (question.fill) used.add(PERIODS);
  return freeze({
    version,
    groupBy: groupBy.map(({ name }) => name),
    where,
    filters,
    range,
    timeZone,
    fiscalYearStart: catalog.fiscalYearStart,
    extent,
    windows: windows.named(used),
    levels,
    fill: question.fill,
    // Without a grouped entity there is nobody to be empty.
    emptyGroups: question.emptyGroups && groupBy.some(({ kind }) => kind === 'entity'),
    having,
    order,
    limitBy,
    page: { rows: wants.rows, first: question.first, after: cursors.page, count: wants.totalCount },
    subtotalPages: question.subtotals.map(({ first, wantsCount }, index) => ({
      rows: true,
      first,
      after: cursors.subtotals[index],
      count: wantsCount,
    })),
  });
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}
