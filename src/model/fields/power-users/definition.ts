import { Field, InputType, Int } from 'type-graphql';
import { enumOf } from '../../../graphql/define.ts';
import type { Problems } from '../../../query/define.ts';
import { engagementLevelDimension } from '../../dimensions.ts';

@InputType({ description: 'At least so many of the last months, counting the month itself.' })
export class MonthsOfLast {
  @Field(() => Int, { description: 'The least number of months at the level.' })
  atLeast!: number;

  @Field(() => Int, { description: 'Of how many months up to the month itself; from 1 to 24.' })
  ofLast!: number;
}

@InputType({ description: 'When a user-month makes a power user. Without any of it: the usual definition.' })
export class PowerUserDefinition {
  @Field(() => enumOf(engagementLevelDimension), {
    defaultValue: 'HIGH',
    description: 'The least engagement level of the month.',
  })
  minLevel!: string;

  @Field(() => Int, {
    defaultValue: 2,
    description: 'Months in a row with activity, up to and with the month itself; 1 asks for none before it.',
  })
  consecutiveMonths!: number;

  @Field(() => Int, {
    defaultValue: 2,
    description: 'The least number of event types used in the month, 1 to 3.',
  })
  minInteractionTypes!: number;

  @Field(() => MonthsOfLast, {
    nullable: true,
    description: 'Instead of the level of the month alone: the level in at least x of the last y months.',
  })
  levelMonths?: MonthsOfLast | null;
}

/** High in the month, active in the month before, at least two of the three event types. */
export const USUAL: PowerUserDefinition = { minLevel: 'HIGH', consecutiveMonths: 2, minInteractionTypes: 2 };

/** Adds what is impossible about a definition. */
export function checkDefinition(
  { consecutiveMonths, minInteractionTypes, levelMonths }: PowerUserDefinition,
  path: readonly (string | number)[],
  problems: Problems,
): void {
  const within = (name: string, value: number, least: number, most: number) => {
    if (value < least || value > most) {
      problems.add('NUMBER_OUT_OF_RANGE', { name, value, least, most }, [...path, ...name.split('.')]);
    }
  };
  within('consecutiveMonths', consecutiveMonths, 1, 24);
  within('minInteractionTypes', minInteractionTypes, 1, 3);
  if (!levelMonths) return;
  within('levelMonths.ofLast', levelMonths.ofLast, 1, 24);
  within('levelMonths.atLeast', levelMonths.atLeast, 1, Math.max(1, levelMonths.ofLast));
}
