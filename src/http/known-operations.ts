import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** An operation that a request was answered by without any error. */
export interface KnownOperation {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
}

/** What answers to requests of one form have in common. */
interface Known extends KnownOperation {
  readonly contentType: string;
}

/** About how much memory the documents may take. */
const MAX_BYTES = 16 * 2 ** 20;

/** A document as a tree takes many times its text. */
const BYTES_PER_CHARACTER = 20;

/**
 * Operations by all of their requests but the variables: what was found in order once (its headers, its document, that
 * it is a query) is so again, and need not be looked at.
 */
export class KnownOperations {
  private readonly kept = new LRUCache<string, Known>({
    maxSize: MAX_BYTES,
    sizeCalculation: (_, form) => BYTES_PER_CHARACTER * form.length,
  });

  get(form: string): Known | undefined {
    return this.kept.get(form);
  }

  set(form: string, known: Known): void {
    this.kept.set(form, known);
  }
}
