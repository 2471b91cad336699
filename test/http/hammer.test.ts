import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Engine } from '../../src/database/engine.ts';
import { VERSION_CHANNEL } from '../../src/database/version.ts';
import { type Server, startServer } from '../../src/http/server.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import { type Event, marts } from '../oracle/marts.ts';
import type { Data } from '../support/api.ts';
import { eventsOf } from '../support/changing.ts';
import { describeEngines, type Fixture } from '../support/databases.ts';
import { addRaw, rawOf, replaceRaw } from '../support/raw.ts';
import { rollups } from '../support/rollups.ts';

const BUILDS = 6;

/** How many events every other version adds to those of the version before; the others replace all. */
const ADDED = 40;

const addedOf = (version: number) => eventsOf(version).slice(0, ADDED);
const isAdding = (version: number) => version % 2 === 0;
const eventsAt = (version: number): readonly Event[] =>
  isAdding(version) ? [...eventsOf(version - 1), ...addedOf(version)] : eventsOf(version);

/** What is asked, with what it should be answered at a version, counted from its events alone. */
const QUESTIONS: readonly { readonly query: string; expected(version: number): Data }[] = [
  {
    query: `{ dataset { dataVersion } metrics(groupBy: [MONTH, FIRM]) {
      rows { month firm { id } numQueries numDocs activeUsers }
      totals { numQueries activeUsers numHighEngagementUsers } meta { dataVersion } }
      again: metrics(groupBy: [USER], first: 1) { totals { numQueries } meta { dataVersion } } }`,
    expected: (version) => {
      const events = eventsAt(version);
      const groups = groupedBy(events, ({ created, firmId }) => `${created.slice(0, 7)}-01 ${firmId}`);
      const high = marts(rawOf(events)).userEngagement.filter((row) => row.at(-1) === 'HIGH');
      return {
        dataset: { dataVersion: version },
        metrics: {
          rows: groups.map(([key, of]) => {
            const [month, id] = key.split(' ');
            return { month, firm: { id }, ...counts(of) };
          }),
          totals: {
            numQueries: events.length,
            activeUsers: users(events),
            numHighEngagementUsers: new Set(high.map((row) => row[1])).size,
          },
          meta: { dataVersion: version },
        },
        again: { totals: { numQueries: events.length }, meta: { dataVersion: version } },
      };
    },
  },
  {
    query: `{ dataset { dataVersion } metrics(groupBy: [QUARTER]) {
      rows { quarter activeUsers } totals { activeUsers } meta { rollup { relation } } } }`,
    expected: (version) => {
      const events = eventsAt(version);
      const quarters = groupedBy(events, ({ created }) =>
        created < '2024-04' ? '2024-01-01' : '2024-04-01',
      );
      return {
        dataset: { dataVersion: version },
        metrics: {
          rows: quarters.map(([quarter, of]) => ({ quarter, activeUsers: users(of) })),
          totals: { activeUsers: users(events) },
          meta: { rollup: [{ relation: 'queries_cube (quarter)' }, { relation: 'queries_cube (all time)' }] },
        },
      };
    },
  },
  {
    query: `{ dataset { dataVersion } dailyActivity(first: 200) {
      rows { eventDate numQueries numDocs activeUsers: numActiveUsers } } }`,
    expected: (version) => {
      const days = groupedBy(eventsAt(version), ({ created }) => created.slice(0, 10));
      const rows = days.map(([eventDate, of]) => ({ eventDate, ...counts(of) }));
      return { dataset: { dataVersion: version }, dailyActivity: { rows } };
    },
  },
  {
    query: `{ dataset { dataVersion } dimensionValues(dimension: USER) { rows { value count } } }`,
    expected: (version) => {
      const found = groupedBy(eventsAt(version), ({ userId }) => userId);
      const rows = found.map(([value, of]) => ({ value, count: of.length }));
      return { dataset: { dataVersion: version }, dimensionValues: { rows } };
    },
  },
];

function groupedBy(events: readonly Event[], key: (event: Event) => string): [string, Event[]][] {
  const groups = new Map<string, Event[]>();
  for (const each of events) groups.set(key(each), [...(groups.get(key(each)) ?? []), each]);
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
}

const users = (events: readonly Event[]) => new Set(events.map(({ userId }) => userId)).size;
const counts = (events: readonly Event[]) => ({
  numQueries: events.length,
  numDocs: events.reduce((sum, { numDocs }) => sum + numDocs, 0),
  activeUsers: users(events),
});

/** An answer, and how it came. */
interface Told {
  readonly status: number;
  readonly data: Data;
}

/** Asks a question over one way of HTTP. */
type Ask = (query: string) => Promise<Told>;

function byPost({ url }: Server): Ask {
  return async (query) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    return { status: response.status, data: dataOf((await response.json()) as Body) };
  };
}

