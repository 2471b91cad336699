import { writeFileSync } from 'node:fs';
import type { Counted } from './coverage/coverage.ts';

type EngineName = 'embedded' | 'postgres';

/** On both engines together, in an ordinary test run. */
const CASES = 2_000;
/** Of all cases; the embedded engine takes three times as long for one. */
const SHARES: Readonly<Record<EngineName, number>> = { embedded: 0.1, postgres: 0.9 };
const SEED = 20_240_229;
/** The engines are asked about different data. */
const APART = 1_000_000;
/** For one case, by the slowest machine. */
const CASE_MS = 3_000;

/** What a long run sets; see soak.mjs. */
const { PROPERTY_CASES, PROPERTY_SEED, PROPERTY_ENGINE, PROPERTY_FAILURES, PROPERTY_RESULT } = process.env;

/** How many cases an engine is asked, from which seed, and after how many failures the run ends. */
export function planOf(engine: EngineName) {
  const all = Number(PROPERTY_CASES ?? CASES);
  const isAlone = PROPERTY_ENGINE !== undefined;
  const isAsked = !isAlone || PROPERTY_ENGINE === engine;
  const apart = engine === 'embedded' && !isAlone ? APART : 0;
  return {
    cases: isAsked ? Math.ceil(all * (isAlone ? 1 : SHARES[engine])) : 0,
    seed: Number(PROPERTY_SEED ?? SEED) + apart,
    mostFailures: Number(PROPERTY_FAILURES ?? 3),
    timeoutMs: 60_000 + all * CASE_MS,
  };
}

/** What a run found, for whoever started it. */
export interface Result {
  readonly failures: readonly string[];
  readonly coverage: Counted;
}

export function writeResult(result: Result): void {
  if (PROPERTY_RESULT !== undefined) writeFileSync(PROPERTY_RESULT, JSON.stringify(result));
}

/** Whether nothing was set: the cases are those of every test run. */
export const isOrdinaryRun: boolean = PROPERTY_CASES === undefined && PROPERTY_ENGINE === undefined;
