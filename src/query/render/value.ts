import { ident, type Sql, sql } from '../../database/sql.ts';
import type { ValuePlan } from '../plan/plan.ts';
import type { Expression } from '../resolve/expression.ts';
import { nearestQuotient, quotient } from './quotient.ts';

/** An exact number: a numerator over a denominator that is never zero, null where there is no number. */
interface Fraction {
  readonly over: Sql;
  readonly under?: Sql;
}

/** A value of a row. Exact fractions until the last cast, so that equal numbers are equal however they are made. */
export function renderValue({ expression, type }: ValuePlan): Sql {
  const cast = type === 'int8' ? sql`int8` : sql`float8`;
  if ('leaf' in expression) return sql`${ident(expression.leaf)}::${cast}`;
  const { over, under } = fraction(expression);
  if (under === undefined) return sql`(${over})::${cast}`;
  return type === 'float8' ? nearestQuotient(over, under) : sql`(${quotient(over, under)})::${cast}`;
}

function fraction(expression: Expression<string>): Fraction {
  if ('leaf' in expression) return { over: ident(expression.leaf) };
  const parts = expression.of.map(fraction);
  switch (expression.operation) {
    case 'ratio':
      return divided(parts[0]!, parts[1]!);
    case 'product':
      return parts.reduce((left, right) => ({
        over: times(left.over, right.over),
        ...underOf(product(left.under, right.under)),
      }));
    case 'sum':
      return parts.reduce((left, right) => added(left, right, sql`+`));
    case 'difference':
      return parts.reduce((left, right) => added(left, right, sql`-`));
    default:
      return expression.operation satisfies never;
  }
}

function divided(left: Fraction, right: Fraction): Fraction {
  const over = right.under ? times(left.over, right.under) : left.over;
  const divisor = sql`nullif(${right.over}, 0)`;
  return { over, under: left.under ? times(left.under, divisor) : divisor };
}

function added(left: Fraction, right: Fraction, sign: Sql): Fraction {
  const a = right.under ? times(left.over, right.under) : left.over;
  const b = left.under ? times(right.over, left.under) : right.over;
  return { over: sql`(${a}::numeric ${sign} ${b})`, ...underOf(product(left.under, right.under)) };
}

function product(left: Sql | undefined, right: Sql | undefined): Sql | undefined {
  return left && right ? times(left, right) : (left ?? right);
}

function underOf(under: Sql | undefined): { readonly under?: Sql } {
  return under ? { under } : {};
}

function times(left: Sql, right: Sql): Sql {
  return sql`(${left}::numeric * ${right})`;
}
