// Cube's REST API as a library. Cube Store and the native part are downloads, not packages: without them there are no
// external pre-aggregations, no SQL API and no templates, and 0.35 is the last line that answers over REST at all.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

process.env.CUBEJS_CACHE_AND_QUEUE_DRIVER = 'memory';
process.env.CUBEJS_TELEMETRY = 'false';
process.env.CUBEJS_DB_MAX_POOL = process.env.POOL_SIZE;
process.env.CUBEJS_EXTERNAL_DEFAULT = 'false';
// Otherwise another process would have to build its pre-aggregations.
process.env.CUBEJS_PRE_AGGREGATIONS_BUILDER = 'true';

const require = createRequire(import.meta.url);
const express = require('express');
const { ApiGateway } = require('@cubejs-backend/api-gateway');
const { NativeInstance } = require('@cubejs-backend/native');
const { CubejsServerCore } = require('@cubejs-backend/server-core');

// Both are native; the first makes templates of models in YAML, the second is the SQL API.
NativeInstance.prototype.newJinjaEngine = () => undefined;
class Gateway extends ApiGateway {
  createSQLServerInstance() {
    return {};
  }
}
class Core extends CubejsServerCore {
  createApiGatewayInstance(...options) {
    return new Gateway(...options);
  }
}

const { hostname, port, pathname, username, password } = new URL(process.env.DATABASE_URL);
const model = readFileSync(new URL('model.js', import.meta.url), 'utf8').replaceAll(
  'RELATION',
  process.env.RELATION,
);

const core = new Core({
  apiSecret: 'for this machine alone, and no secret',
  telemetry: false,
  scheduledRefreshTimer: false,
  // Otherwise whoever asks is told after five seconds to ask again.
  orchestratorOptions: { continueWaitTimeout: 90 },
  driverFactory: () => ({
    type: 'postgres',
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    user: username,
    password,
  }),
  checkAuth: () => ({ security_context: {} }),
  repositoryFactory: () => ({ dataSchemaFiles: async () => [{ fileName: 'model.js', content: model }] }),
  logger: (message, { error }) => error && process.stderr.write(`${message}: ${error}\n`),
});
const app = express();
await core.initApp(app);
app.listen(Number(process.env.PORT), '127.0.0.1');
