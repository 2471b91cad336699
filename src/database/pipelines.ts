import pg from 'pg';

/** How long after a try to connect the next one is made. */
const PAUSE_MS = 1_000;

/** Connections on which statements are sent without waiting for the answers to those before. */
export class Pipelines {
  private readonly all: readonly Pipeline[];

  constructor(settings: pg.ClientConfig, count: number) {
    this.all = Array.from({ length: count }, () => new Pipeline(settings));
  }

  /**
   * The one on which the fewest statements wait, of those that are connected; undefined where none is, and after
   * the end. Those that are not are being connected meanwhile.
   */
  choose(): Pipeline | undefined {
    let chosen: Pipeline | undefined;
    for (const each of this.all) {
      if (each.client === undefined) each.connect();
      else if (chosen === undefined || each.waiting < chosen.waiting) chosen = each;
    }
    return chosen;
  }

  /** Once what was sent is answered. */
  async end(): Promise<void> {
    await Promise.all(this.all.map((each) => each.end()));
  }
}

class Pipeline {
  /** Absent while it is not connected. */
  client: pg.Client | undefined;
  /** How many statements are sent and not answered. */
  waiting = 0;
  private connecting: Promise<void> | undefined;
  private triedAt = Number.NEGATIVE_INFINITY;
  private isEnded = false;

  constructor(private readonly settings: pg.ClientConfig) {}

  connect(): void {
    if (this.connecting || this.isEnded || performance.now() - this.triedAt < PAUSE_MS) return;
    this.triedAt = performance.now();
    this.connecting = this.tryToConnect().finally(() => {
      this.connecting = undefined;
    });
  }

  private async tryToConnect(): Promise<void> {
    const client = new pg.Client({ ...this.settings, pipeline: true });
    const forget = () => {
      if (this.client === client) this.client = undefined;
    };
    // What waits for it fails then; without a listener an error would end the process.
    client.on('error', forget);
    client.on('end', forget);
    // Why it cannot be made is told to those who then read over others.
    await client.connect().then(
      () => {
        this.client = client;
      },
      () => undefined,
    );
  }

  /** Calls `work`, which sends a statement, with the connection. */
  async send<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    this.waiting += 1;
    try {
      return await work(this.client!);
    } finally {
      this.waiting -= 1;
    }
  }

  async end(): Promise<void> {
    this.isEnded = true;
    await this.connecting;
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }
}
