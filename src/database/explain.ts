import type { Engine, Statement } from './engine.ts';

/** The database's own plan of a statement that only reads, as `explain (format json)` gives it; the statement is not run. */
export async function readPlan(engine: Pick<Engine, 'read'>, { text, values }: Statement): Promise<unknown> {
  const [row] = await engine.read({ text: `explain (format json) ${text}`, values });
  return row?.[0];
}
