import { Command } from 'commander';

/** What the process ends with. */
export const EXIT = { ok: 0, refused: 1, usage: 2, bug: 70 } as const;

const EXIT_CODES = `Exit codes:
  0   done
  1   refused: something about the input or the state of the data, told on stderr
  2   the command line cannot be understood
  70  an error inside metricgraph; --debug shows where`;

/** One example: the command line and what it does. */
export type Example = readonly [line: string, meaning: string];

/** A command with a help text that has examples and the exit codes. */
export function command(name: string, summary: string, examples: readonly Example[]): Command {
  return new Command(name)
    .summary(summary)
    .description(`${summary}.`)
    .addHelpText('after', `\nExamples:\n${shown(examples)}\n\n${EXIT_CODES}`);
}

function shown(examples: readonly Example[]): string {
  return examples.map(([line, meaning]) => `  $ metricgraph ${line}\n      ${meaning}`).join('\n');
}
