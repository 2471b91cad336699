import { resolve } from 'node:path';
import { UserError } from './errors.ts';

/** What the environment sets, parsed once. */
export interface Config {
  /** Port the server listens on (`PORT`, 4000); 0 takes any free one. */
  readonly port: number;
  /** Address the server listens on (`HOST`, 127.0.0.1). */
  readonly host: string;
  /** Further names of hosts that requests may be for (`ALLOWED_HOSTS`), in lower case. */
  readonly allowedHosts: readonly string[];
  /** PostgreSQL connection string (`DATABASE_URL`); without one the embedded database is used. */
  readonly databaseUrl: string | undefined;
  /** Folder of the embedded database (`DATA_DIR`, `.data`), absolute. */
  readonly dataDir: string;
  /** Connections for reads on PostgreSQL, a fifth of them for short ones (`POOL_SIZE`, 10). */
  readonly poolSize: number;
  /** Reads longer than this fail, in milliseconds (`READ_TIMEOUT_MS`, 30000). */
  readonly readTimeoutMs: number;
  /** Least level that is logged (`LOG_LEVEL`, info). */
  readonly logLevel: string;
  /** Whether clients may see plans and SQL (`EXPLAIN`; by default where only this machine reaches the server). */
  readonly explain: boolean;
  /** Memory for results of the database, in bytes (`RESULT_CACHE_MB`, 32); 0 keeps none. */
  readonly resultCacheBytes: number;
  /** Memory for whole answers, in bytes (`RESPONSE_CACHE_MB`, 32); 0 keeps none. */
  readonly responseCacheBytes: number;
  /** Month that quarters and years begin with (`FISCAL_YEAR_START`, 1 for January). */
  readonly fiscalYearStart: number;
  /** Most fields inside of each other in an operation (`MAX_DEPTH`, 20). */
  readonly maxDepth: number;
  /** Most fields of `Query` in an operation (`MAX_ROOT_FIELDS`, 50). */
  readonly maxRootFields: number;
  /** Most fields of an operation altogether (`MAX_FIELDS`, 5000). */
  readonly maxFields: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

const MEBIBYTE = 2 ** 20;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * Reads the configuration.
 * @throws UserError naming every variable that is wrong, at once
 */
export function readConfig(env: Environment = process.env): Config {
  const problems: string[] = [];
  const host = env.HOST || '127.0.0.1';
  const config = {
    port: integer(env, 'PORT', 4000, 0, 65_535, problems),
    host,
    allowedHosts: hostNames(env, 'ALLOWED_HOSTS', problems),
    databaseUrl: databaseUrl(env.DATABASE_URL, problems),
    dataDir: resolve(env.DATA_DIR || '.data'),
    poolSize: integer(env, 'POOL_SIZE', 10, 1, 1_000, problems),
    readTimeoutMs: integer(env, 'READ_TIMEOUT_MS', 30_000, 1, 86_400_000, problems),
    logLevel: oneOf(env, 'LOG_LEVEL', 'info', LOG_LEVELS, problems),
    explain: oneOf(env, 'EXPLAIN', String(isLoopback(host)), ['true', 'false'], problems) === 'true',
    resultCacheBytes: integer(env, 'RESULT_CACHE_MB', 32, 0, 4_096, problems) * MEBIBYTE,
    responseCacheBytes: integer(env, 'RESPONSE_CACHE_MB', 32, 0, 4_096, problems) * MEBIBYTE,
    fiscalYearStart: integer(env, 'FISCAL_YEAR_START', 1, 1, 12, problems),
    maxDepth: integer(env, 'MAX_DEPTH', 20, 1, 1_000, problems),
    maxRootFields: integer(env, 'MAX_ROOT_FIELDS', 50, 1, 10_000, problems),
    maxFields: integer(env, 'MAX_FIELDS', 5_000, 1, 1_000_000, problems),
  };
  if (problems.length > 0) throw new UserError('The environment has settings that cannot be used.', problems);
  return Object.freeze(config);
}

/** Whether a server at this address can be reached from its own machine alone. */
function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|0:0:0:0:0:0:0:1)$/i.test(host);
}

function integer(
  env: Environment,
  name: string,
  fallback: number,
  least: number,
  most: number,
  problems: string[],
): number {
  const text = env[name];
  if (!text) return fallback;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  problems.push(`${name} is ${JSON.stringify(text)}; expected a whole number from ${least} to ${most}.`);
  return fallback;
}

function oneOf(
  env: Environment,
  name: string,
  fallback: string,
  allowed: readonly string[],
  problems: string[],
): string {
  const value = env[name] || fallback;
  if (allowed.includes(value)) return value;
  problems.push(`${name} is ${JSON.stringify(value)}; expected one of ${allowed.join(', ')}.`);
  return fallback;
}

function hostNames(env: Environment, name: string, problems: string[]): readonly string[] {
  const names = (env[name] ?? '').split(',').map((each) => each.trim().toLowerCase());
  const given = names.filter((each) => each !== '');
  const wrong = given.filter((each) => !/^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/.test(each));
  if (wrong.length > 0)
    problems.push(
      `${name} has ${wrong.map((each) => JSON.stringify(each)).join(', ')}; expected names of hosts parted by commas, ` +
        'without scheme and port.',
    );
  return given;
}

/** The URL itself is never repeated: it may hold a password. */
function databaseUrl(text: string | undefined, problems: string[]): string | undefined {
  if (!text) return undefined;
  if (URL.canParse(text) && /^postgres(ql)?:$/.test(new URL(text).protocol)) return text;
  problems.push('DATABASE_URL is not of the form postgresql://user:password@host:5432/database.');
  return undefined;
}
