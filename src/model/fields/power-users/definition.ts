import { Field, Float, InputType, Int, registerEnumType } from 'type-graphql';
import { enumOf, NUMBER_FILTER } from '../../../graphql/define.ts';
import type { EnumDimension, NumberFilter } from '../../../query/define.ts';
import { dimensionNamed, engagementLevelDimension } from '../../dimensions.ts';
import { NUMBERS, type NumberName } from './numbers.ts';
import { type DefinitionName, type LevelMonths, NAMED } from './rules.ts';

export const EventType = enumOf(dimensionNamed('event_type') as EnumDimension);

export const PowerUserDefinitionName = Object.fromEntries(Object.keys(NAMED).map((name) => [name, name]));
registerEnumType(PowerUserDefinitionName, {
  name: 'PowerUserDefinitionName',
  description: 'Definitions of a power user that go by a name.',
  valuesConfig: Object.fromEntries(
    Object.entries(NAMED).map(([name, { description }]) => [name, { description }]),
  ),
});

@InputType({ description: 'At least so many of the last months, counting the month itself.' })
export class MonthsOfLast implements LevelMonths {
  @Field(() => Int, { description: 'The least number of months.' })
  atLeast!: number;

  @Field(() => Int, { description: 'Of how many months up to the month itself; from 1 to 24.' })
  ofLast!: number;
}

@InputType({ description: 'Conditions on the numbers of a user-month; every one given must hold.' })
export class UserMonthConditions implements Partial<Record<NumberName, NumberFilter>> {}
for (const [name, { description }] of Object.entries(NUMBERS)) {
  Field(() => NUMBER_FILTER.target, { nullable: true, description })(UserMonthConditions.prototype, name);
}

@InputType({
  description:
    'When a user-month makes a power user: every rule must hold, and the user must have been active in the month. A rule that is left out is that of the named definition. Ranks and levels are of the whole platform: among the n users active in a month, a percent rank is the share of the n − 1 others who are strictly below. So users who tie have one rank and level: where all tie, all are at 0 and LOW. A user alone in a month is at 0 and LOW too, and no power user by the usual definition; of two who do not tie, one is at 1 and HIGH.',
})
export class PowerUserDefinition {
  @Field(() => PowerUserDefinitionName, {
    defaultValue: 'USUAL' satisfies DefinitionName,
    description: 'The definition that a rule which is left out is taken from.',
  })
  named!: DefinitionName;

  @Field(() => enumOf(engagementLevelDimension), {
    nullable: true,
    description:
      'The least engagement level of the month. With it or minPercentRank given, neither is taken from the named definition.',
  })
  minLevel?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'The least percent rank of the engagement score in the month, from 0 to 1: 0.8 is the level HIGH; for 0.9 nine tenths of the others are below. Compared exactly, as a fraction: two thirds do not reach 0.6667. With minLevel, both must hold.',
  })
  minPercentRank?: number | null;

  @Field(() => MonthsOfLast, {
    nullable: true,
    description:
      'Instead of in the month itself: the level or percent rank in at least x of the last y months, the month itself counting as one of the y. Months without activity do not reach it. The other rules are of the month itself.',
  })
  levelMonths?: MonthsOfLast | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Months in a row with activity, up to and with the month itself, from 1 to 24; 1 asks for none before it.',
  })
  consecutiveMonths?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The least number of event types used in the month, 1 to 3.',
  })
  minInteractionTypes?: number | null;

  @Field(() => [EventType], {
    nullable: true,
    description: 'Event types that must all have been used in the month; at least one.',
  })
  interactionTypes?: readonly string[] | null;

  @Field(() => UserMonthConditions, {
    nullable: true,
    description: 'What the numbers of the month must be as well.',
  })
  userMonth?: UserMonthConditions | null;
}
