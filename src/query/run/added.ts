import { join, prepared, type Sql, sql } from '../../database/sql.ts';
import type { VersionRecord } from '../../database/version.ts';
import { renderBaseRows } from '../lists/base-rows.ts';
import type { Dimension } from '../model/model.ts';
import type { Setting } from '../reading/setting.ts';
import { keyColumn } from '../render/key.ts';
import { Problems } from '../resolve/problems.ts';
import type { Question } from '../resolve/question.ts';
import type { Path } from '../resolve/request.ts';
import { MAX_ADDED } from '../resolve/resolve.ts';
import { daysBetween } from '../time/time.ts';
import { dateOf, earlier, later } from '../time/wall.ts';

/** Groups that are added: so many members, each with every combination of some dimensions that the data have. */
interface Added {
  readonly members: number;
  readonly combined: readonly Dimension[];
}

/**
 * Refuses what would add more rows than anyone reads. How many combinations there are only the data tell; they are
 * asked where it matters.
 * @throws RequestError
 */
export async function checkAdded(setting: Setting, question: Question, path: Path): Promise<void> {
  const { record } = setting.served;
  const { fill, emptyGroups, slots } = question;
  const added = addedBy(question, record);
  const rows = (combinations: readonly number[]) =>
    (fill ? slots!.length : 1) *
    added.reduce((sum, { members }, index) => sum + members * combinations[index]!, 0);
  const possible = added.map(({ combined }) => product(combined.map((each) => size(each, question, record))));
  if (rows(possible) <= MAX_ADDED || setting.dryRun) return;
  if (rows(await countCombinations(setting, question, added)) <= MAX_ADDED) return;
  const problems = new Problems();
  problems.add('TOO_MANY_EMPTY_GROUPS', { limit: MAX_ADDED }, [
    ...path,
    emptyGroups ? 'emptyGroups' : 'fill',
  ]);
  problems.throwIfAny();
}

function addedBy(
  { groupBy, fill, emptyGroups }: Question,
  record: VersionRecord | undefined,
): readonly Added[] {
  // Every period is filled for each combination of the rest.
  const dimensions = fill ? groupBy.filter(({ kind }) => kind !== 'time') : groupBy;
  const emptied = dimensions.flatMap((dimension) =>
    emptyGroups && dimension.kind === 'entity'
      ? [
          {
            members: record?.rowCounts[dimension.members.name] ?? 1,
            combined: dimensions.filter(({ name }) => !Object.hasOwn(dimension.members.dimensions, name)),
          },
        ]
      : [],
  );
  // Groups with rows are among those of the members.
  return emptied.length > 0 || !fill ? emptied : [{ members: 1, combined: dimensions }];
}

/** How many values of a dimension there can be, missing ones included. */
function size(dimension: Dimension, { range, extent }: Question, record: VersionRecord | undefined): number {
  switch (dimension.kind) {
    case 'enum':
    case 'band':
      return dimension.values.length + 1;
    case 'boolean':
      return 3;
    case 'entity':
      return (record?.rowCounts[dimension.members.name] ?? Number.POSITIVE_INFINITY) + 1;
    case 'time': {
      if (extent === undefined) return 1;
      const [from, to] = [later(extent.firstEvent, range.from), earlier(extent.asOf, range.to)];
      return Math.max(0, daysBetween(dateOf(from), dateOf(to))) + 1;
    }
    case 'period':
    case 'integer':
      return Number.POSITIVE_INFINITY;
    default:
      return dimension satisfies never;
  }
}

function product(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all * each, 1);
}

async function countCombinations(
  { reader, catalog, served: { version } }: Setting,
  { where, range, timeZone }: Question,
  added: readonly Added[],
): Promise<readonly number[]> {
  const { fiscalYearStart } = catalog;
  const slice = { version, where, range, timeZone, fiscalYearStart };
  const counts = added.map(({ combined }): Sql => {
    if (combined.length === 0) return sql`1`;
    const keys = join(combined.map(({ name }) => keyColumn(name)));
    const base = renderBaseRows(catalog, slice, combined, []);
    return sql`(select count(*) from (select distinct ${keys} from (${base}) as base) as combinations)`;
  });
  const { value } = await reader.read(prepared(sql`select ${join(counts)}`));
  return value[0] as readonly number[];
}
