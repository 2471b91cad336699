import { codesOf } from '../database/error-codes.ts';
import { UserError } from '../errors.ts';
import { EXIT } from './command.ts';
import { plain } from './table.ts';

/** What the user is told of a failure, and the exit code that goes with it. */
export interface Failure {
  readonly text: string;
  readonly code: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** One clear paragraph for what the user can mend, and a request to report the rest. */
export function describeFailure(error: unknown, debug: boolean, env: Environment = process.env): Failure {
  const trace = debug ? `\n\n${safe(traceOf(error), env)}` : '';
  if (error instanceof UserError) {
    const details = error.details.map((detail) => `\n${indented(detail)}`).join('');
    return { text: `${error.message}${details}${trace}`, code: EXIT.refused };
  }
  const connection = connectionProblem(error, env);
  if (connection !== undefined) return { text: `${connection}${trace}`, code: EXIT.refused };
  const message = error instanceof Error ? error.message : String(error);
  return {
    text:
      `Something failed inside metricgraph: ${safe(plain(message), env)}\n` +
      `This is a mistake of ours; nothing that was loaded before is lost. ` +
      `${debug ? 'Please report it with the lines below.' : 'Run it again with --debug to see where, and please report it.'}${trace}`,
    code: EXIT.bug,
  };
}

/** What is wrong between us and PostgreSQL, and how to mend it, where the error is of that kind. */
export function connectionProblem(error: unknown, env: Environment = process.env): string | undefined {
  if (!env.DATABASE_URL || !URL.canParse(env.DATABASE_URL)) return undefined;
  const url = new URL(env.DATABASE_URL);
  const server = `${url.hostname || 'localhost'}:${url.port || 5432}`;
  const user = JSON.stringify(decodeURIComponent(url.username));
  const database = JSON.stringify(decodeURIComponent(url.pathname.slice(1)) || url.username);
  for (const code of codesOf(error)) {
    const told = CONNECTION_PROBLEMS[code]?.({ server, user, database });
    if (told !== undefined) return told;
  }
  return undefined;
}

interface Place {
  readonly server: string;
  readonly user: string;
  readonly database: string;
}

const unreachable = ({ server }: Place) =>
  `PostgreSQL at ${server} does not answer. Check that the server runs and that host and port in DATABASE_URL ` +
  'are right, or unset DATABASE_URL to use the embedded database.';

const unknownHost = ({ server }: Place) =>
  `There is no host ${server.replace(/:\d+$/, '')}. Check the host in DATABASE_URL, or unset it to use the embedded database.`;

const refusedUser = ({ server, user, database }: Place) =>
  `PostgreSQL at ${server} refuses user ${user} for database ${database}. Check user and password in DATABASE_URL ` +
  'and the access rules of the server (pg_hba.conf).';

/** By the error code of the system or the SQLSTATE of PostgreSQL. */
const CONNECTION_PROBLEMS: Readonly<Record<string, (place: Place) => string>> = {
  ECONNREFUSED: unreachable,
  ECONNRESET: unreachable,
  EHOSTUNREACH: unreachable,
  ENETUNREACH: unreachable,
  ETIMEDOUT: unreachable,
  EPIPE: unreachable,
  P1001: unreachable,
  ENOTFOUND: unknownHost,
  EAI_AGAIN: unknownHost,
  '28P01': refusedUser,
  '28000': refusedUser,
  '3D000': ({ server, database }) =>
    `PostgreSQL at ${server} has no database ${database}. Create it (createdb), or correct the name in DATABASE_URL.`,
  '42501': ({ user, database }) =>
    `User ${user} may not do this in database ${database}. metricgraph makes schemas and tables of its own: ` +
    `grant it that (grant create on database … to …), or use another user in DATABASE_URL.`,
  '53300': ({ server }) =>
    `PostgreSQL at ${server} has no connection left. Lower POOL_SIZE here, or raise max_connections there.`,
  '57P01': ({ server }) =>
    `PostgreSQL at ${server} ended the connection: it is being stopped. Try again when it runs.`,
  '57P03': ({ server }) => `PostgreSQL at ${server} is starting or stopping. Try again in a moment.`,
};

function traceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? error.message;
  return error.cause === undefined ? own : `${own}\nCaused by: ${traceOf(error.cause)}`;
}

/** Without the password of the database, wherever it may have slipped in. */
function safe(text: string, env: Environment): string {
  if (!env.DATABASE_URL || !URL.canParse(env.DATABASE_URL)) return text;
  const { password } = new URL(env.DATABASE_URL);
  return [password, decodeURIComponent(password)]
    .filter((secret) => secret.length > 0)
    .reduce((sum, secret) => sum.replaceAll(secret, '***'), text);
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`.trimEnd())
    .join('\n');
}
