import { all, empty, ident, join, type Sql, sql, statement } from '../../database/sql.ts';
import { holdsAt } from '../../database/version.ts';
import type { Catalog } from '../catalog.ts';
import { columnsOf } from '../model/aggregates.ts';
import { joinsOf } from '../model/joins.ts';
import type { Aggregate, Dimension, Fact, Relation } from '../model/model.ts';
import type { BranchPlan, LevelPlan, Plan } from '../plan/plan.ts';
import type { Condition } from '../resolve/request.ts';
import { dimensionsIn } from '../resolve/where.ts';
import { contains } from '../time/time.ts';
import type { Range } from '../time/wall.ts';
import { stretchesOf } from '../time/windows.ts';
import { periodColumn, renderMeasure, renderOwnNumber } from './aggregates.ts';
import { judgedByRelation, renderCondition, renderRange, renderRanges } from './condition.ts';
import { renderJoin } from './joins.ts';
import { keyColumn, keyOf, sameKeys, truncated, wallTime } from './key.ts';
import { stepOf, steppedWindows } from './windows.ts';

/** The column that tells whether a group has any row: without keys there is always one group. */
export const HAS_ROWS = ident('has_rows');

/** Where the windows of a branch are read from, under the alias `span`. */
export const SPAN = 'span';

/** What a branch reads of its plan, and of its level. */
export type BranchContext = Pick<
  Plan,
  'version' | 'groupBy' | 'where' | 'filters' | 'range' | 'timeZone' | 'fiscalYearStart' | 'extent'
> &
  Partial<Pick<Plan, 'windows'>> & {
    /** What holds some rows of the relation's table, to read in its place. */
    readonly table?: Sql;
    /** A condition on the rows of the relation besides. */
    readonly only?: Sql;
    /** Whole months that all rows are of. */
    readonly months?: Range;
  };
export type BranchLevel = Pick<LevelPlan, 'groupBy' | 'within'>;
export type Branch = Omit<BranchPlan, 'rejected' | 'relationRows'>;

/**
 * A query for one fact at one level: its keys, then its measures' columns.
 * Where something multiplies rows, each row of the relation is first made to count once per group.
 */
export function renderBranch(catalog: Catalog, plan: BranchContext, level: BranchLevel, branch: Branch): Sql {
  const relation = catalog.relation(branch.fact, branch.relation);
  const rows = renderRows(catalog, plan, level, branch);
  const grouped = level.groupBy.map((name) => sql`source.${keyColumn(name)}`);
  const isOne = (aggregate: Aggregate) => isOnePerGroup(catalog, relation, level, branch, aggregate);
  const measures = branch.measures.map(({ measure, column, part }) => {
    const aggregate = relation.measures[measure]!;
    const number = branch.isLookup
      ? renderOwnNumber(aggregate, part)
      : renderMeasure(aggregate, part, isOne(aggregate));
    return sql`${number} as ${ident(column)}`;
  });
  if (branch.isLookup)
    return sql`select ${join([...grouped, ...measures, sql`true as ${HAS_ROWS}`])} from (${rows}) as source`;
  return sql`select ${join([...grouped, ...measures, sql`count(*) > 0 as ${HAS_ROWS}`])}
    from (${rows}) as source${grouped.length > 0 ? sql` group by ${join(grouped)}` : empty}`;
}

/** Whether all rows of a group have the same of what a distinct count counts, since they are grouped by it. */
function isOnePerGroup(
  catalog: Catalog,
  relation: Relation,
  { groupBy }: BranchLevel,
  { windows }: Branch,
  aggregate: Aggregate,
): boolean {
  const keys = groupBy.map((name) => catalog.dimension(name));
  switch (aggregate.aggregate) {
    case 'countDistinct': {
      const { sql: counted } = relation.columns[aggregate.column]!;
      const text = statement(counted).text;
      return keys.some(
        ({ kind, name }) => kind === 'entity' && statement(relation.dimensions[name]!.sql).text === text,
      );
    }
    case 'countPeriods':
      // A window's label tells nothing of the periods in it.
      return (
        windows === undefined &&
        keys.some((key) => key.kind === 'time' && contains(aggregate.grain, key.grain))
      );
    default:
      return false;
  }
}

