import { type ClassType, Int } from 'type-graphql';
import { PeriodUnit } from '../enums.ts';
import { InputShape } from '../generated/input-shape.ts';
import { TimePointScalar } from '../scalars.ts';

const BETWEEN = new InputShape(
  'TimeRangeBetween',
  'A half-open range: `from` is included, `to` is not. With a `timeZone`, times on its clocks, without offset.',
)
  .required('from', () => TimePointScalar)
  .required('to', () => TimePointScalar, { description: 'Excluded.' });

const LAST = new InputShape('TimeRangeLast', 'The last periods up to the as-of of the data.')
  .required('count', () => Int)
  .required('unit', () => PeriodUnit)
  .required('completeOnly', () => Boolean, {
    defaultValue: false,
    description: 'Leaves out the period that as-of lies in, unless it is over.',
  });

const TIME_RANGE = new InputShape('TimeRange', 'Which time is asked for: one of the two.', 'oneOf')
  .optional('between', () => BETWEEN.target)
  .optional('last', () => LAST.target);

/** Which time is asked for. */
export const TimeRangeInput: ClassType = TIME_RANGE.target;
