import type { Engine, Session } from '../../database/engine.ts';
import type { Progress } from '../../progress.ts';
import { holdWorking } from './working.ts';

/** What one table asks of the lanes: one piece of work after the other. */
export interface Turn {
  /** Reads, and makes working tables, over any lane. */
  read<T>(label: string, work: (session: Session) => Promise<T>): Promise<T>;
  /** Writes what versions have, over the connection that holds the write lock. */
  write<T>(label: string, work: (session: Session, progress: Progress) => Promise<T>): Promise<T>;
}

interface Piece {
  readonly turn: number;
  readonly label: string;
  readonly isWrite: boolean;
  run(session: Session): Promise<void>;
  giveUp(error: unknown): void;
}

/**
 * The connections of a build. The leader holds the write lock and alone writes what versions have. Another one beside
 * it reads and makes working tables at the same time, so that a second core has something to do. When the leader is
 * lost, the other one may still be at that: the next build waits for it before it works itself.
 */
export class Lanes {
  readonly #leader: Session;
  readonly #free: Set<Session>;
  readonly #progress: Progress;
  readonly #running = new Map<Session, Piece & { readonly done: Promise<void> }>();
  #waiting: Piece[] = [];
  #turns = 0;
  #shown: string | undefined;
  #failure: { readonly error: unknown } | undefined;

  private constructor(leader: Session, progress: Progress, other?: Session) {
    this.#leader = leader;
    this.#free = new Set([...(other ? [other] : []), leader]);
    this.#progress = progress;
  }

  /** Calls `work` with the leader and, where the engine has more than one backend and room for it, another connection. */
  static async over<T>(
    engine: Engine,
    leader: Session,
    progress: Progress,
    work: (lanes: Lanes) => Promise<T>,
  ): Promise<T> {
    const withLanes = async (lanes: Lanes) => {
      try {
        return await work(lanes);
      } finally {
        await lanes.#end();
      }
    };
    if (engine.kind === 'embedded') return withLanes(new Lanes(leader, progress));
    let isLent = false;
    try {
      return await engine.session(async (other) => {
        isLent = true;
        await holdWorking(other);
        return withLanes(new Lanes(leader, progress, other));
      });
    } catch (error) {
      if (isLent) throw error;
      // The database lends no more connections: a build does with one as well.
      return withLanes(new Lanes(leader, progress));
    }
  }

  /** One that begins after those that were asked for before, where not all can be at work. */
  turn(): Turn {
    const turn = this.#turns++;
    return {
      read: (label, work) => this.#ask({ turn, label, isWrite: false }, work),
      write: (label, work) =>
        this.#ask({ turn, label, isWrite: true }, (session) => work(session, this.#progress)),
    };
  }

  #ask<T>(
    piece: Pick<Piece, 'turn' | 'label' | 'isWrite'>,
    work: (session: Session) => Promise<T>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure.error);
      const run = async (session: Session) => resolve(await work(session));
      this.#waiting.push({ ...piece, run, giveUp: reject });
      this.#startSoon();
    });
  }

  /** Once whoever waited for a piece has asked for the one after it: its turn may be the first. */
  #startSoon(): void {
    setImmediate(() => this.#start());
  }

  #start(): void {
    for (const piece of this.#waiting.toSorted((a, b) => a.turn - b.turn)) {
      const session = this.#laneFor(piece);
      if (session) this.#begin(piece, session);
    }
    const shown = this.#running.get(this.#leader) ?? [...this.#running.values()][0];
    if (shown && shown.label !== this.#shown) this.#progress.phase(shown.label);
    this.#shown = shown?.label;
  }

  #laneFor({ isWrite }: Piece): Session | undefined {
    if (isWrite) return this.#free.has(this.#leader) ? this.#leader : undefined;
    return [...this.#free].find((session) => session !== this.#leader) ?? [...this.#free][0];
  }

  #begin(piece: Piece, session: Session): void {
    this.#waiting.splice(this.#waiting.indexOf(piece), 1);
    this.#free.delete(session);
    const done = piece.run(session).catch((error) => {
      piece.giveUp(error);
      this.#giveUp(error);
    });
    const end = done.then(() => {
      this.#running.delete(session);
      this.#free.add(session);
      this.#startSoon();
    });
    this.#running.set(session, { ...piece, done: end });
  }

  #giveUp(error: unknown): void {
    this.#failure ??= { error };
    for (const piece of this.#waiting.splice(0)) piece.giveUp(this.#failure.error);
  }

  /** Waits for what is at work: its connection is about to be given back. */
  async #end(): Promise<void> {
    this.#giveUp(new Error('The build has ended.'));
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }
}
