import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { openEmbedded } from '../../src/database/embedded/open.ts';
import type { Engine } from '../../src/database/engine.ts';
import { openPostgres } from '../../src/database/postgres.ts';
import { administer, urlOf } from './administer.ts';

export interface OpenOptions {
  readonly readTimeoutMs?: number;
  readonly poolSize?: number;
}

/** A database of a test's own. */
export interface TestDatabase {
  /** Settings that make a child process use it. The embedded one must be closed here before. */
  readonly env: Readonly<Record<string, string>>;
  /** Opens an engine on it; any number on PostgreSQL, one at a time on the embedded engine. */
  open(options?: OpenOptions): Promise<Engine>;
  /** Closes what was opened and removes the database. */
  drop(): Promise<void>;
}

export interface TestEngine {
  readonly name: Engine['kind'];
  /** Makes a database: migrated, unless `empty`. The caller drops it. */
  create(kind?: 'migrated' | 'empty'): Promise<TestDatabase>;
}

export interface Fixture extends TestEngine {
  /** The migrated database of this suite. */
  readonly database: TestDatabase;
  /** An engine that is open on it. */
  readonly engine: Engine;
}

const embedded: TestEngine = {
  name: 'embedded',
  async create(kind = 'migrated') {
    const folder = mkdtempSync(join(tmpdir(), 'metricgraph-data-'));
    cpSync(inject('templates').folders[kind], folder, { recursive: true });
    const open = ({ readTimeoutMs = 30_000 }: OpenOptions = {}) => openEmbedded({ folder, readTimeoutMs });
    const remove = async () => rmSync(folder, { recursive: true, force: true });
    return tracked({ DATABASE_URL: '', DATA_DIR: folder }, open, remove);
  },
};

const postgres: TestEngine = {
  name: 'postgres',
  async create(kind = 'migrated') {
    const { adminUrl, database: migrated } = inject('templates');
    const name = `metricgraph_${randomUUID().replaceAll('-', '')}`;
    const template = kind === 'migrated' ? migrated : 'template0';
    await administer(adminUrl, `create database ${name} template ${template}`);
    const url = urlOf(adminUrl, name);
    const open = async ({ readTimeoutMs = 30_000, poolSize = 4 }: OpenOptions = {}) =>
      openPostgres({ url, poolSize, readTimeoutMs });
    const remove = async () => {
      await administer(adminUrl, `drop database if exists ${name} with (force)`);
    };
    return tracked({ DATABASE_URL: url }, open, remove);
  },
};

/** Both engines; everything that touches a database is tested on each. */
export const engines: readonly TestEngine[] = [embedded, postgres];

/** A suite per engine, each with a fresh migrated database that is opened before its tests and dropped after. */
export function describeEngines(title: string, suite: (fixture: Fixture) => void): void {
  describe.each(engines)(`${title} ($name)`, (engine) => {
    let database: TestDatabase;
    let opened: Engine;
    beforeAll(async () => {
      database = await engine.create();
      opened = await database.open();
    });
    afterAll(() => database?.drop());
    suite({
      ...engine,
      get database() {
        return database;
      },
      get engine() {
        return opened;
      },
    });
  });
}

function tracked(
  env: Record<string, string>,
  open: (options?: OpenOptions) => Promise<Engine>,
  remove: () => Promise<void>,
): TestDatabase {
  const opened: Engine[] = [];
  return {
    env,
    async open(options) {
      const engine = await open(options);
      opened.push(engine);
      return engine;
    },
    async drop() {
      for (const engine of opened) await engine.close();
      await remove();
    },
  };
}
