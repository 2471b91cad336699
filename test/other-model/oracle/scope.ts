import { type BaseRow, baseRows, type FactName } from './base-rows.ts';
import { isIn, type Span } from './calendar.ts';
import { METRICS, ratio } from './metrics.ts';
import { type Custom, fieldOf, type Keys, type Operand, type Values, type Where } from './request.ts';
import { judge } from './where.ts';

/** Which base rows a number is of. */
export interface Scope {
  /** Keys that are no periods. */
  readonly keys: Keys;
  /** When events were, and periods lie; a snapshot counts what began before its end. */
  readonly time: Span;
  /** The time of metrics that are only told for whole periods. */
  readonly whole: Span;
  /** Periods of the row. Conditions on periods are judged by them in other time than the row's, and for snapshots. */
  readonly labels: Keys;
  readonly isElsewhere: boolean;
}

export interface Data {
  readonly rows: Readonly<Record<FactName, readonly BaseRow[]>>;
  /** In the time zone asked. */
  readonly asOf: string;
}

export function dataOf(timeZone: string | undefined, asOf: string): Data {
  return { rows: baseRows(timeZone), asOf };
}

/** Whether a row of a fact is of a scope. */
export function isOf(
  fact: FactName,
  row: BaseRow,
  scope: Scope,
  time: Span,
  where: readonly (Where | undefined)[],
): boolean {
  const isNow = fact === 'stores' ? isIn({ to: time.to }, row.at) : isIn(time, row.at);
  return (
    isNow &&
    row.keys.some((own) => {
      const told = fact === 'stores' || scope.isElsewhere ? { ...own, ...scope.labels } : own;
      const isGroup = Object.entries(scope.keys).every(([name, key]) => own[name] === key);
      return isGroup && where.every((each) => judge(each, (name) => told[name]) === true);
    })
  );
}

/** Each metric over the base rows of any of the scopes, each row once. */
export function measure(
  { rows, asOf }: Data,
  scopes: readonly Scope[],
  where: readonly (Where | undefined)[],
  names: readonly string[],
): Values {
  const read = (fact: FactName, isWhole: boolean) =>
    rows[fact].filter(
      (row) =>
        // Of a month that has not begun, nothing is known yet.
        (fact !== 'months' || row.at <= asOf) &&
        scopes.some((scope) =>
          isOf(fact, row, scope, isWhole || fact === 'stores' ? scope.whole : scope.time, where),
        ),
    );
  return Object.fromEntries(
    names.map((name) => {
      const { of, value } = METRICS[name]!;
      const isWhole = of.includes('visits') || of.includes('months');
      return [name, value((fact) => read(fact, isWhole))];
    }),
  );
}

/** Custom metrics over the same base rows, each from metrics and from those before it. */
export function customs(
  data: Data,
  scopes: readonly Scope[],
  where: Where | undefined,
  asked: readonly Custom[],
): Values {
  const made: Record<string, number | null> = {};
  const one = (name: string, extra?: Where) => measure(data, scopes, [where, extra], [name])[name] ?? null;
  const of = (operand: Operand) =>
    'metric' in operand ? one(fieldOf(operand.metric)) : (made[operand.custom] ?? null);
  const fold = (operands: readonly Operand[], join: (a: number, b: number) => number) =>
    operands.map(of).reduce((a, b) => (a === null || b === null ? null : join(a, b)));
  for (const { key, filtered, difference, sum, product, ...custom } of asked) {
    if (filtered) made[key] = one(fieldOf(filtered.metric), filtered.where);
    else if (difference) made[key] = fold([difference.of, difference.by], (a, b) => a - b);
    else if (sum ?? product) made[key] = fold((sum ?? product)!, sum ? (a, b) => a + b : (a, b) => a * b);
    else made[key] = ratio(of(custom.ratio!.of), of(custom.ratio!.by));
  }
  return made;
}
