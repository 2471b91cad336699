import { expect } from 'vitest';
import { finished, serving, startCli } from '../cli/run.ts';
import { type Answer, answerOf, PULSE, QUESTIONS } from './state.ts';

/** A server process that is asked all the time, from before a kill until after the command ran again. */
export interface Watched {
  /** Resolves once the server names a version from `version` on; gives its answer to all questions. */
  reaches(version: number): Promise<Answer>;
  /** Ends the server; gives every answer that it gave, and throws the first failure. */
  stop(): Promise<Answer[]>;
}

const BETWEEN_PULSES_MS = 250;

export async function watchServer(env: Readonly<Record<string, string>>): Promise<Watched> {
  // Under its own name at the database, where commands are looked for by theirs.
  const url = env.DATABASE_URL!.replace('application_name=command', 'application_name=server');
  const child = startCli(['serve'], { ...env, DATABASE_URL: url, PORT: '0', LOG_LEVEL: 'silent' });
  const ended = finished(child);
  const address = await serving(child);
  const answers: Answer[] = [];
  let stopped = false;
  const pulses = (async () => {
    while (!stopped) {
      answers.push(await ask(address, PULSE));
      await new Promise((resolve) => setTimeout(resolve, BETWEEN_PULSES_MS));
    }
  })();
  // Told by `stop`; until then a failure must not end the process.
  pulses.catch(() => undefined);
  return {
    async reaches(version) {
      const reached = async () => (await ask(address, PULSE)).version;
      await expect.poll(reached, { timeout: 60_000 }).toBeGreaterThanOrEqual(version);
      return ask(address, QUESTIONS);
    },
    async stop() {
      stopped = true;
      try {
        await pulses;
      } finally {
        child.kill('SIGTERM');
      }
      expect((await ended).code).toBe(0);
      return answers;
    },
  };
}

async function ask(address: string, query: string): Promise<Answer> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors?: unknown };
  if (response.status !== 200 || errors !== undefined)
    throw new Error(`The server answered ${response.status}: ${JSON.stringify(errors)}`);
  return answerOf(data);
}
