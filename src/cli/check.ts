import type { Command } from 'commander';
import { UserError } from '../errors.ts';
import type { CheckResult, ChecksReport } from '../pipeline/checks/run.ts';
import { command } from './command.ts';
import { withDatabase } from './database.ts';
import { commandProgress } from './progress.ts';
import { requireMigrated } from './setup.ts';
import { plain, table } from './table.ts';

/** `metricgraph check`: what the checks find in the newest data. */
export function checkCommand(): Command {
  return command('check', 'Run the data quality checks on the newest data', [
    ['check', 'prints what was found and what to do; exit code 1 when an error is among it'],
    ['check --json', 'every check with a sample of the rows it found'],
  ])
    .option('--json', 'print the whole report as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const report = await withDatabase(async (engine) => {
        await requireMigrated(engine);
        const { runChecks } = await import('../pipeline/checks/run.ts');
        return runChecks(engine, commandProgress());
      });
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : shown(report));
      refuseErrors(report.results);
    });
}

function shown({ version, results, leftOut, reason }: ChecksReport): string {
  const found = results.filter(({ rows }) => rows > 0);
  const summary = table(
    ['severity', 'check', 'rows'],
    found.map(({ severity, name, rows }) => [severity, name, rows]),
  );
  const advice = found.map(({ name, description, advice, sample }) => {
    const example = sample[0] === undefined ? '' : `\n  For example: ${plain(JSON.stringify(sample[0]))}`;
    return `${name}\n  ${description}\n  ${advice}${example}\n`;
  });
  const skipped = reason === undefined ? '' : `Left out, as ${reason}: ${leftOut.join(', ')}.\n`;
  const served = version === 0 ? 'no version is served yet' : `version ${version} is served`;
  const head = `${results.length} checks ran, ${found.length} found something (${served}).\n`;
  return found.length === 0 ? head + skipped : `${summary}\n${advice.join('\n')}\n${head}${skipped}`;
}

function refuseErrors(results: readonly CheckResult[]): void {
  const errors = results.filter(({ severity, rows }) => severity === 'error' && rows > 0);
  if (errors.length === 0) return;
  throw new UserError(
    `${errors.length === 1 ? 'A check' : `${errors.length} checks`} of severity error found something: ` +
      `${errors.map(({ name }) => name).join(', ')}.`,
  );
}