/** The rows that a branch aggregates: their keys, and the columns that its measures read. */
export function renderRows(catalog: Catalog, plan: BranchContext, level: BranchLevel, branch: Branch): Sql {
  const relation = catalog.relation(branch.fact, branch.relation);
  const read = new Reading(catalog, plan, level, branch, catalog.fact(branch.fact), relation);
  return read.source(read.inputsOf(branch.measures.map(({ measure }) => relation.measures[measure]!)));
}

/** How a branch reads its relation: joins, conditions, windows, and the groups that its rows must belong to. */
class Reading {
  private readonly conditions: readonly Condition[];

  constructor(
    private readonly catalog: Catalog,
    private readonly plan: BranchContext,
    private readonly level: BranchLevel,
    private readonly branch: Branch,
    private readonly fact: Fact,
    private readonly relation: Relation,
  ) {
    const { filter } = branch;
    this.conditions = filter === undefined ? [plan.where] : [plan.where, plan.filters[filter]!];
  }

  /** What rows are grouped by in the first place: to meet the groups they must belong to, all of their keys. */
  private get keys(): readonly Dimension[] {
    const names = this.level.within ? this.plan.groupBy : this.level.groupBy;
    return names.map((name) => this.catalog.dimension(name));
  }

  private get joins(): readonly string[] {
    const inputs = this.branch.measures.flatMap(({ measure }) => columnsOf(this.relation.measures[measure]!));
    const filtered = new Set(this.conditions.flatMap((each) => [...dimensionsIn(each)]));
    return joinsOf(this.relation, [...this.keys.map(({ name }) => name), ...filtered], inputs);
  }

  private get multiplies(): boolean {
    return this.joins.some((name) => this.relation.joins[name]!.multiplies);
  }

  /** The columns that the aggregates read, by name. */
  inputsOf(aggregates: readonly Aggregate[]): ReadonlyMap<string, Sql> {
    const { relation, plan } = this;
    const inputs = new Map<string, Sql>();
    for (const aggregate of aggregates) {
      for (const name of columnsOf(aggregate)) inputs.set(name, relation.columns[name]!.sql);
      if (aggregate.aggregate !== 'countPeriods') continue;
      const period = truncated(aggregate.grain, wallTime(relation, plan), plan.fiscalYearStart);
      inputs.set(periodColumn(aggregate), period);
    }
    return inputs;
  }

  /** The rows to aggregate: keys of the level and inputs. */
  source(inputs: ReadonlyMap<string, Sql>): Sql {
    const { level, relation, multiplies } = this;
    // A snapshot's row holds in many windows; within groups of several periods it must still count once.
    const repeats = multiplies || (level.within !== undefined && this.branch.windows !== undefined);
    const identity = repeats ? relation.key.map((name) => [name, relation.columns[name]!.sql] as const) : [];
    const columns = new Map([...inputs, ...identity]);
    const keys = this.keys.map((key) => sql`${this.keyOf(key)} as ${keyColumn(key.name)}`);
    const selected = [...keys, ...[...columns].map(([name, column]) => sql`${column} as ${ident(name)}`)];
    const rows = sql`
      select ${repeats && !level.within ? sql`distinct ` : empty}${selected.length > 0 ? join(selected) : sql`1`}
        from ${this.from}`;
    return level.within ? this.withinGroups(rows, [...columns.keys()], repeats) : rows;
  }

  private keyOf(key: Dimension): Sql {
    const isLabelled = key.kind === 'time' && this.branch.windows !== undefined;
    return isLabelled ? ident(SPAN, `key_${key.name}`) : keyOf(this.relation, key, this.plan);
  }

  /**
   * Only rows of groups that survived, or were folded, under the keys of the level. The offset keeps the joins of the
   * rows together: else they would meet the groups by those keys first that need no join, many times over.
   */
  private withinGroups(rows: Sql, columns: readonly string[], repeats: boolean): Sql {
    const groups = this.level.within!;
    const kept = [
      ...this.level.groupBy.map((name) => sql`base.${keyColumn(name)}`),
      ...columns.map((name) => ident('base', name)),
    ];
    const hasNulls = (dimension: Dimension) => this.catalog.hasNulls(dimension);
    return sql`
      select ${repeats ? sql`distinct ` : empty}${kept.length > 0 ? join(kept) : sql`1`}
        from (${rows} offset 0) as base
        join ${ident(groups)} as kept on ${sameKeys(this.keys, hasNulls, 'base', 'kept')}`;
  }

