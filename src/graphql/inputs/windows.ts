import { Int } from 'type-graphql';
import { ComparedPeriod, PeriodUnit } from '../enums.ts';
import { InputShape } from '../generated/input-shape.ts';

const SHIFT = new InputShape('PeriodShift', 'So much time back.')
  .required('count', () => Int, { description: 'From 1 to 10000.' })
  .required('unit', () => PeriodUnit);

/** A comparison of each row with an earlier period. */
export const COMPARISON = new InputShape(
  'Comparison',
  'Compares each row with an earlier period: that of `to` or of `shift`; with neither, the period before.',
)
  .required('key', () => String, { description: 'What `comparison(key:)`, orderBy and having call it.' })
  .optional('to', () => ComparedPeriod)
  .optional('shift', () => SHIFT.target, {
    description: 'Months keep their day, or end with a shorter month; weeks are shifted by whole weeks.',
  })
  .required('toDate', () => Boolean, {
    defaultValue: true,
    description:
      'Whether a period that as-of lies in is compared with the same part of the earlier one. Metrics that need whole periods compare those.',
  });

/** A window of time that ends with each row's period. */
export const ROLLING = new InputShape(
  'Rolling',
  "Every metric over a window that ends with the row's period: exactly one of `trailing` and `toDate`.",
)
  .required('key', () => String, { description: 'What `rolling(key:)` calls it.' })
  .optional('trailing', () => Int, {
    description: 'Number of periods of the finest grouped grain, this one included; from 1 to 10000.',
  })
  .optional('toDate', () => PeriodUnit, { description: 'From the start of the period of this unit.' });
