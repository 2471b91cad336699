import { ident, join, type Sql, sql } from '../../database/sql.ts';
import type { Catalog } from '../catalog.ts';
import type { Relation } from '../model/model.ts';
import type { Plan, WindowsPlan } from '../plan/plan.ts';
import { dimensionsIn } from '../resolve/where.ts';
import { yearsOf } from '../time/slots.ts';
import { type Grain, startOf } from '../time/time.ts';
import { dateOf, midnight } from '../time/wall.ts';
import type { Table } from './common-table.ts';
import { LENGTHS } from './key.ts';

/** A table for each set of windows, and those that tell their days or periods, by which rows are found. */
export function renderWindows(catalog: Catalog, plan: Plan): readonly Table[] {
  const branches = plan.levels.flatMap((level) => level.branches);
  const filtered = [plan.where, ...plan.filters].flatMap((each) => [...dimensionsIn(each)]);
  const filtersPeriods = filtered.some((name) => catalog.dimension(name).kind === 'time');
  return plan.windows.flatMap((each) => {
    const whole = ident(each.name);
    const read = branches.filter(({ windows }) => windows === each.name);
    const stepwise = read.filter(
      ({ fact, isLookup }) => !isLookup && catalog.fact(fact).holds !== 'snapshot',
    );
    const steps = new Set(stepwise.map(({ fact, relation }) => stepOf(catalog.relation(fact, relation))));
    const ends = read.every(({ isLookup }) => isLookup) && !filtersPeriods ? (['from'] as const) : ENDS;
    return [
      { name: whole, query: spans(each, ends) },
      ...[...steps].map((step) => ({
        name: steppedWindows(each.name, step),
        query: stepped(whole, step, plan),
      })),
    ];
  });
}

/** By what the rows of a relation are found in windows, which cut none of its periods. */
export function stepOf({ grain }: Relation): Grain {
  return grain === 'instant' || grain === 'ever' ? 'day' : grain;
}

/** The table of the periods in windows. */
export function steppedWindows(windows: string, step: Grain): Sql {
  return ident(`${windows}_${step}s`);
}

/** Of a window: the start of its period, by which filters are judged, and its own ends. */
const ENDS = ['start', 'from', 'to'] as const;

/** @param ends those that are read; rows that are looked up are found by the first day */
function spans({ keys, windows }: WindowsPlan, ends: readonly (typeof ENDS)[number][]): Sql {
  const labels = keys.map((_, index) => sql`${windows.map((each) => each.labels[index]!)}::date[]`);
  const times = ends.map((end) => sql`${windows.map((each) => each[end])}::timestamp[]`);
  const columns = [...keys.map((name) => ident(`key_${name}`)), ...ends.map((end) => ident(`${end}_at`))];
  return sql`select * from unnest(${join([...labels, ...times])}) as span(${join(columns)})`;
}

/** Within the years that the data lie in, so that a window of ages costs nothing. */
function stepped(windows: Sql, step: Grain, { extent, fiscalYearStart }: Plan): Sql {
  const { from, to } = extent ? yearsOf(extent) : { from: EPOCH, to: EPOCH };
  const first = midnight(startOf(step, dateOf(from), fiscalYearStart));
  return sql`select ${windows}.*, period::date as period
      from ${windows},
           generate_series(greatest(from_at::date::timestamp, ${first}::timestamp),
                           least(to_at, ${to}::timestamp) - interval '1 microsecond', ${LENGTHS[step]}) as period`;
}

/** Without data there is no day to read. */
const EPOCH = midnight('1970-01-01');
