import type { Cell, Statement } from '../../database/engine.ts';
import type { Plan } from '../plan/plan.ts';
import type { Range } from '../time/wall.ts';

/** By name. */
export type Values = Readonly<Record<string, Cell>>;

/**
 * GROUP: at least one row of the fact that defines rows. FILLED: a period without any, added by `fill`. EMPTY: a group
 * without any, added by `compare` or `emptyGroups`. OTHER: what `limitBy` folded together.
 */
export type RowKind = 'GROUP' | 'FILLED' | 'EMPTY' | 'OTHER';

/** A metric beside its value in the compared period. */
export interface Change {
  readonly id: string;
  readonly current: Cell;
  readonly previous: Cell;
  /** current − previous; null when either is. */
  readonly delta: Cell;
  /** delta ÷ previous; null on null or zero. */
  readonly relativeChange: Cell;
}

export interface Changes {
  readonly id: string;
  readonly isPartial: boolean;
  /** By metric's name. */
  readonly metrics: Readonly<Record<string, Change>>;
}

export interface WindowValues {
  readonly id: string;
  readonly isPartial: boolean;
  /** By metric's name. */
  readonly metrics: Values;
}

/** A row behind a number. */
export interface SourceRow {
  readonly id: string;
  /** When it was: an instant in UTC. */
  readonly at: string;
  /** By dimension's name. */
  readonly keys: Values;
  /** By column's name. */
  readonly columns: Values;
}

export interface SourceRows {
  readonly rows: readonly SourceRow[];
  readonly hasNextPage: boolean;
}

export interface AnswerRow {
  readonly id: string;
  readonly kind: RowKind;
  /** By dimension's name: a date, an enum's or band's value, a number, a boolean, or an entity's key. */
  readonly keys: Values;
  /** By metric's name. */
  readonly metrics: Values;
  /** Whether a period of it ends after as-of or is cut by the range. */
  readonly isPartial: boolean;
  /** By comparison's key; null where a row has none (see OTHER). */
  readonly comparisons: Readonly<Record<string, Changes | null>>;
  /** By key of the rolling window. */
  readonly rolling: Readonly<Record<string, WindowValues | null>>;
  /** By custom metric's key. */
  readonly custom: Values;
  /** By {@link shareKey} of the dimensions it is a share of. */
  readonly shares: Readonly<Record<string, { readonly id: string; readonly metrics: Values }>>;
}

/** A page of rows of one level. */
export interface AnswerPage {
  readonly id: string;
  readonly rows: readonly AnswerRow[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly id: string;
    readonly hasNextPage: boolean;
    readonly endCursor: string | undefined;
  };
}

export interface Answer extends AnswerPage {
  readonly metaId: string;
  /** Without ends only where nothing is asked and there are no events. */
  readonly range: Range;
  readonly plan: Plan;
  /** Absent when nothing of the selection needs the database. */
  readonly statement: Statement | undefined;
  /** Whether its rows were in memory, or being read for another request. */
  readonly cacheHit: boolean;
  readonly totals: { readonly id: string; readonly metrics: Values; readonly custom: Values };
  /** One for each of the selection's subtotals, in their order. */
  readonly subtotals: readonly AnswerPage[];
  /** Up to `first` rows behind each row of the page, in the page's order; one statement for all of them. */
  sourceRows(first: number): Promise<readonly SourceRows[]>;
}
