import type { Command } from 'commander';
import { UserError } from '../errors.ts';
import { command } from './command.ts';

/** `metricgraph doctor`: what is configured, what works, and how to mend what does not. */
export function doctorCommand(): Command {
  return command('doctor', 'Tell what is configured and what works, and how to mend the rest', [
    ['doctor', 'configuration without secrets, versions, database, migrations, views, last build'],
    ['doctor   # with DATABASE_URL=postgresql://…', 'the same for a PostgreSQL'],
  ]).action(async () => {
    const { diagnose } = await import('./diagnosis.ts');
    const findings = await diagnose();
    const width = Math.max(...findings.map(({ about }) => about.length));
    for (const { about, text, mend } of findings) {
      const mark = mend === undefined ? 'ok ' : 'BAD';
      const how = mend === undefined ? '' : `\n${' '.repeat(width + 6)}→ ${mend}`;
      process.stdout.write(`${mark} ${about.padEnd(width)}  ${text}${how}\n`);
    }
    const wrong = findings.filter(({ mend }) => mend !== undefined).length;
    if (wrong > 0)
      throw new UserError(
        wrong === 1
          ? 'One thing is wrong; the line with the arrow says how to mend it.'
          : `${wrong} things are wrong; the lines with arrows say how to mend them.`,
      );
  });
}
