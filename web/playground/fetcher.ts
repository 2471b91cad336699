import { Kind, parse } from 'graphql';

interface GraphQLParams {
  readonly query: string;
  readonly operationName?: string | null | undefined;
  readonly variables?: unknown;
}

interface FetcherOptions {
  readonly headers?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Posts an operation to `/graphql` of the origin that served the page, and gives the parsed answer.
 * An answer that is no JSON, as from a proxy in between, is thrown with its status, which GraphiQL shows.
 */
export async function fetcher(params: GraphQLParams, options?: FetcherOptions): Promise<object> {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json, application/json',
      'content-type': 'application/json',
      ...textHeaders(options?.headers),
    },
    body: JSON.stringify({ ...params, operationName: neededName(params) }),
  });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(
      `The server answered ${response.status} with text instead of JSON: ${text.slice(0, 500)}`,
    );
  }
}

/**
 * Of one operation the name says nothing, and for a moment after a change of tabs GraphiQL still gives the name
 * of the tab before.
 */
function neededName({ query, operationName }: GraphQLParams): string | null | undefined {
  try {
    const operations = parse(query).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    return operations.length === 1 ? undefined : operationName;
  } catch {
    return operationName;
  }
}

/** What the headers editor holds may be any JSON; a header is text. */
function textHeaders(headers: FetcherOptions['headers'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
