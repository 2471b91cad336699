import type { Expression } from '../resolve/expression.ts';
import type { Parent, Question, ResolvedTerm } from '../resolve/question.ts';
import type { Condition, LimitBy, ValueCondition } from '../resolve/request.ts';
import type { Extent } from '../time/slots.ts';
import type { Range, Wall } from '../time/wall.ts';

/** A relation that was not taken, though it is smaller, and why. */
export interface Rejection {
  readonly relation: string;
  readonly reason: string;
}

/** A measure as a column of its level. A mean is two: the sum and the number of what it is the mean of. */
export interface MeasurePlan {
  readonly column: string;
  readonly measure: string;
  readonly part?: 'sum' | 'count';
  /** Its value over nothing. */
  readonly empty: 0 | null;
}

/** One fact at one level, over its own time or over windows, answered by one relation. */
export interface BranchPlan {
  readonly fact: string;
  readonly relation: string;
  readonly rejected: readonly Rejection[];
  readonly measures: readonly MeasurePlan[];
  /** The name of the windows that it reads instead of the range: a set, or the part of one that its relation holds. */
  readonly windows?: string;
  /** Whether each of its groups is one row of a rollup, whose columns are its numbers. */
  readonly isLookup?: true;
  /** How many rows its relation has; very many where nobody counted them. */
  readonly relationRows: number;
  /** The place of a filter of its own. */
  readonly filter?: number;
  /** What its groups are to the level: rows, rows that a comparison adds, or none of them. */
  readonly gives: 'groups' | 'compared' | 'nothing';
}

/** A number of a row, made of measures' columns. */
export interface ValuePlan {
  readonly column: string;
  readonly expression: Expression<string>;
  readonly type: 'int8' | 'float8';
}

/** Shares of a parent level, of metrics whose sums over its rows are its own numbers. */
export interface SharePlan extends Omit<Parent, 'metrics'> {
  readonly metrics: readonly { readonly column: string; readonly measure: string }[];
}

export type LevelName = 'rows' | 'other' | 'totals' | `subtotals_${number}`;

/** One level of detail of the answer. */
export interface LevelPlan {
  readonly level: LevelName;
  readonly groupBy: readonly string[];
  /** The groups of rows whose base rows alone count. */
  readonly within?: 'surviving' | 'folded';
  /** The groups of rows that its own come from, where they are not its own branches'. */
  readonly from?: 'surviving' | 'folded';
  readonly branches: readonly BranchPlan[];
  readonly values: readonly ValuePlan[];
  readonly shares: readonly SharePlan[];
}

/** Windows of slots of an answer, each with the labels of the periods it belongs to. */
export interface WindowsPlan {
  readonly name: string;
  /** Names of the period dimensions that are labelled. */
  readonly keys: readonly string[];
  readonly windows: readonly {
    readonly labels: readonly string[];
    /** The start of the period, by which filters on periods are judged. */
    readonly start: Wall;
    readonly from: Wall;
    readonly to: Wall;
  }[];
}

export type CursorValue = string | number | boolean | null;

export interface PagePlan {
  /** Whether its rows are answered, besides being counted or grouped again. */
  readonly rows: boolean;
  readonly first: number;
  /** The cursor's values, in the level's order. */
  readonly after?: readonly CursorValue[] | undefined;
  readonly count: boolean;
}

/** How a question is answered: plain data that can be printed and compared. */
export interface Plan {
  readonly version: number;
  readonly groupBy: readonly string[];
  readonly where: Condition;
  readonly filters: readonly Condition[];
  readonly range: Range;
  readonly timeZone?: string | undefined;
  readonly fiscalYearStart: number;
  /** How far the data reach; absent without any. */
  readonly extent?: Extent | undefined;
  readonly windows: readonly WindowsPlan[];
  /** Rows, then what `limitBy` folds, totals and subtotals, as far as they are asked for. */
  readonly levels: readonly LevelPlan[];
  readonly fill: boolean;
  readonly emptyGroups: boolean;
  readonly having?: ValueCondition | undefined;
  readonly order: readonly ResolvedTerm[];
  readonly limitBy?: LimitBy | undefined;
  readonly page: PagePlan;
  /** By the place of the subtotals. */
  readonly subtotalPages: readonly PagePlan[];
}

/** The values of the cursors of a request, in the order of their levels. */
export interface Cursors {
  readonly page: readonly CursorValue[] | undefined;
  readonly subtotals: readonly (readonly CursorValue[] | undefined)[];
}

/** What a level is asked for; what is folded together, as much as rows are. */
export function askedAt(question: Question, level: LevelName): Pick<Question, 'values' | 'parents'> {
  if (level === 'rows' || level === 'other') return question;
  if (level === 'totals') return { values: question.totals!, parents: [] };
  return question.subtotals[placeOfSubtotals(level)]!;
}

export function placeOfSubtotals(level: Exclude<LevelName, 'rows' | 'other' | 'totals'>): number {
  return Number(level.slice('subtotals_'.length));
}

/** The name of the windows that are the periods of rows themselves. */
export const PERIODS = 'periods';
