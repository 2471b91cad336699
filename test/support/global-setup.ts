import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openEmbedded } from '../../src/database/embedded/open.ts';
import { migrate } from '../../src/database/migrate.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { administer, urlOf } from './administer.ts';
import { startServer } from './server.ts';

/** What test files copy their databases from. */
export interface Templates {
  /** Connection string of a user who may create databases. */
  readonly adminUrl: string;
  /** Name of the migrated database. */
  readonly database: string;
  /** Data folders of embedded databases. */
  readonly folders: Readonly<Record<'migrated' | 'empty', string>>;
}

declare module 'vitest' {
  export interface ProvidedContext {
    templates: Templates;
  }
}

/**
 * Makes a migrated template on each engine, on a server of its own or on that of `TEST_DATABASE_URL`. A run of the
 * tests of PostgreSQL alone does without the embedded ones.
 * @returns what cleans up
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'metricgraph-templates-'));
  const folders = { migrated: join(folder, 'migrated'), empty: join(folder, 'empty') };
  const [server] = await Promise.all([
    serverTemplate(),
    isOfPostgres(project) ? undefined : makeEmbedded(folders),
  ]);
  project.provide('templates', { adminUrl: server.url, database: server.database, folders });
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
}

function isOfPostgres({ config: { testNamePattern } }: TestProject): boolean {
  return process.env.PROPERTY_ENGINE === 'postgres' || testNamePattern?.source === 'postgres';
}

/** The first start on a folder takes seconds, so an empty database is worth a copy too. */
async function makeEmbedded(folders: Templates['folders']): Promise<void> {
  const first = await openEmbedded({ folder: folders.empty, readTimeoutMs: 30_000 });
  await first.close();
  cpSync(folders.empty, folders.migrated, { recursive: true });
  const engine = await openEmbedded({ folder: folders.migrated, readTimeoutMs: 30_000 });
  await migrate(engine);
  await engine.close();
}

async function serverTemplate() {
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => undefined } : await startServer();
  const database = `metricgraph_template_${process.pid}`;
  await administer(server.url, `create database ${database} encoding 'UTF8' template template0`);
  const engine = openPostgres({ url: urlOf(server.url, database), poolSize: 1, readTimeoutMs: 30_000 });
  await migrate(engine);
  await engine.close();
  const stop = async () => {
    await administer(server.url, `drop database if exists ${database} with (force)`);
    await server.stop();
  };
  return { url: server.url, database, stop };
}
