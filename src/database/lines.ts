import pg from 'pg';

/** Connections on which statements follow each other without waiting for the answers to those before. */
export class Lines {
  private readonly all: readonly Line[];

  constructor(settings: pg.ClientConfig, count: number) {
    this.all = Array.from({ length: count }, () => new Line(settings));
  }

  /** Calls `work` with the connection on which the fewest statements wait. */
  async use<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const line = this.all.reduce((least, each) => (each.waiting < least.waiting ? each : least));
    line.waiting += 1;
    try {
      return await work(await line.client());
    } finally {
      line.waiting -= 1;
    }
  }

  async end(): Promise<void> {
    await Promise.all(this.all.map((line) => line.end()));
  }
}

/** A connection, made when it is first used and anew after it has ended. */
class Line {
  /** How many statements are on their way. */
  waiting = 0;
  private connected: Promise<pg.Client> | undefined;

  constructor(private readonly settings: pg.ClientConfig) {}

  client(): Promise<pg.Client> {
    this.connected ??= this.connect();
    return this.connected;
  }

  private connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...this.settings, pipeline: true });
    const connected = client.connect();
    const forget = () => {
      if (this.connected === connected) this.connected = undefined;
    };
    // What waits for it fails then; without a listener an error would end the process.
    client.on('error', forget);
    client.on('end', forget);
    connected.catch(forget);
    return connected;
  }

  async end(): Promise<void> {
    const client = await this.connected?.catch(() => undefined);
    await client?.end();
  }
}
