// @ts-check
import { ask, load } from './load.mjs';

/** @typedef {import('./types.ts').Open} Open */

/**
 * A contender that a server answers for.
 * @param {import('../support/child.mjs').Child} child
 * @param {import('./types.ts').Requests} requests
 * @param {readonly import('./types.ts').Asked[]} [random]
 * @returns {Open}
 */
export function overHttp(child, requests, random = []) {
  return {
    requests,
    random,
    url: child.url,
    measure: async (question, options) => {
      const asked = question === 'Q8' ? random : [requests[question]];
      const posts = asked.flatMap((one) => (one === undefined || typeof one === 'string' ? [] : [one.post]));
      const [first] = posts;
      if (first === undefined) return undefined;
      const measured = await load(child.url, posts, options);
      // What was under way when the time was up is still being worked on, and would slow whoever is next.
      await ask(child.url, first);
      return measured;
    },
    peakMb: child.peakMb,
    close: child.stop,
  };
}
