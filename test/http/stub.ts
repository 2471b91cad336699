import { Writable } from 'node:stream';
import { buildSchema, GraphQLError } from 'graphql';
import { pino } from 'pino';
import { type Config, readConfig } from '../../src/config.ts';
import type { Engine } from '../../src/database/engine.ts';
import { VersionUnavailableError } from '../../src/database/version-watcher.ts';
import type { Api } from '../../src/graphql/api.ts';
import type { OperationContext } from '../../src/graphql/context.ts';
import { formatError, type ReportBug } from '../../src/graphql/errors.ts';
import { startServer } from '../../src/http/server.ts';
import { Problems } from '../../src/query/resolve/problems.ts';

const SDL = /* GraphQL */ `
  type Query {
    version(at: When): Int
    refused: Int
    broken: Int
    slow: Int
    behind: Int
    lost: Int
    mistaken: Int
    fleeting: Int
  }
  input When {
    day: Int
  }
  type Mutation {
    change: Int
  }
`;

/** What a test steers of the stub: everything is well by default. */
export interface Steering {
  /** The version each further context is bound to; the last one stays. */
  versions: number[];
  /** How many operations find that their version was cleared. */
  cleared: number;
  /** When set, no pointer can be read. */
  pointerError: Error | undefined;
  /** What `slow` waits for. */
  slow: Promise<unknown>;
  /** How many `slow`s are waiting or have waited, and changes were made. */
  waiting: number;
  /** Lines that were logged. */
  readonly logged: { level: number; msg: string; [key: string]: unknown }[];
  closed: boolean;
}

/** A server over a stub of the API, on a free port of this machine alone. */
export async function startStub(environment: Record<string, string> = {}) {
  const steering: Steering = {
    versions: [7],
    cleared: 0,
    pointerError: undefined,
    slow: Promise.resolve(),
    waiting: 0,
    logged: [],
    closed: false,
  };
  const config: Config = readConfig({ PORT: '0', ...environment });
  const server = await startServer(config, stubEngine(steering), {
    makeApi: async (onBug) => stubApi(steering, onBug),
    log: pino({ level: 'info' }, recorder(steering)),
  });
  const graphql = (query: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  return { ...server, steering, graphql };
}

interface Context {
  readonly version: number;
  readonly answersKey: string;
  isBehind: boolean;
  isRepeatable: boolean;
}

function stubApi(steering: Steering, onBug: ReportBug): Api {
  const schema = buildSchema(SDL);
  const resolve = (field: string, resolver: (context: Context) => unknown) => {
    schema.getQueryType()!.getFields()[field]!.resolve = (_, __, context) => resolver(context);
  };
  resolve('version', ({ version }) => version);
  resolve('refused', () => {
    throw new GraphQLError('first is 5000; the most is 1000.', { extensions: { code: 'BAD_USER_INPUT' } });
  });
  resolve('broken', () => {
    throw new Error('password of the database: hunter2');
  });
  resolve('lost', () => {
    throw new VersionUnavailableError(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
  });
  resolve('mistaken', () => {
    const problems = new Problems();
    problems.add('NOT_GROUPED', { dimension: 'title' }, ['rows', 'title'], { allowed: ['MONTH'] });
    problems.add('FIRST_OUT_OF_RANGE', { first: 0, limit: 1000 }, ['first']);
    problems.throwIfAny();
  });
  resolve('slow', async ({ version }) => {
    steering.waiting++;
    await steering.slow;
    return version;
  });
  resolve('fleeting', (context) => {
    context.isRepeatable = false;
    return context.version;
  });
  resolve('behind', (context) => {
    context.isBehind = context.version < 8;
    return context.version;
  });
  schema.getMutationType()!.getFields().change!.resolve = () => ++steering.waiting;
  return {
    schema,
    context: async () => {
      if (steering.pointerError) throw new VersionUnavailableError(steering.pointerError);
      const [version] = steering.versions.length > 1 ? steering.versions.splice(0, 1) : steering.versions;
      const context: Context = {
        version: version!,
        answersKey: String(version),
        isBehind: false,
        isRepeatable: true,
      };
      return context as unknown as OperationContext;
    },
    settled: async (context) => {
      if (steering.pointerError) throw new VersionUnavailableError(steering.pointerError);
      return steering.cleared-- <= 0 && !context.isBehind;
    },
    refresh: async () => undefined,
    formatError: (formatted, error) => formatError(formatted, error, onBug, schema),
    close: async () => {
      steering.closed = true;
    },
  };
}

function stubEngine(steering: Steering): Engine {
  const read: Engine['read'] = async () => {
    if (steering.pointerError) throw steering.pointerError;
    return [[steering.versions[0]!, 0, null, null, null, null, null, null, null]];
  };
  return { read } as Engine;
}

function recorder(steering: Steering): Writable {
  return new Writable({
    write(line, _, done) {
      steering.logged.push(JSON.parse(String(line)));
      done();
    },
  });
}
