import { ident, join, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../model/catalog.ts';
import type { Plan, WindowsPlan } from '../plan/plan.ts';
import { yearsOf } from '../time/slots.ts';
import { midnight } from '../time/wall.ts';
import type { Table } from './common-table.ts';

/** A table for each set of windows, and one that tells their days where rows are found by their day. */
export function renderWindows(catalog: Catalog, plan: Plan): readonly Table[] {
  const byDay = new Set(
    plan.levels
      .flatMap(({ branches }) => branches)
      .filter(({ fact }) => catalog.fact(fact).holds !== 'snapshot')
      .map(({ windows }) => windows),
  );
  return plan.windows.flatMap((each) => {
    const whole = { name: ident(each.name), query: spans(each) };
    return byDay.has(each.name)
      ? [whole, { name: ident(`${each.name}_days`), query: days(whole.name, plan) }]
      : [whole];
  });
}

function spans({ keys, windows }: WindowsPlan): Sql {
  const labels = keys.map((_, index) => sql`${windows.map((each) => each.labels[index]!)}::date[]`);
  const times = (['start', 'from', 'to'] as const).map(
    (end) => sql`${windows.map((each) => each[end])}::timestamp[]`,
  );
  const columns = [
    ...keys.map((name) => ident(`key_${name}`)),
    ident('start_at'),
    ident('from_at'),
    ident('to_at'),
  ];
  return sql`select * from unnest(${join([...labels, ...times])}) as span(${join(columns)})`;
}

/** Within the years that the data lie in, so that a window of ages costs nothing. */
function days(windows: Sql, { extent }: Plan): Sql {
  const { from, to } = extent ? yearsOf(extent) : { from: EPOCH, to: EPOCH };
  return sql`select ${windows}.*, day::date as day
      from ${windows},
           generate_series(greatest(from_at::date::timestamp, ${from}::timestamp),
                           least(to_at, ${to}::timestamp) - interval '1 microsecond', interval '1 day') as day`;
}

/** Without data there is no day to read. */
const EPOCH = midnight('1970-01-01');
