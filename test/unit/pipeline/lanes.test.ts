import { describe, expect, it } from 'vitest';
import type { Engine, Session } from '../../../src/database/engine.ts';
import { Lanes } from '../../../src/pipeline/build/lanes.ts';
import { type Progress, quiet } from '../../../src/progress.ts';

/** A connection to a database that says yes to all, such as that the leader is there. */
const connection = (name: string) => ({ name, query: async () => [[true]] }) as unknown as Session;
const leader = connection('leader');
const other = connection('other');

/** An engine of one backend, or of several. */
function engine(kind: Engine['kind']): Engine {
  return { kind, session: <T>(work: (session: Session) => Promise<T>) => work(other) } as unknown as Engine;
}

function over<T>(kind: Engine['kind'], work: (lanes: Lanes) => Promise<T>, progress: Progress = quiet) {
  return Lanes.over(engine(kind), leader, progress, work);
}

/** Work that ends when it is told to. */
function open() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { ended, end };
}

describe('lanes', () => {
  it('write over the connection with the lock alone, and read over the other one meanwhile', async () => {
    const writing = open();
    const used = await over('postgres', async (lanes) => {
      const write = lanes.turn().write('Writing', async (session) => {
        await writing.ended;
        return session;
      });
      const read = await lanes.turn().read('Reading', async (session) => session);
      writing.end();
      return [await write, read];
    });
    expect(used).toEqual([leader, other]);
  });

  it('read over both', async () => {
    const [one, two] = [open(), open()];
    const used = await over('postgres', (lanes) =>
      Promise.all([
        lanes.turn().read('One', async (session) => {
          one.end();
          await two.ended;
          return session;
        }),
        lanes.turn().read('Two', async (session) => {
          two.end();
          await one.ended;
          return session;
        }),
      ]),
    );
    expect(new Set(used)).toEqual(new Set([leader, other]));
  });

  it('do all of one turn before the next where there is one connection', async () => {
    const done: string[] = [];
    await over('embedded', async (lanes) => {
      const table = async (name: string) => {
        const turn = lanes.turn();
        await turn.read(name, async () => done.push(`read ${name}`));
        await turn.write(name, async () => done.push(`write ${name}`));
      };
      await Promise.all(['a', 'b', 'c'].map(table));
    });
    expect(done).toEqual(['read a', 'write a', 'read b', 'write b', 'read c', 'write c']);
  });

  it('do with the connection that there is where the database lends no other one', async () => {
    const full = { kind: 'postgres', session: async () => Promise.reject(new Error('too many clients')) };
    const used = await Lanes.over(full as unknown as Engine, leader, quiet, (lanes) =>
      lanes.turn().read('Reading', async (session) => session),
    );
    expect(used).toBe(leader);
  });

  it('begin nothing after a failure, and wait for what is at work', async () => {
    const reading = open();
    const done: string[] = [];
    const result = over('postgres', async (lanes) => {
      const slow = lanes.turn().read('Slow', async () => {
        await reading.ended;
        done.push('slow');
      });
      const failing = lanes.turn().write('Failing', async () => {
        throw new Error('The disk is full.');
      });
      const waiting = lanes.turn().write('Waiting', async () => done.push('waiting'));
      await Promise.all([failing, slow, waiting]);
    }).catch((error: Error) => [error.message, ...done]);
    reading.end();
    expect(await result).toEqual(['The disk is full.', 'slow']);
  });

  it('tell of what the connection with the lock does, or else of what the other one does', async () => {
    const told: string[] = [];
    const progress = { ...quiet, phase: (label: string) => told.push(label) };
    const reading = open();
    await over(
      'postgres',
      async (lanes) => {
        const read = lanes.turn().read('Computing', () => reading.ended);
        await lanes.turn().write('Writing', async () => undefined);
        await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
        reading.end();
        await read;
      },
      progress,
    );
    expect(told).toEqual(['Writing', 'Computing']);
  });
});
