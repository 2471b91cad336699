import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from '../config.ts';
import { FolderHeldError, holderOf } from '../database/embedded/lock.ts';
import type { Engine } from '../database/engine.ts';
import { UserError } from '../errors.ts';
import { connectionProblem } from './failure.ts';
import { packageVersion } from './version.ts';

/** One thing looked at. With `mend` it is wrong, and that is what to do. */
export interface Finding {
  readonly about: string;
  readonly text: string;
  readonly mend?: string;
}

/** The oldest Node that package.json names. */
const OLDEST_NODE = [20, 19] as const;

/** Looks at everything that can be looked at; what fails is a finding, not an error. */
export async function diagnose(): Promise<Finding[]> {
  const software = [
    { about: 'metricgraph', text: packageVersion() },
    nodeFinding(process.versions.node),
    playgroundFinding(),
  ];
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    return [...software, ...failed('configuration', error)];
  }
  return [...software, ...configured(config), ...(await databaseFindings(config))];
}

function nodeFinding(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [leastMajor, leastMinor] = OLDEST_NODE;
  const isOld = major < leastMajor || (major === leastMajor && minor < leastMinor);
  return {
    about: 'Node',
    text: version,
    ...(isOld && { mend: `install Node ${OLDEST_NODE.join('.')} or later` }),
  };
}

function playgroundFinding(): Finding {
  const isBuilt = ['../../playground', '../../dist/playground'].some((path) =>
    existsSync(join(import.meta.dirname, path, 'index.html')),
  );
  return isBuilt
    ? { about: 'playground', text: 'built' }
    : { about: 'playground', text: 'not built', mend: 'run `npm run build`' };
}

function configured({ databaseUrl, dataDir, host, port }: Config): Finding[] {
  const database =
    databaseUrl === undefined
      ? `embedded, in ${dataDir} (DATA_DIR)`
      : `PostgreSQL, ${place(databaseUrl)} (DATABASE_URL)`;
  return [
    { about: 'database', text: database },
    { about: 'server', text: `would listen on ${host}:${port} (HOST, PORT)` },
  ];
}

/** Without user and password. */
function place(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}

async function databaseFindings(config: Config): Promise<Finding[]> {
  // Opening an embedded database makes it, and a look should change nothing.
  if (config.databaseUrl === undefined && !existsSync(join(config.dataDir, 'pglite')))
    return [{ about: 'reachable', text: 'there is no database yet; `metricgraph start` makes one' }];
  const left = config.databaseUrl === undefined ? leftBehind(config.dataDir) : [];
  const { openDatabase } = await import('../database/open.ts');
  let engine: Engine;
  try {
    engine = await openDatabase(config);
  } catch (error) {
    if (error instanceof FolderHeldError) return heldFindings(config, error);
    return [...left, ...failed('reachable', error)];
  }
  try {
    return [...left, ...(await engineFindings(engine))];
  } finally {
    await engine.close();
  }
}

/** A process that was killed leaves its lock, which opening takes over. */
function leftBehind(folder: string): Finding[] {
  const holder = holderOf(folder);
  if (holder === undefined || holder.isRunning) return [];
  return [
    {
      about: 'folder',
      text: `was locked by ${holder.described}, which ended without unlocking it; what it committed is there`,
    },
  ];
}

/** The folder's holder is a running server more often than not, and then all is well: it is asked. */
async function heldFindings({ host, port }: Config, { holder }: FolderHeldError): Promise<Finding[]> {
  const name = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const url = `http://${name.includes(':') ? `[${name}]` : name}:${port}/ready`;
  const held = { about: 'folder', text: `in use by ${holder}; only that one can look inside` };
  const ready = await fetch(url, { signal: AbortSignal.timeout(3_000) })
    .then(async (response) => ({ text: `${url} says ${(await response.text()).trim()}` }))
    .catch(() => ({
      text: `no server answers at ${url}`,
      mend: `wait until ${holder} ends, or stop it; if it serves elsewhere, set HOST and PORT to where`,
    }));
  return [held, { about: 'reachable', ...ready }];
}

async function engineFindings(engine: Engine): Promise<Finding[]> {
  const { LOOKS } = await import('./looks.ts');
  const findings: Finding[] = [];
  for (const { about, look } of LOOKS) {
    try {
      findings.push({ about, ...(await look(engine)) });
    } catch (error) {
      return [...findings, ...failed(about, error)];
    }
  }
  return findings;
}

function failed(about: string, error: unknown): Finding[] {
  const connection = connectionProblem(error);
  if (connection !== undefined) return [{ about, text: 'failed', mend: connection }];
  if (error instanceof UserError)
    return [{ about, text: 'failed', mend: [error.message, ...error.details].join(' ') }];
  return [
    {
      about,
      text: `failed: ${(error as Error).message}`,
      mend: 'run again with --debug and report what it shows, please',
    },
  ];
}
