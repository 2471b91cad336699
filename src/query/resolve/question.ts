import type { Dimension } from '../model/model.ts';
import type { Extent, Slot } from '../time/slots.ts';
import type { Grain } from '../time/time.ts';
import type { Range } from '../time/wall.ts';
import type { Window } from '../time/windows.ts';
import type { Expression, MeasureLeaf } from './expression.ts';
import type { Condition, LimitBy, ValueCondition } from './request.ts';
import type { ValueRef } from './values.ts';

/** A window of a row, and whether the data do not cover it wholly. */
export interface Span extends Window {
  readonly isPartial: boolean;
}

/** The windows of a comparison or a rolling metric, one for each slot. */
export interface SlotWindows {
  readonly key: string;
  /** Of metrics of events. */
  readonly spans: readonly Span[];
  /** Of metrics that hold over whole periods or from a time on; absent where they are the same. */
  readonly whole?: readonly Span[];
}

export interface ResolvedCustom {
  readonly key: string;
  readonly expression: Expression<MeasureLeaf>;
}

export type ResolvedTerm = { readonly direction: 'ASC' | 'DESC'; readonly nulls: 'FIRST' | 'LAST' } & (
  | { readonly by: 'dimension'; readonly name: string }
  | { readonly by: 'value'; readonly value: ValueRef }
);

/** A level that shares are taken of. */
export interface Parent {
  /** Names of its dimensions. */
  readonly of: readonly string[];
  /** Names of metrics. */
  readonly metrics: readonly string[];
}

export interface ResolvedSubtotal {
  readonly by: readonly Dimension[];
  readonly first: number;
  readonly after: string | undefined;
  readonly values: readonly ValueRef[];
  readonly parents: readonly Parent[];
  readonly wantsCount: boolean;
}

/** A request whose names are definitions and whose values are valid. */
export interface Question {
  readonly groupBy: readonly Dimension[];
  /** The finest grouped period, where one makes up the others. */
  readonly unit: Grain | undefined;
  readonly where: Condition;
  /** Filters of custom metrics of their own. */
  readonly filters: readonly Condition[];
  readonly range: Range;
  readonly timeZone: string | undefined;
  readonly extent: Extent | undefined;
  /** Periods of the answer, or the range alone where none is grouped; absent where nothing needs them. */
  readonly slots: readonly Slot[] | undefined;
  readonly comparisons: readonly SlotWindows[];
  readonly rolling: readonly SlotWindows[];
  readonly custom: readonly ResolvedCustom[];
  readonly fill: boolean;
  readonly emptyGroups: boolean;
  readonly having: ValueCondition | undefined;
  /** Total: the asked terms, then the grouped dimensions that are missing from them. */
  readonly order: readonly ResolvedTerm[];
  readonly limitBy: LimitBy | undefined;
  readonly first: number;
  readonly after: string | undefined;
  /** Everything that is asked of rows, selected or not. */
  readonly values: readonly ValueRef[];
  readonly parents: readonly Parent[];
  readonly totals: readonly ValueRef[] | undefined;
  readonly subtotals: readonly ResolvedSubtotal[];
  readonly wants: { readonly rows: boolean; readonly totalCount: boolean };
}
