import type { Dimension } from '../query/define.ts';
import { eventAttributes } from './dimensions/event.ts';
import { firmAttributes, firmDimension } from './dimensions/firm.ts';
import { periods } from './dimensions/periods.ts';
import { titleDimension, userAttributes, userDimension } from './dimensions/user.ts';
import { engagementLevelDimension, userMonthAttributes } from './dimensions/user-month.ts';

/** For types of the model's own fields. */
export { engagementLevelDimension, titleDimension };

export const dimensions: readonly Dimension[] = [
  ...periods,
  firmDimension,
  ...firmAttributes,
  userDimension,
  ...userAttributes,
  ...eventAttributes,
  ...userMonthAttributes,
];

/** The dimension of a name that is in the list. */
export function dimensionNamed(name: string): Dimension {
  return dimensions.find((each) => each.name === name)!;
}
