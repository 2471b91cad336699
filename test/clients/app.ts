import {
  type ApolloCache,
  ApolloClient,
  gql,
  HttpLink,
  InMemoryCache,
  type OperationVariables,
} from '@apollo/client';
import { afterAll, beforeAll, describe } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { Engine } from '../../src/database/engine.ts';
import { type Api, createApi } from '../../src/graphql/api.ts';
import { startServer } from '../../src/http/server.ts';
import { model } from '../../src/model/index.ts';
import type { Data } from '../support/api.ts';
import { engines, type TestDatabase } from '../support/databases.ts';
import { serve } from '../support/serve.ts';
import { RAW } from './data.ts';

type FetchPolicy = 'cache-first' | 'network-only' | 'no-cache';

/** An application's client, and the server that it asks. */
export interface App {
  readonly client: ApolloClient;
  /** How many requests went out. */
  readonly requests: number;
  /** The answer, from the cache where that has all of it. */
  ask(query: string, variables?: OperationVariables): Promise<Data>;
  /** What the cache alone has to say; undefined where something is missing. */
  cached(query: string, variables?: OperationVariables): Data;
  /** The answer past any cache. */
  fresh(query: string, variables?: OperationVariables): Promise<Data>;
  /** The answer of the server, which the cache then has. */
  refetch(query: string, variables?: OperationVariables): Promise<Data>;
  /** Lets the server see a new version at once. */
  refresh(): Promise<void>;
  close(): Promise<void>;
}

/** Serves over HTTP, to a client with Apollo's default cache. */
export async function startApp(
  engine: Engine,
  {
    fiscalYearStart = 1,
    cache = new InMemoryCache(),
  }: { fiscalYearStart?: number; cache?: ApolloCache } = {},
): Promise<App> {
  let api: Api | undefined;
  const makeApi = async () => {
    api = await createApi({ engine, model, fiscalYearStart });
    return api;
  };
  const server = await startServer(readConfig({ PORT: '0', LOG_LEVEL: 'silent' }), engine, { makeApi });
  let requests = 0;
  const link = new HttpLink({
    uri: `${server.url}/graphql`,
    fetch: (input, init) => {
      requests++;
      return fetch(input, init);
    },
  });
  const client = new ApolloClient({ link, cache });
  const query = async (text: string, variables: OperationVariables, fetchPolicy: FetchPolicy) => {
    const { data } = await client.query({ query: gql(text), variables, fetchPolicy });
    return data;
  };
  return {
    client,
    get requests() {
      return requests;
    },
    ask: (text, variables = {}) => query(text, variables, 'cache-first'),
    cached: (text, variables = {}) => client.readQuery({ query: gql(text), variables }) ?? undefined,
    fresh: (text, variables = {}) => query(text, variables, 'no-cache'),
    refetch: (text, variables = {}) => query(text, variables, 'network-only'),
    refresh: async () => api!.refresh(),
    close: () => server.close(),
  };
}

/** A suite over an application that asks a server of its own; ids know nothing of engines, so one is enough. */
export function describeApp(title: string, suite: (served: { readonly app: App }) => void): void {
  describe(title, () => {
    let database: TestDatabase;
    let app: App;
    beforeAll(async () => {
      database = await engines[0]!.create();
      const engine = await database.open();
      await serve(engine, RAW);
      app = await startApp(engine);
    });
    afterAll(async () => {
      await app?.close();
      await database?.drop();
    });
    suite({
      get app() {
        return app;
      },
    });
  });
}
