import { readdirSync, readFileSync } from 'node:fs';
import { type ExecutionResult, graphql } from 'graphql';
import type { Engine } from '../../src/database/engine.ts';
import { createApi } from '../../src/graphql/api.ts';
import { expandProblems } from '../../src/graphql/errors.ts';
import { model } from '../../src/model/index.ts';
import type { Explained } from './recorded.ts';

const FOLDER = new URL('queries/', import.meta.url);

/** A request that was written by hand. */
export interface GoldenRequest {
  readonly name: string;
  readonly source: string;
}

/** Every request of the folder, by name. */
export function goldenRequests(): readonly GoldenRequest[] {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.graphql'));
  return files.map((file) => ({
    name: file.replace(/\.graphql$/, ''),
    source: readFileSync(new URL(file, FOLDER), 'utf8'),
  }));
}

/** The requests that the README shows, named after the heading above each. */
export function readmeRequests(): readonly GoldenRequest[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  return readme.split(/^#+ /m).flatMap((section) => {
    const [name] = section.split('\n');
    return [...section.matchAll(/```graphql\n(.*?)```/gs)].map(([, source]) => ({
      name: name!,
      source: source!,
    }));
  });
}

/** Names of the files that were recorded. */
export function recordedFiles(): readonly string[] {
  return readdirSync(FOLDER).filter((file) => !file.endsWith('.graphql'));
}

/** What came of a request. */
export interface Recorded {
  /** One answer, or one for each page. */
  readonly answers: readonly ExecutionResult[];
  /** How its fields were compiled; none where it was refused. */
  readonly explained: readonly Explained[];
}

/** Asks a request as a client who may see SQL would, page after page where it has a variable `$after`. */
export async function record(engine: Engine, { source }: GoldenRequest): Promise<Recorded> {
  const [, month = '1'] = /^# FISCAL_YEAR_START=(\d+)$/m.exec(source) ?? [];
  const viewer = { scope: '', mayExplain: true };
  const api = await createApi({ engine, model, viewer, fiscalYearStart: Number(month) });
  const ask = async (text: string, variableValues: Record<string, unknown>): Promise<ExecutionResult> => {
    const contextValue = await api.context();
    const { errors, ...rest } = await graphql({
      schema: api.schema,
      source: text,
      variableValues,
      contextValue,
    });
    const shown = errors && expandProblems(errors).map((each) => api.formatError(each.toJSON(), each));
    return { ...(shown && { errors: shown as never }), ...rest };
  };
  try {
    const answers = [await ask(source, {})];
    for (
      let after = nextPage(source, answers[0]!);
      after !== undefined;
      after = nextPage(source, answers.at(-1)!)
    )
      answers.push(await ask(source, { after }));
    if (answers.some(({ errors }) => errors)) return { answers, explained: [] };
    const { data } = await ask(EXPLAIN, { source });
    return { answers, explained: data?.explain as readonly Explained[] };
  } finally {
    await api.close();
  }
}

const EXPLAIN = 'query ($source: String!) { explain(query: $source) { path sql parameters } }';

/** The cursor of the page after an answer; undefined where there is none, or the request does not ask for pages. */
function nextPage(source: string, { data }: ExecutionResult): string | undefined {
  if (!source.includes('$after')) return undefined;
  const [field] = Object.values(data ?? {}) as { pageInfo: { hasNextPage: boolean; endCursor: string } }[];
  return field?.pageInfo.hasNextPage ? field.pageInfo.endCursor : undefined;
}
