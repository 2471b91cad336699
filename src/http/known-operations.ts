import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Executor, Prepared } from '../graphql/execution/executor.ts';
import type { RequestKey } from './response-cache.ts';

/** An operation that a request was answered by without any error. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
}

/** What answers to requests of one form have in common. */
interface Known extends KnownOperation {
  readonly contentType: string;
}

/** An operation with values of its variables, and the form of its answers. */
export interface ReadyOperation {
  readonly prepared: Prepared;
  readonly contentType: string;
}

/** About how much memory the documents may take, and as much again those that are ready. */
const MAX_BYTES = 16 * 2 ** 20;

/** A document as a tree takes many times its text, and so do variables. */
const BYTES_PER_CHARACTER = 20;

/** Of a field: its plan, the values of its arguments, and what the resolvers found out about what is selected. */
const BYTES_PER_FIELD = 1_000;

/**
 * Operations by all of their requests but the variables: what was found in order once (its headers, its document, that
 * it is a query) is so again, and need not be looked at. Those that are asked again with the same variables are ready.
 */
export class KnownOperations {
  private readonly known = new LRUCache<string, Known>({
    maxSize: MAX_BYTES,
    sizeCalculation: (_, form) => BYTES_PER_CHARACTER * form.length,
  });
  private readonly ready = new LRUCache<string, ReadyOperation>({
    maxSize: MAX_BYTES,
    sizeCalculation: ({ prepared }, key) =>
      BYTES_PER_CHARACTER * key.length + BYTES_PER_FIELD * prepared.size,
  });

  constructor(private readonly executor: Executor) {}

  /** Undefined for a request of a form that no other had. */
  get({ form, variables }: RequestKey, variableValues: Record<string, unknown>): ReadyOperation | undefined {
    const key = form + variables;
    const ready = this.ready.get(key);
    if (ready) return ready;
    const known = this.known.get(form);
    if (!known) return undefined;
    const { contentType, ...operation } = known;
    const made = { prepared: this.executor.prepare({ ...operation, variableValues }), contentType };
    this.ready.set(key, made);
    return made;
  }

  set(form: string, known: Known): void {
    this.known.set(form, known);
  }
}
