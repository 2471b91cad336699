import type { Config } from '../config.ts';
import { openEmbedded } from './embedded/open.ts';
import type { Engine } from './engine.ts';
import { openPostgres } from './postgres.ts';

/** The engine that the configuration asks for: PostgreSQL when it has a URL, else the embedded one. */
export async function openDatabase(config: Config): Promise<Engine> {
  const { databaseUrl: url, dataDir: folder, poolSize, readTimeoutMs } = config;
  return url === undefined
    ? openEmbedded({ folder, readTimeoutMs })
    : openPostgres({ url, poolSize, readTimeoutMs });
}