/** By hash where the server knows it, keeping a copy of each answer that is asked about the next time. */
function byGet({ url }: Server): Ask {
  const copies = new Map<string, { etag: string; data: Data }>();
  return async (query) => {
    const sha256Hash = createHash('sha256').update(query).digest('hex');
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } });
    const get = (parameters: Record<string, string>) =>
      fetch(`${url}/graphql?${new URLSearchParams(parameters)}`, {
        headers: { 'apollo-require-preflight': 'true', 'if-none-match': copies.get(query)?.etag ?? '' },
      });
    let response = await get({ extensions });
    if (response.status === 304) return { status: 304, data: copies.get(query)!.data };
    let body = (await response.json()) as Body;
    if (body.errors?.[0]?.extensions.code === 'PERSISTED_QUERY_NOT_FOUND') {
      response = await get({ extensions, query });
      body = (await response.json()) as Body;
    }
    const data = dataOf(body);
    copies.set(query, { etag: response.headers.get('etag')!, data });
    return { status: response.status, data };
  };
}

interface Body {
  readonly data?: Data;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

function dataOf(body: Body): Data {
  expect(body.errors).toBeUndefined();
  return body.data;
}

/** When each version was published and when each server was first seen to answer of it, in ms. */
class Lag {
  readonly published = new Map<number, number>();
  private readonly seen = new Map<string, number>();

  saw(server: string, version: number): void {
    const key = `${server} ${version}`;
    if (!this.seen.has(key)) this.seen.set(key, performance.now());
  }

  toString(): string {
    const all = [...this.seen].flatMap(([key, at]) => {
      const published = this.published.get(Number(key.split(' ')[1]));
      return published === undefined ? [] : [at - published];
    });
    const sorted = all.sort((a, b) => a - b);
    const ms = (index: number) => `${sorted.at(index)?.toFixed(1)} ms`;
    return `${sorted.length} first answers of a version: median ${ms(sorted.length >> 1)}, last ${ms(-1)}`;
  }
}

/** Two servers, of an engine each where the database takes several. */
async function startTwo({ name, database, engine }: Fixture): Promise<Server[]> {
  const config = readConfig({ PORT: '0', LOG_LEVEL: 'silent' });
  const other: Engine = name === 'postgres' ? await database.open() : engine;
  return Promise.all([startServer(config, engine), startServer(config, other)]);
}

describeEngines('two servers during builds', (fixture) => {
  it('answer wholly of the version that each answer names, and never of one before the last they named', {
    timeout: 240_000,
  }, async () => {
    const { engine } = fixture;
    await upgrade(engine, quiet);
    const versions = Array.from({ length: BUILDS }, (_, index) => index + 1);
    const expected = QUESTIONS.map((each) => [null, ...versions.map((version) => each.expected(version))]);
    const buildOne = async (version: number) => {
      if (isAdding(version)) await addRaw(engine, rawOf(addedOf(version)));
      else await replaceRaw(engine, rawOf(eventsAt(version)));
      expect((await build(engine, { progress: quiet, rollups })).version).toBe(version);
    };
    await buildOne(1);
    const servers = await startTwo(fixture);
    const lag = new Lag();
    const unlisten = await engine.listen(VERSION_CHANNEL, (version) =>
      lag.published.set(Number(version), performance.now()),
    );
    const answers = new Map<number, number>();
    let building = true;

    /** Asks everything in turns, until the last version is there. */
    const client = async (server: Server, ask: Ask) => {
      let last = 1;
      for (let turn = 0; building || last < BUILDS; turn++) {
        const { query } = QUESTIONS[turn % QUESTIONS.length]!;
        const { status, data } = await ask(query);
        const version: number = data.dataset.dataVersion;
        expect(version).toBeGreaterThanOrEqual(last);
        expect(data, `version ${version}`).toEqual(expected[turn % QUESTIONS.length]![version]);
        lag.saw(server.url, version);
        answers.set(status, (answers.get(status) ?? 0) + 1);
        last = version;
      }
    };
    const buildAll = async () => {
      try {
        for (const version of versions.slice(1)) await buildOne(version);
      } finally {
        building = false;
      }
    };
    try {
      const asks = [byPost, byPost, byGet];
      const clients = servers.flatMap((server) => asks.map((ask) => client(server, ask(server))));
      await Promise.all([buildAll(), ...clients]);
    } finally {
      await unlisten();
      await Promise.all(servers.map((server) => server.close()));
    }
    console.log(
      `${fixture.name}: ${answers.get(200)} answers and ${answers.get(304)} copies that hold; ${lag}`,
    );
    expect([...answers.keys()].sort()).toEqual([200, 304]);
    expect(answers.get(200)).toBeGreaterThan(BUILDS * servers.length * QUESTIONS.length);
  });
});
