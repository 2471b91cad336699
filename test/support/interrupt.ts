import type { Engine, Session } from '../../src/database/engine.ts';

/** What ends work at the step asked for, as a kill would: nothing is cleaned up. */
export class Interruption extends Error {}

/**
 * The engine, whose exclusive sessions take no statement after the given number of committed steps (a transaction or
 * a statement that writes outside one), counted from 1. `afterStep` runs after each step.
 */
export function interrupted(engine: Engine, steps: number, afterStep = async () => {}): Engine {
  return {
    ...engine,
    exclusive: (work, onWait) =>
      engine.exclusive((session) => work(counting(session, steps, afterStep)), onWait),
  };
}

function counting(session: Session, steps: number, afterStep: () => Promise<void>): Session {
  let done = 0;
  let inside = false;
  const refuse = () => {
    if (done >= steps) throw new Interruption(`Ended after ${done} steps.`);
  };
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    refuse();
    const result = await work();
    if (!inside) {
      done += 1;
      await afterStep();
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
