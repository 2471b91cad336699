/// <reference types="vite/client" />
import page from '../../docs/questions.md?raw';
import type { Example } from './examples.ts';

/** The questions of docs/questions.md: each is a heading with a query below. */
export const questions: readonly Example[] = page
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [, question, query] = /^(.*?)\n.*```graphql\n(.*)```/s.exec(section) ?? [];
    const [, name] = /^query (\w+)/.exec(query ?? '') ?? [];
    if (!name) throw new Error(`docs/questions.md has no named query below “${question}”.`);
    return { name, query: `# ${question}\n${query}` };
  });
