import { groupsOf } from '../../oracle/groups.ts';
import { isPeriod } from '../../oracle/keys.ts';
import { isMadeOf, UNITS } from '../../oracle/periods.ts';
import { questionOf } from '../../oracle/question.ts';
import type { Request } from '../../oracle/request.ts';
import { factsOf, named } from '../../oracle/slice.ts';
import type { World } from '../cases.ts';
import type { Choices } from './choices.ts';
import { enumOf, type Family, groupedFields } from './dimensions.ts';
import { rangeOf, timeZoneOf } from './time.ts';
import { type Aim, whereOf } from './where.ts';
import { comparisonsOf, rollingOf } from './windows.ts';

/** An answer with more rows shows nothing that a smaller one does not. */
const MOST_ROWS = 400;

/** What decides the rows of an answer before `having`, and what other filters of it may name. */
export function baseOf(choices: Choices, world: World, family: Family): { request: Request; aim: Aim } {
  const wanted = { compare: choices.chance(0.4), rolling: choices.chance(0.35), fill: choices.chance(0.3) };
  const fields = groupedOf(choices, family, Object.values(wanted).includes(true));
  const unit = UNITS.find((each) => fields.includes(each));
  const timeZone = timeZoneOf(choices, world, family);
  const calendar = { fiscalStart: world.fiscalStart, ...(timeZone !== undefined && { timeZone }) };
  const anchor = choices.one(factsOf(world.data, calendar));
  const mustTell = wanted.compare || wanted.rolling || family.isSnapshot;
  const aim: Aim = { world, calendar, anchor, dimensions: filterable(family, fields, mustTell) };
  const hasRange = choices.chance(0.45) || (wanted.compare && unit === undefined);
  const request: Request = {
    groupBy: fields.map(enumOf),
    ...(timeZone !== undefined && { timeZone }),
    ...(hasRange && { timeRange: rangeOf(choices, world, calendar, family, anchor) }),
    ...(choices.chance(0.55) && aim.dimensions.length > 0 && { where: whereOf(choices, aim) }),
    ...(wanted.compare && { compare: comparisonsOf(choices, unit, family.wholeMonths) }),
    ...(wanted.rolling && unit !== undefined && { rolling: rollingOf(choices, unit) }),
    ...(wanted.fill && unit !== undefined && { fill: true }),
  };
  return { request: withinSize(world, withMembers(choices, fields, request)), aim };
}

/** Periods that are not made of the finest are left out where something goes through the periods. */
function groupedOf(choices: Choices, family: Family, goesThrough: boolean): readonly string[] {
  const fields = groupedFields(choices, family);
  const finest = UNITS.find((each) => fields.includes(each));
  return fields.filter((name) => !goesThrough || !isPeriod(name) || isMadeOf(name, finest!));
}

function filterable(family: Family, fields: readonly string[], mustTell: boolean): readonly string[] {
  const periods = fields.filter(isPeriod);
  const isTold = (name: string) => !isPeriod(name) || periods.some((fine) => isMadeOf(name, fine));
  return family.dimensions.filter((name) => !mustTell || isTold(name));
}

/** Members are added unless the filter is on a period that overlapping ones may or may not tell. */
function withMembers(choices: Choices, fields: readonly string[], request: Request): Request {
  const hasEntity = fields.includes('firm') || fields.includes('user');
  const finest = UNITS.find((each) => fields.includes(each));
  const overlap = fields.filter(isPeriod).some((grain) => !isMadeOf(grain, finest!));
  const isUnclear = overlap && named(request.where).some((name) => isPeriod(name) && !fields.includes(name));
  return hasEntity && !isUnclear && choices.chance(0.5) ? { ...request, emptyGroups: true } : request;
}

function withinSize(world: World, request: Request): Request {
  const isSmall = ({ ...some }: Request) =>
    groupsOf(questionOf(world.data, some, world.fiscalStart)).length <= MOST_ROWS;
  const { fill, ...unfilled } = request;
  const { emptyGroups, ...plain } = unfilled;
  return [request, unfilled, plain].find(isSmall) ?? plain;
}
