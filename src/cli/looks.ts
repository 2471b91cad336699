import type { Engine } from '../database/engine.ts';
import { migrationStatus } from '../database/migrate.ts';
import { readServedVersion } from '../database/version.ts';
import { importsPending } from '../pipeline/import/index.ts';
import { viewsAreCurrent } from '../pipeline/views.ts';
import { definitionsChanged } from './building.ts';
import type { Finding } from './diagnosis.ts';

interface Look {
  readonly about: string;
  /** The looks after one that fails are not taken: each needs those before. */
  readonly look: (engine: Engine) => Promise<Omit<Finding, 'about'>>;
}

/** What is looked at in a database that can be reached, in order. */
export const LOOKS: readonly Look[] = [
  { about: 'reachable', look: serverVersion },
  { about: 'migrations', look: migrations },
  { about: 'views', look: views },
  { about: 'last build', look: lastBuild },
  { about: 'imports', look: imports },
];

async function serverVersion(engine: Engine): Promise<Omit<Finding, 'about'>> {
  const [row] = await engine.read({ text: `select current_setting('server_version')`, values: [] });
  return { text: `PostgreSQL ${row?.[0]}${engine.kind === 'embedded' ? ' inside this process' : ''}` };
}

async function migrations(engine: Engine): Promise<Omit<Finding, 'about'>> {
  const { applied, pending, problems } = await migrationStatus(engine);
  const text = `${applied.length} applied, ${pending.length} pending`;
  if (problems.length > 0) return { text, mend: problems.join(' ') };
  return pending.length === 0 ? { text } : { text, mend: 'run `metricgraph start` or `metricgraph build`' };
}

async function views(engine: Engine): Promise<Omit<Finding, 'about'>> {
  return (await viewsAreCurrent(engine))
    ? { text: 'as in sql/' }
    : { text: 'other than in sql/', mend: 'run `metricgraph build`' };
}

async function lastBuild(engine: Engine): Promise<Omit<Finding, 'about'>> {
  const { version, record } = await readServedVersion(engine);
  if (record === undefined)
    return { text: 'none yet', mend: 'run `metricgraph start` or `metricgraph build`' };
  const seconds = (record.durationMs / 1000).toFixed(1);
  const until = record.asOf === undefined ? 'without events' : `data up to ${record.asOf}`;
  const text = `version ${version} at ${record.publishedAt} in ${seconds} s, ${until}`;
  return (await definitionsChanged(engine))
    ? { text: `${text}, by other definitions than these`, mend: 'run `metricgraph build`' }
    : { text };
}

async function imports(engine: Engine): Promise<Omit<Finding, 'about'>> {
  const pending = await importsPending(engine);
  return { text: pending ? 'not all built yet; `metricgraph build` publishes' : 'all built' };
}