  private get from(): Sql {
    const { catalog, relation, plan, fact, branch } = this;
    const time = wallTime(relation, plan);
    const isWindowed = branch.windows !== undefined;
    const judged = judgedByRelation(relation, plan, isWindowed ? ident(SPAN, 'start_at') : time);
    const conditions = this.conditions.map((each) => renderCondition(catalog, judged, each));
    const joined = this.joins.map((name) => renderJoin(relation, name, plan.version, plan.months));
    const only = [relation.only, plan.only].filter((each) => each !== undefined);
    const own = [...only, holdsAt(relation.alias, plan.version), ...this.knownPeriods(time), ...conditions];
    const table = sql`${plan.table ?? relation.table} as ${ident(relation.alias)}`;
    return sql`${isWindowed ? this.inWindows(table, time) : table}${join(joined, empty)}
       where ${all(own)}${isWindowed ? empty : renderRange(time, rangeOf(fact, plan))}`;
  }

  /** By days or the relation's own periods first, which can be hashed; a window cuts days only at its ends. */
  private inWindows(table: Sql, time: Sql): Sql {
    const to = ident(SPAN, 'to_at');
    if (this.fact.holds === 'snapshot')
      return sql`${ident(this.branch.windows!)} as ${ident(SPAN)} join ${table} on ${time} < ${to}`;
    if (this.branch.isLookup)
      return sql`${ident(this.branch.windows!)} as ${ident(SPAN)} join ${table}
          on ${time} = (${ident(SPAN, 'from_at')})::date`;
    const steps = steppedWindows(this.branch.windows!, stepOf(this.relation));
    return sql`${steps} as ${ident(SPAN)} join ${table}
          on (${time})::date = ${ident(SPAN, 'period')} and ${time} >= ${ident(SPAN, 'from_at')} and ${time} < ${to}${this.stretches(time)}`;
  }

  /** Where all windows lie, which an index can serve; nothing where that is everywhere. */
  private stretches(time: Sql): Sql {
    const { windows = [], extent } = this.plan;
    const read = windows.find(({ name }) => name === this.branch.windows);
    if (read === undefined || extent === undefined) return empty;
    const stretches = stretchesOf(read.windows, extent);
    if (stretches.some(({ from, to }) => from === undefined && to === undefined)) return empty;
    return stretches.length === 0 ? empty : renderRanges(time, stretches);
  }

  /** Nothing is known of periods that begin after as-of. */
  private knownPeriods(time: Sql): readonly Sql[] {
    const { extent } = this.plan;
    if (!this.fact.endsAtAsOf || extent === undefined) return [];
    return [sql`${time} ${extent.includesAsOf ? sql`<=` : sql`<`} ${extent.asOf}::timestamp`];
  }
}

/** What a snapshot holds began before the end of the range; when it began does not matter. */
function rangeOf({ holds }: Fact, { range }: BranchContext): Plan['range'] {
  if (holds !== 'snapshot') return range;
  return range.to === undefined ? {} : { to: range.to };
}

/** The keys of a relation's rows that pass a filter and a range: for fields of a model that list its rows. */
export function renderMatching(
  catalog: Catalog,
  relation: Relation,
  { version, where, range }: Pick<Plan, 'version' | 'where' | 'range'>,
): Sql {
  const joined = joinsOf(relation, dimensionsIn(where)).map((name) => renderJoin(relation, name, version));
  const keys = join(relation.key.map((name) => sql`${relation.columns[name]!.sql} as ${ident(name)}`));
  const judged = judgedByRelation(relation, catalog);
  return sql`select distinct ${keys} from ${relation.table} as ${ident(relation.alias)}${join(joined, empty)}
     where ${holdsAt(relation.alias, version)} and ${renderCondition(catalog, judged, where)}${renderRange(relation.time, range)}`;
}
