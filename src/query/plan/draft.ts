import type { Catalog } from '../catalog.ts';
import { baseOf } from '../model/base.ts';
import { splitMeasure } from '../model/measures.ts';
import type { Dimension, Fact, Metric } from '../model/model.ts';
import {
  type Expression,
  expressionOf,
  leavesOf,
  type MeasureLeaf,
  mapLeaves,
} from '../resolve/expression.ts';
import type { Parent, Question } from '../resolve/question.ts';
import type { Condition } from '../resolve/request.ts';
import { shareColumn, type ValueRef, valueColumn } from '../resolve/values.ts';
import { dimensionsIn, pinnedBy } from '../resolve/where.ts';
import type { Built } from './candidates.ts';
import { chooseRelations, type Need } from './choose-relation.ts';
import {
  type BranchPlan,
  type LevelName,
  type LevelPlan,
  type MeasurePlan,
  PERIODS,
  type SharePlan,
  type ValuePlan,
} from './plan.ts';
import type { Windows } from './windows.ts';

/** What one level of a question is made of. */
export interface Shape {
  readonly groupBy: readonly Dimension[];
  readonly values: readonly ValueRef[];
  readonly parents: readonly Parent[];
  readonly within?: LevelPlan['within'];
  readonly from?: LevelPlan['from'];
}

interface BranchDraft {
  readonly fact: Fact;
  readonly windows: string | undefined;
  readonly filter: number | undefined;
  readonly measures: Map<string, MeasurePlan>;
  gives: BranchPlan['gives'];
}

/** Gathers the measures that values need, branch by branch. */
export class Draft {
  private readonly drafts = new Map<string, BranchDraft>();
  private columns = 0;

  constructor(
    private readonly catalog: Catalog,
    private readonly question: Question,
    private readonly level: LevelName,
    private readonly shape: Shape,
    private readonly built: Built,
  ) {}

  value(value: ValueRef): ValuePlan {
    return { column: valueColumn(value), expression: this.expression(value), type: this.typeOf(value) };
  }

  share({ of, metrics }: Parent, place: number): SharePlan {
    return {
      of,
      metrics: metrics.map((name) => {
        const expression = this.metric(this.catalog.metric(name), undefined);
        return { column: shareColumn(place, name), measure: leavesOf(expression)[0]! };
      }),
    };
  }

  private typeOf(value: ValueRef): ValuePlan['type'] {
    if (value.kind === 'custom' || (value.kind === 'change' && value.part === 'RELATIVE_CHANGE'))
      return 'float8';
    return this.catalog.metric(value.metric).format === 'integer' ? 'int8' : 'float8';
  }

  private expression(value: ValueRef): Expression<string> {
    switch (value.kind) {
      case 'metric':
        return this.metric(this.catalog.metric(value.metric), undefined);
      case 'custom':
        return this.columnsOf(this.question.custom[value.custom]!.expression, undefined, false);
      case 'rolling':
        return this.metric(this.catalog.metric(value.metric), `rolling_${value.rolling}`);
      case 'change':
        return this.change(value);
      default:
        return value satisfies never;
    }
  }

  private change({ comparison, metric, part }: Extract<ValueRef, { kind: 'change' }>): Expression<string> {
    const definition = this.catalog.metric(metric);
    const previous = this.metric(definition, `compare_${comparison}`);
    if (part === 'PREVIOUS') return previous;
    const delta: Expression<string> = {
      operation: 'difference',
      of: [this.metric(definition, undefined), previous],
    };
    return part === 'DELTA' ? delta : { operation: 'ratio', of: [delta, previous] };
  }

  /** What holds over whole periods is compared over whole ones, with every part of its metric. */
  private metric(metric: Metric, windows: string | undefined): Expression<string> {
    const isWhole = this.catalog.factsOf(metric).some(({ holds }) => holds === 'period');
    return this.columnsOf(expressionOf(this.catalog, metric), windows, isWhole);
  }

  private columnsOf(
    expression: Expression<MeasureLeaf>,
    windows: string | undefined,
    isWhole: boolean,
  ): Expression<string> {
    return mapLeaves(expression, (leaf) => {
      const [factName, measure] = splitMeasure(leaf.measure);
      const fact = this.catalog.fact(factName);
      const branch = this.branch(fact, this.windowsOf(fact, windows, isWhole), leaf.filter);
      const { aggregate } = baseOf(fact).measures[measure]!;
      if (aggregate !== 'mean') return { leaf: this.column(branch, measure, leaf) };
      const parts = (['sum', 'count'] as const).map((part) => ({
        leaf: this.column(branch, measure, leaf, part),
      }));
      return { operation: 'ratio', of: parts };
    });
  }

