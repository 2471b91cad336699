// @ts-check
/** The limit: what answers over HTTP from PostgreSQL with nothing between. Every route is one named statement. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import pg from 'pg';

const { DATABASE_URL, PORT, POOL_SIZE, STATEMENTS = '' } = process.env;
/** @type {Record<string, string>} */
const statements = JSON.parse(readFileSync(STATEMENTS, 'utf8'));

const INT8 = 20;
const DATE = 1082;
pg.types.setTypeParser(INT8, Number);
pg.types.setTypeParser(DATE, (text) => text);
const pool = new pg.Pool({ connectionString: DATABASE_URL, max: Number(POOL_SIZE), keepAlive: true });

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', async () => {
    try {
      send(response, 200, await answer((request.url ?? '').slice(1), JSON.parse(body)));
    } catch (error) {
      send(response, 500, { error: String(error) });
    }
  });
});

/** @param {string} name @param {unknown[]} values */
async function answer(name, values) {
  const { rows } = await pool.query({ name, text: statements[name] ?? '', values, rowMode: 'array' });
  return { rows };
}

/** @param {import('node:http').ServerResponse} response @param {number} status @param {unknown} value */
function send(response, status, value) {
  const text = Buffer.from(JSON.stringify(value));
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length });
  response.end(text);
}

server.listen(Number(PORT), '127.0.0.1');
