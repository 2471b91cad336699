// Malloy as a library behind Node's own HTTP: every route is one query of model.malloy, compiled once.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { PooledPostgresConnection } from '@malloydata/db-postgres';
import { SingleConnectionRuntime } from '@malloydata/malloy';

const { DATABASE_URL, PORT, RELATION } = process.env;
const { hostname, port, username, password, pathname } = new URL(DATABASE_URL);
const connection = new PooledPostgresConnection({
  name: 'postgres',
  host: hostname,
  port: Number(port),
  username,
  password: decodeURIComponent(password),
  databaseName: pathname.slice(1),
});
const runtime = new SingleConnectionRuntime({ connection });
const model = readFileSync(new URL('model.malloy', import.meta.url), 'utf8').replaceAll('RELATION', RELATION);
const loaded = runtime.loadModel(model);
const compiled = new Map();

/** A query by its text: Malloy has no parameters of the driver's kind, so values are part of it. */
async function run(text) {
  let sql = compiled.get(text);
  if (sql === undefined) {
    sql = await loaded.loadQuery(text).getSQL();
    compiled.set(text, sql);
  }
  return (await connection.runSQL(sql)).rows;
}

createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  try {
    send(response, 200, { rows: await run(JSON.parse(body).query) });
  } catch (error) {
    send(response, 500, { error: String(error) });
  }
}).listen(Number(PORT), '127.0.0.1');

function send(response, status, value) {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
