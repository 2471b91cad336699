import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileCli, finished, serving, startCli } from '../cli/run.ts';

export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** The real thing: `metricgraph start` in an empty folder, which loads the sample data. */
export async function startServer(): Promise<Served> {
  await compileCli();
  const folder = mkdtempSync(join(tmpdir(), 'metricgraph-browser-'));
  const child = startCli(['start'], { DATABASE_URL: '', DATA_DIR: folder, PORT: '0' });
  const end = finished(child);
  return {
    url: await serving(child),
    close: async () => {
      child.kill('SIGTERM');
      await end;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
