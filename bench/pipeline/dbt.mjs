// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { here } from '../data.mjs';
import { measure } from '../support/measure.mjs';

const PROJECT = here('peers/dbt');
const CACHE = here('.cache/dbt');

/**
 * Fills tables from the same views by dbt, with one thread, as the build does. Python's packages go to a virtual
 * environment of the bench's own.
 * @param {string} database
 */
export async function runDbt(database) {
  const dbt = join(CACHE, 'bin', 'dbt');
  if (!existsSync(dbt)) {
    process.stderr.write('installing dbt … ');
    await measure('python3', ['-m', 'venv', CACHE]);
    await measure(join(CACHE, 'bin', 'pip'), ['install', '--quiet', '-r', join(PROJECT, 'requirements.txt')]);
  }
  const { hostname, port, username, password, pathname } = new URL(database);
  return measure(dbt, ['run', '--quiet', '--project-dir', PROJECT, '--profiles-dir', PROJECT], {
    DBT_FOLDER: CACHE,
    DBT_LOG_PATH: join(CACHE, 'logs'),
    DBT_HOST: hostname,
    DBT_PORT: port || '5432',
    DBT_USER: decodeURIComponent(username),
    DBT_PASSWORD: decodeURIComponent(password),
    DBT_DATABASE: pathname.slice(1),
  });
}
