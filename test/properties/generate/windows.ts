import { isMadeOf, UNITS, type Unit } from '../../oracle/periods.ts';
import type { Comparison, Rolling } from '../../oracle/request.ts';
import type { Choices } from './choices.ts';

/** One or two comparisons that rows of a unit can have; of a range without one. */
export function comparisonsOf(
  choices: Choices,
  unit: Unit | undefined,
  wholeMonths: boolean,
): readonly Comparison[] {
  return Array.from({ length: choices.chance(0.3) ? 2 : 1 }, (_, index): Comparison => {
    const toDate = choices.chance(0.35) ? { toDate: choices.chance(0.3) } : {};
    return { key: `before${index + 1}`, ...comparedPeriod(choices, unit, wholeMonths), ...toDate };
  });
}

function comparedPeriod(
  choices: Choices,
  unit: Unit | undefined,
  wholeMonths: boolean,
): Omit<Comparison, 'key'> {
  const forms: readonly (() => Omit<Comparison, 'key'>)[] = [
    () => ({}),
    () => ({ to: 'PREVIOUS_PERIOD' }),
    () => ({ to: 'YEAR_BEFORE' }),
    () => ({ to: 'YEAR_BEFORE' }),
    () => ({ shift: choices.one(shiftsOf(unit, wholeMonths)) }),
    () => ({ shift: choices.one(shiftsOf(unit, wholeMonths)) }),
  ];
  return choices.one(forms)();
}

type Shift = NonNullable<Comparison['shift']>;

const counts = (unit: string, ...of: number[]): Shift[] => of.map((count) => ({ count, unit }));
const MONTHS = counts('MONTH', 1, 2, 3, 5, 12);
const QUARTERS = counts('QUARTER', 1, 2, 4);
const YEARS = counts('YEAR', 1, 2);
const DAYS = counts('DAY', 1, 2, 7, 30, 365);
const WEEKS = counts('WEEK', 1, 2, 4, 52);

/** Shifts that take a period of a unit to another one. */
function shiftsOf(unit: Unit | undefined, wholeMonths: boolean): readonly Shift[] {
  switch (unit) {
    case undefined:
      return wholeMonths
        ? [...MONTHS, ...QUARTERS, ...YEARS]
        : [...DAYS, ...WEEKS, ...MONTHS, ...QUARTERS, ...YEARS];
    case 'day':
      return [...DAYS, ...WEEKS, ...MONTHS, ...QUARTERS, ...YEARS];
    case 'week':
      return [...counts('DAY', 7, 14, 28), ...WEEKS, ...YEARS];
    case 'month':
      return [...MONTHS, ...QUARTERS, ...YEARS];
    case 'quarter':
      return [...counts('MONTH', 3, 6, 12), ...QUARTERS, ...YEARS];
    case 'year':
      return [...counts('MONTH', 12, 24), ...counts('QUARTER', 4), ...YEARS];
  }
}

export function rollingOf(choices: Choices, unit: Unit): readonly Rolling[] {
  return Array.from({ length: choices.chance(0.3) ? 2 : 1 }, (_, index): Rolling => {
    const key = `window${index + 1}`;
    if (choices.chance(0.5)) return { key, trailing: choices.whole(1, choices.chance(0.2) ? 40 : 4) };
    const made = UNITS.filter((each) => isMadeOf(each, unit));
    return { key, toDate: choices.one(made).toUpperCase() };
  });
}