  /** A snapshot reads whole windows; where there are periods, those of the rows themselves before all others. */
  private windowsOf(fact: Fact, windows: string | undefined, isWhole: boolean): string | undefined {
    if (windows !== undefined) {
      const place = Number(windows.split('_')[1]);
      const hasWhole = windows.startsWith('compare') && this.question.comparisons[place]!.whole !== undefined;
      return (isWhole || fact.holds === 'snapshot') && hasWhole ? `${windows}_whole` : windows;
    }
    if (fact.holds !== 'snapshot') return undefined;
    const { groupBy, within } = this.shape;
    const hasPeriods = (keys: readonly Dimension[]) => keys.some(({ kind }) => kind === 'time');
    if (within || this.level === 'rows') return hasPeriods(this.question.groupBy) ? PERIODS : undefined;
    return hasPeriods(groupBy) ? this.level.replace('subtotals', PERIODS) : undefined;
  }

  private branch(fact: Fact, windows: string | undefined, filter: number | undefined): BranchDraft {
    const key = JSON.stringify([fact.name, windows, filter]);
    const known = this.drafts.get(key);
    if (known) return known;
    const made: BranchDraft = { fact, windows, filter, measures: new Map(), gives: 'nothing' };
    this.drafts.set(key, made);
    return made;
  }

  private column(
    branch: BranchDraft,
    measure: string,
    { measure: name }: MeasureLeaf,
    part?: MeasurePlan['part'],
  ): string {
    const key = `${measure} ${part}`;
    const known = branch.measures.get(key);
    if (known) return known.column;
    const column = `a${this.columns++}`;
    const empty = part === undefined ? this.catalog.emptyOf(name) : 0;
    branch.measures.set(key, { column, measure, ...(part && { part }), empty });
    return column;
  }

  /** Rows are the groups of a fact that defines or coincides with them, and those that a comparison adds. */
  addRowGivers(): void {
    const { from } = this.shape;
    if (from !== undefined || this.level === 'totals') return;
    const own = [...this.drafts.values()].filter(
      ({ fact, windows, filter }) => windows === undefined && filter === undefined && fact.rows !== 'none',
    );
    if (own.length === 0) own.push(this.branch(this.catalog.definingFact, undefined, undefined));
    for (const each of own) each.gives = 'groups';
    if (this.level !== 'rows') return;
    this.question.comparisons.forEach((_, index) => {
      this.branch(this.catalog.definingFact, `compare_${index}`, undefined).gives = 'compared';
    });
  }

  branches(windows: Windows): readonly BranchPlan[] {
    // A level without keys and numbers (totals of nothing selected) still has its one row.
    if (this.drafts.size === 0 && this.shape.from === undefined)
      this.branch(this.catalog.definingFact, undefined, undefined);
    return [...this.drafts.values()].flatMap((draft) => this.planned(draft, windows));
  }

  /** A branch, or one for each of the relations that its windows are read from. */
  private planned(draft: BranchDraft, all: Windows): readonly BranchPlan[] {
    const { fact, windows: name, filter, gives } = draft;
    const { catalog, built } = this;
    const read = name === undefined ? undefined : all.get(name);
    const told = new Set(this.shape.groupBy.map((dimension) => dimension.name));
    const areApart = read?.keys.every((key) => told.has(key)) ?? false;
    const candidates = { fact, rollups: catalog.rollupsOf(fact), built };
    const choices = chooseRelations(candidates, this.needOf(draft, read?.windows), areApart);
    return choices.map(({ relation, rejected, isLookup, relationRows, places }) => ({
      fact: fact.name,
      relation,
      rejected,
      measures: [...draft.measures.values()],
      ...(name !== undefined && { windows: places ? all.part(name, places) : name }),
      ...(isLookup && { isLookup }),
      relationRows,
      ...(filter !== undefined && { filter }),
      gives,
    }));
  }

  private needOf({ filter, measures }: BranchDraft, windows: Need['spans'] | undefined): Need {
    const { groupBy, within } = this.shape;
    const { range, where, filters, timeZone, extent } = this.question;
    const conditions: Condition[] = filter === undefined ? [where] : [where, filters[filter]!];
    const filtered = conditions.flatMap((each) => [...dimensionsIn(each)]);
    return {
      groupBy: within ? [...new Set([...groupBy, ...this.question.groupBy])] : groupBy,
      filtered: filtered.map((each) => this.catalog.dimension(each)),
      pinned: new Set(conditions.flatMap(pinnedBy)),
      measures: [...measures.values()].map(({ measure }) => measure),
      spans: windows ?? [range],
      isWindowed: windows !== undefined,
      isRegrouped: within !== undefined,
      timeZone,
      fiscalYearStart: this.catalog.fiscalYearStart,
      lastEvent: extent?.asOf,
    };
  }
}
