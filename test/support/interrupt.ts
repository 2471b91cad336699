import type { Engine, Session } from '../../src/database/engine.ts';

/** What ends work at the step asked for, as a kill would: nothing is cleaned up. */
export class Interruption extends Error {}

/**
 * The engine, whose exclusive sessions, and others that it lends meanwhile, take no statement after the given number of
 * committed steps (a transaction or a statement that writes outside one) together, counted from 1. `afterStep` runs
 * after each step.
 */
export function interrupted(engine: Engine, steps: number, afterStep = async () => {}): Engine {
  const count = { done: 0, steps, afterStep };
  return {
    ...engine,
    exclusive: (work, onWait) => engine.exclusive((session) => work(counting(session, count)), onWait),
    session: (work) => engine.session((session) => work(counting(session, count))),
  };
}

interface Count {
  done: number;
  readonly steps: number;
  readonly afterStep: () => Promise<void>;
}

function counting(session: Session, count: Count): Session {
  let inside = false;
  const refuse = () => {
    if (count.done >= count.steps) throw new Interruption(`Ended after ${count.done} steps.`);
  };
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    refuse();
    const result = await work();
    if (!inside) {
      count.done += 1;
      await count.afterStep();
      refuse();
    }
    return result;
  };
  return {
    ...session,
    query: async (statement) => {
      refuse();
      return session.query(statement);
    },
    execute: (statement) => step(() => session.execute(statement)),
    script: (text) => step(() => session.script(text)),
    transaction: async (work) => {
      refuse();
      inside = true;
      const result = await session.transaction(work).finally(() => {
        inside = false;
      });
      return step(async () => result);
    },
  };
}
