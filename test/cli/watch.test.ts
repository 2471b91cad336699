import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engines, type TestDatabase } from '../support/databases.ts';
import { startServer } from '../support/server.ts';
import { compileCli, finished, runCli, startCli } from './run.ts';

const EVENTS = 'CREATED,FIRM_ID,USER_ID,EVENT_TYPE,NUM_DOCS,FEEDBACK_SCORE\n2024-06-03,1,ann,VAULT,3,5\n';

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'metricgraph-csv-'));
  writeFileSync(join(folder, 'users.csv'), 'ID,CREATED,TITLE\nann,2024-01-01,Partner\n');
  writeFileSync(join(folder, 'firms.csv'), 'ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS\n1,2024-01-01,5,10\n');
  writeFileSync(join(folder, 'events.csv'), EVENTS);
  await compileCli();
}, 150_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a process has written to stderr by the time that it matches. */
function told(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr!.on('data', (chunk) => {
      text += chunk;
      if (pattern.test(text)) resolve(text);
    });
    child.once('exit', () => reject(new Error(`It ended without ${pattern}:\n${text}`)));
  });
}

describe.each(engines)('build --watch ($name)', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await engine.create();
  });
  afterAll(() => database?.drop());

  it.runIf(engine.name === 'postgres')(
    'builds what other processes import, until it is stopped',
    async () => {
      const watching = startCli(['build', '--watch', '--interval', '1'], database.env);
      try {
        await told(watching, /^Watching for imports every 1 s\..*^Built version 1 .*no events yet/ms);
        const built = told(watching, /^Built version 2 in .*: data up to 2024-06-04T00:00:00Z/m);
        const { code, stderr } = await runCli(['import', folder, '--no-build'], database.env);
        expect([code, stderr]).toEqual([0, expect.stringContaining('stays as it is until')]);
        await built;
      } finally {
        watching.kill('SIGINT');
      }
      expect((await finished(watching)).code).toBe('SIGINT');
    },
  );

  it.runIf(engine.name === 'postgres')('outlasts a restart of the database', async () => {
    const server = await startServer();
    const env = { DATABASE_URL: server.url };
    const watching = startCli(['build', '--watch', '--interval', '1'], env);
    try {
      await told(watching, /^Built version 1 /m);
      const missed = told(watching, /^PostgreSQL at 127\.0\.0\.1:\d+ does not answer/m);
      await server.halt();
      await missed;
      const back = told(watching, /^PostgreSQL answers again/m);
      await server.resume();
      await back;
      const built = told(watching, /^Built version 2 /m);
      await runCli(['import', folder, '--no-build'], env);
      await built;
    } finally {
      watching.kill('SIGINT');
      await finished(watching);
      await server.stop();
    }
  });

  it.runIf(engine.name === 'embedded')('is refused where no other process can import', async () => {
    const { code, stderr } = await runCli(['build', '--watch'], database.env);
    expect(code).toBe(1);
    expect(stderr).toMatch(/the embedded database belongs to one process at a time.*DATABASE_URL/s);
  });

  it('takes whole seconds, and only for watching', async () => {
    const wrong = await runCli(['build', '--watch', '--interval', '0.5'], database.env);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringMatching(/Expected whole seconds/)]);
    const alone = await runCli(['build', '--interval', '5'], database.env);
    expect([alone.code, alone.stderr]).toEqual([2, expect.stringMatching(/--interval belongs to --watch/)]);
  });
});
