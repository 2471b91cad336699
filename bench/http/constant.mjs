// @ts-check
/** What the HTTP stack alone can do: answers that were made before, by question. */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';

const { PORT, ANSWERS = '' } = process.env;
/** @type {Record<string, string>} */
const answers = JSON.parse(readFileSync(ANSWERS, 'utf8'));
const app = Fastify();
for (const [name, answer] of Object.entries(answers))
  app.post(`/${name}`, (_request, reply) =>
    reply
      .headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' })
      .send(answer),
  );
await app.listen({ host: '127.0.0.1', port: Number(PORT) });
