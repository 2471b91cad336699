import type { Engine } from './engine.ts';
import { readServedVersion, type ServedVersion, VERSION_CHANNEL } from './version.ts';

/** The pointer cannot be read, so no answer could name its version. */
export class VersionUnavailableError extends Error {
  override readonly name = 'VersionUnavailableError';

  constructor(cause: unknown) {
    super('The data version cannot be read from the database at the moment.', { cause });
  }
}

export interface WatcherOptions {
  /** How often the pointer is read in case a notification was missed. */
  readonly pollMs: number;
}

/** Knows the served version: told by NOTIFY, with a poll as backstop. */
export class VersionWatcher {
  private served: ServedVersion | undefined;
  /** Wall clock before the last successful read began. */
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<ServedVersion> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopListening: (() => Promise<void>) | undefined;

  private constructor(
    private readonly engine: Engine,
    private readonly pollMs: number,
  ) {}

  static async open(engine: Engine, { pollMs }: WatcherOptions = { pollMs: 5_000 }): Promise<VersionWatcher> {
    const watcher = new VersionWatcher(engine, pollMs);
    watcher.stopListening = await engine.listen(
      VERSION_CHANNEL,
      () => void watcher.refresh().catch(() => undefined),
    );
    watcher.timer = setInterval(() => void watcher.refresh().catch(() => undefined), pollMs);
    watcher.timer.unref();
    await watcher.refresh();
    return watcher;
  }

  /**
   * The served version, read within the last `maxAgeMs` of wall-clock time.
   * @throws VersionUnavailableError
   */
  async current(maxAgeMs: number = 3 * this.pollMs): Promise<ServedVersion> {
    if (this.served && Date.now() - this.readAt <= maxAgeMs) return this.served;
    return this.refresh();
  }

  /**
   * Reads the pointer now.
   * @throws VersionUnavailableError
   */
  async refresh(): Promise<ServedVersion> {
    // A read that is under way may have begun before what the caller wants to see.
    await this.reading?.catch(() => undefined);
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.stopListening?.();
    await this.reading?.catch(() => undefined);
  }

  private async read(): Promise<ServedVersion> {
    const begun = Date.now();
    try {
      this.served = await readServedVersion(this.engine);
    } catch (error) {
      throw new VersionUnavailableError(error);
    }
    this.readAt = begun;
    return this.served;
  }
}
