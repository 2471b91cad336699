import { type BaseRows, collected, firmsOf } from './base-rows.ts';
import { type Periods, withCoarser } from './calendar.ts';
import type { Keys } from './keys.ts';
import { movementsOf } from './movements.ts';
import { otherKeys, periodKeys, type Question } from './question.ts';
import { type Fact, isIn, known } from './slice.ts';
import { judge, type Where } from './where.ts';
import type { Windows } from './windows.ts';

/**
 * The base rows of some keys in some time: those that pass `where` and agree in the keys that are not periods.
 * A condition on a period is about the row's period wherever that tells it.
 */
export function baseRowsIn(question: Question, keys: Keys, windows: Windows, and?: Where): BaseRows {
  const { data, calendar, request } = question;
  const periods = withCoarser(calendar, periodKeys(keys));
  const others = otherKeys(keys);
  const belongs = (row: { readonly keys: Keys }) =>
    agrees(row, others) && passesAt(request.where, periods, row) && passesAt(and, periods, row);
  const eventsIn = (span: Windows['events']) => (): readonly Fact[] =>
    question.facts.filter((fact) => isIn(span, fact.at) && belongs(fact));
  const { events, whole } = windows;
  return collected({
    events: eventsIn(events),
    monthEvents: eventsIn(whole),
    movements: () => movementsOf(data, calendar).filter((each) => isIn(whole, each.at) && belongs(each)),
    firms: () =>
      firmsOf(data).filter(
        (each) => (whole.to === undefined || each.firm.created < whole.to) && belongs(each),
      ),
  });
}

function agrees(row: { readonly keys: Keys }, keys: Keys): boolean {
  return Object.entries(keys).every(([name, key]) => known(row.keys, name) === key);
}

/** Whether a condition holds of a base row that is read for a row of some periods. */
export function passesAt(where: Where | undefined, periods: Periods, row: { readonly keys: Keys }): boolean {
  const keyOf = (name: string) => (periods as Keys)[name] ?? known(row.keys, name);
  return where === undefined || judge(where, keyOf) === true;
}
