import { mkdtempSync, rmSync } from 'node:fs';
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
  /** Data folder of the migrated embedded database. */
  readonly folder: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    templates: Templates;
  }
}

/**
 * Makes a migrated template on each engine, on a server of its own or on that of `TEST_DATABASE_URL`.
 * @returns what cleans up
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const [server, folder] = await Promise.all([serverTemplate(), embeddedTemplate()]);
  project.provide('templates', { adminUrl: server.url, database: server.database, folder });
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    await server.stop();
  };
}

async function embeddedTemplate(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'metricgraph-template-'));
  const engine = await openEmbedded({ folder, readTimeoutMs: 30_000 });
  await migrate(engine);
  await engine.close();
  return folder;
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
