import { createHash } from 'node:crypto';

/** The id of what is nothing but its content: equal for equal content alone, so that client caches may merge by it. */
export function contentId(content: unknown): string {
  return createHash('sha1').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
}
