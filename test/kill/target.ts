import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openEmbedded } from '../../src/database/embedded/open.ts';
import type { Engine } from '../../src/database/engine.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { administer, urlOf } from '../support/administer.ts';
import { startServer } from '../support/server.ts';

/** A database that commands run on and die on. */
export interface KillDatabase {
  readonly env: Readonly<Record<string, string>>;
  open(): Promise<Engine>;
  /** Resolves once nothing of a killed command is at work any more. */
  settled(): Promise<void>;
  /** Another one with the same content; nobody may have this one open. */
  copy(): Promise<KillDatabase>;
  drop(): Promise<void>;
}

/** Where databases are made, with commits that survive. */
export interface Target {
  /** Whether a server can serve while a command runs. */
  readonly serves: boolean;
  create(): Promise<KillDatabase>;
  stop(): Promise<void>;
}

const READ_TIMEOUT_MS = 300_000;

export async function embeddedTarget(): Promise<Target> {
  const create = async (content?: string): Promise<KillDatabase> => {
    const folder = mkdtempSync(join(tmpdir(), 'metricgraph-kill-'));
    if (content !== undefined) cpSync(content, folder, { recursive: true });
    return {
      env: { DATABASE_URL: '', DATA_DIR: folder },
      open: async () => openEmbedded({ folder, readTimeoutMs: READ_TIMEOUT_MS }),
      settled: async () => undefined,
      copy: () => create(folder),
      drop: async () => rmSync(folder, { recursive: true, force: true }),
    };
  };
  return { serves: false, create, stop: async () => undefined };
}

/** A server of its own, since that of other tests gives up durability for speed. */
export async function postgresTarget(): Promise<Target> {
  const server = await startServer({ durable: true });
  const create = async (template = 'template0'): Promise<KillDatabase> => {
    const name = `kill_${randomUUID().replaceAll('-', '')}`;
    await administer(server.url, `create database ${name} template ${template} strategy file_copy`);
    const url = urlOf(server.url, name);
    return {
      env: { DATABASE_URL: `${url}?application_name=command` },
      open: async () => openPostgres({ url, poolSize: 4, readTimeoutMs: READ_TIMEOUT_MS }),
      settled: () => withoutCommands(server.url, name),
      copy: () => create(name),
      drop: async () => void (await administer(server.url, `drop database if exists ${name} with (force)`)),
    };
  };
  return { serves: true, create, stop: () => server.stop() };
}

/** A backend finishes its statement, a commit perhaps, before it notices that its client is gone. */
async function withoutCommands(url: string, database: string): Promise<void> {
  const query = `select 1 from pg_stat_activity where datname = '${database}' and application_name = 'command'`;
  await expect
    .poll(async () => (await administer(url, query)).rows.length, { timeout: 300_000, interval: 100 })
    .toBe(0);
}
