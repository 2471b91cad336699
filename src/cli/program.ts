import { Command, CommanderError, InvalidArgumentError, type Option } from 'commander';
import { buildCommand } from './build.ts';
import { checkCommand } from './check.ts';
import { EXIT } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { explainCommand } from './explain.ts';
import { describeFailure } from './failure.ts';
import { importCommand } from './import.ts';
import { importsCommand } from './imports.ts';
import { queryCommand } from './query.ts';
import { rejectedCommand } from './rejected.ts';
import { seedCommand } from './seed.ts';
import { serveCommand } from './serve.ts';
import { startCommand } from './start.ts';
import { packageVersion } from './version.ts';

const ENVIRONMENT = `Environment:
  DATABASE_URL  PostgreSQL to use, as postgresql://user:password@host:5432/database; without it, an embedded one
  DATA_DIR      folder of the embedded database (.data)
  PORT, HOST    where the server listens (4000, 127.0.0.1)
  RESULT_CACHE_MB, RESPONSE_CACHE_MB
                memory for results of the database and for whole answers (32 each; 0 keeps none)
  EXPLAIN       true or false: whether clients of the server may see plans and SQL
                (true while only this machine can reach it)
  FISCAL_YEAR_START  month that quarters and years begin with (1, January)
  ALLOWED_HOSTS further names that requests may be for, parted by commas
  LOG_LEVEL     least level that the server logs (info; warn on a terminal)

\`metricgraph COMMAND --help\` has examples for each command.`;

const COMMANDS = [
  startCommand,
  serveCommand,
  importCommand,
  importsCommand,
  seedCommand,
  buildCommand,
  checkCommand,
  rejectedCommand,
  queryCommand,
  explainCommand,
  doctorCommand,
];

/** Runs a command line and says on stderr what went wrong; resolves to the exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError) return isHelp(error) ? EXIT.ok : EXIT.usage;
    const { text, code } = describeFailure(error, args.includes('--debug'));
    process.stderr.write(`${text}\n`);
    return code;
  }
}

function createProgram(): Command {
  const program = new Command('metricgraph')
    .description('Metrics defined once, answered by one GraphQL API.')
    .version(packageVersion())
    .option('--debug', 'show stack traces')
    .showSuggestionAfterError()
    .showHelpAfterError('(--help tells more)')
    .helpCommand(false)
    .addHelpText('after', `\n${ENVIRONMENT}`)
    .exitOverride();
  for (const make of COMMANDS) program.addCommand(strict(inheriting(make(), program)));
  return program;
}

/** Commander copies settings to commands it makes, not to those it is given. */
function inheriting(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const below of command.commands) inheriting(below, command);
  return command;
}

/** Of a value that is given twice Commander would silently take the last, and import one file of two. */
function strict(command: Command): Command {
  for (const option of command.options) if (option.required) takeOnce(command, option);
  for (const below of command.commands) strict(below);
  return command;
}

function takeOnce(command: Command, option: Option): void {
  const { parseArg = (value: string) => value } = option;
  option.argParser((value, previous) => {
    if (command.getOptionValueSource(option.attributeName()) === 'cli')
      throw new InvalidArgumentError('It is given twice; expected it once.');
    return parseArg(value, previous);
  });
}

function isHelp(error: CommanderError): boolean {
  return error.exitCode === 0;
}
