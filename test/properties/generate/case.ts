import type fc from 'fast-check';
import { groupsOf } from '../../oracle/groups.ts';
import { questionOf } from '../../oracle/question.ts';
import type { Request } from '../../oracle/request.ts';
import { rowOf } from '../../oracle/row.ts';
import type { Case, World } from '../cases.ts';
import { caseProblems } from '../rules/selections.ts';
import { baseOf } from './base.ts';
import { type Choices, chosen } from './choices.ts';
import { customOf } from './custom.ts';
import { FAMILIES } from './dimensions.ts';
import { havingOf } from './having.ts';
import { orderOf } from './order.ts';
import { otherSelection, selectionOf } from './selection.ts';

const TRIES = 100;

/** Valid requests of every feature and their mixes, with what to select of them. */
export function casesOf(world: World): fc.Arbitrary<Case> {
  return chosen((choices) => {
    for (let tries = 1; ; tries++) {
      const made = caseOf(choices, world);
      const problems = caseProblems(world, made);
      if (problems.length === 0) return made;
      if (tries === TRIES) throw new Error(`${JSON.stringify(made)}: ${problems.join('; ')}`);
    }
  });
}

function caseOf(choices: Choices, world: World): Case {
  const { request: base, aim } = baseOf(choices, world, choices.one(FAMILIES));
  const limited = choices.chance(0.35) ? withLimit(choices, base) : base;
  const made = choices.chance(0.4) ? { ...limited, custom: customOf(choices, aim, limited) } : limited;
  const filtered = choices.chance(0.3) ? withHaving(choices, world, made) : made;
  const request = choices.chance(0.55)
    ? { ...filtered, orderBy: orderOf(choices, world, filtered) }
    : filtered;
  return {
    request,
    selected: selectionOf(choices, world, request),
    other: otherSelection(choices, world, request),
    first: choices.whole(1, 7),
    by: choices.whole(0, 15),
  };
}

function withLimit(choices: Choices, request: Request): Request {
  const per = choices.some(request.groupBy, 0, 2);
  return { ...request, limitBy: { n: choices.whole(1, 3), per, other: choices.chance(0.65) } };
}

/** Conditions near the numbers of one of the rows. */
function withHaving(choices: Choices, world: World, request: Request): Request {
  const question = questionOf(world.data, request, world.fiscalStart);
  const groups = groupsOf(question);
  if (groups.length === 0) return request;
  const { keys, kind } = choices.one(groups);
  return {
    ...request,
    having: havingOf(choices, world, request, rowOf(question, { keys, kind, groups: [keys] })),
  };
}
