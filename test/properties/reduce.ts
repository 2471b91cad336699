import type { EventRow } from '../oracle/data.ts';
import type { Case, World } from './cases.ts';
import { caseProblems } from './rules/selections.ts';

/** Asks a case that failed in a smaller form; tells whether it still fails in the same way. */
export type StillFails = (world: World, asked: Case) => Promise<boolean>;

const MOST_REQUESTS = 400;
const MOST_LOADS = 40;

/** A smaller case, of fewer events, that fails in the same way: whatever could be left out is. */
export async function reduced(
  world: World,
  asked: Case,
  check: StillFails,
): Promise<{ world: World; asked: Case }> {
  // What has lost a part that nobody can do without fails in its own way.
  const stillFails: StillFails = (...smaller) => check(...smaller).catch(() => false);
  const first = await smallerCase(world, asked, stillFails);
  const fewer = await fewerEvents(world, first, stillFails);
  return { world: fewer, asked: await smallerCase(fewer, first, stillFails) };
}

async function smallerCase(world: World, asked: Case, stillFails: StillFails): Promise<Case> {
  let smallest = asked;
  let left = MOST_REQUESTS;
  for (let isSmaller = true; isSmaller; ) {
    isSmaller = false;
    for (const candidate of withoutOnePart(smallest)) {
      if (!isValid(world, candidate as Case)) continue;
      if (left-- === 0) return smallest;
      if (!(await stillFails(world, candidate as Case))) continue;
      smallest = candidate as Case;
      isSmaller = true;
      break;
    }
  }
  return smallest;
}

/** A case that misses what every case has is no case, and not valid either. */
function isValid(world: World, asked: Case): boolean {
  try {
    return caseProblems(world, asked).length === 0;
  } catch {
    return false;
  }
}

/** A value without one of its properties or elements, the outermost first. */
export function* withoutOnePart(value: unknown): Generator<unknown> {
  for (const [, rebuilt] of partsOf(value)) yield rebuilt(undefined);
  for (const [part, rebuilt] of partsOf(value)) {
    for (const smaller of withoutOnePart(part)) yield rebuilt(smaller);
  }
}

type Rebuilt = (smaller: unknown) => unknown;

/** Each part of a value, with what makes the value again with another in its place; undefined leaves it out. */
function partsOf(value: unknown): readonly (readonly [part: unknown, rebuilt: Rebuilt])[] {
  if (Array.isArray(value))
    return value.map((part, index) => [
      part,
      (smaller) =>
        value.flatMap((each, at) => (at !== index ? [each] : smaller === undefined ? [] : [smaller])),
    ]);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([name, part]) => [
    part,
    (smaller) => {
      const { [name]: _left, ...rest } = value as Record<string, unknown>;
      return smaller === undefined ? rest : { ...value, [name]: smaller };
    },
  ]);
}

/** Leaves out ever smaller runs of events. */
async function fewerEvents(world: World, asked: Case, stillFails: StillFails): Promise<World> {
  let events: readonly EventRow[] = world.data.events;
  let left = MOST_LOADS;
  const withEvents = (some: readonly EventRow[]): World => ({
    ...world,
    data: { ...world.data, events: some },
  });
  for (
    let length = Math.ceil(events.length / 2);
    length >= 1;
    length = length === 1 ? 0 : Math.ceil(length / 2)
  ) {
    for (let from = 0; from < events.length && events.length > 1 && left > 0; ) {
      const fewer = [...events.slice(0, from), ...events.slice(from + length)];
      left--;
      if (fewer.length > 0 && (await stillFails(withEvents(fewer), asked))) events = fewer;
      else from += length;
    }
  }
  return withEvents(events);
}
