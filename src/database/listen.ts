import pg from 'pg';

/** Waits between attempts to connect again: doubled from the first to the last. */
const FIRST_WAIT_MS = 100;
const LAST_WAIT_MS = 10_000;

/**
 * Calls `onNotify` with the payload of each NOTIFY on the channel. A connection that drops is replaced;
 * what is sent in between is missed.
 * @returns a function that stops
 * @throws when the first connection fails
 */
export async function listenOver(
  connect: () => Promise<pg.Client>,
  channel: string,
  onNotify: (payload: string) => void,
): Promise<() => Promise<void>> {
  const listener = new Listener(connect, channel, onNotify);
  await listener.start();
  return () => listener.stop();
}

class Listener {
  private client: pg.Client | undefined;
  private starting: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private waitMs = FIRST_WAIT_MS;
  private stopped = false;

  constructor(
    private readonly connect: () => Promise<pg.Client>,
    private readonly channel: string,
    private readonly onNotify: (payload: string) => void,
  ) {}

  start(): Promise<void> {
    this.starting = this.open();
    return this.starting;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.starting?.catch(() => undefined);
    await this.client?.end();
  }

  private async open(): Promise<void> {
    const client = await this.connect();
    try {
      client.on('notification', ({ payload }) => this.onNotify(payload ?? ''));
      await client.query(`listen ${pg.escapeIdentifier(this.channel)}`);
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    this.waitMs = FIRST_WAIT_MS;
    client.once('end', () => this.again());
  }

  private again(): void {
    this.client = undefined;
    if (this.stopped) return;
    this.timer = setTimeout(() => void this.start().catch(() => this.again()), this.waitMs);
    this.timer.unref();
    this.waitMs = Math.min(2 * this.waitMs, LAST_WAIT_MS);
  }
}
