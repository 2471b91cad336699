// PostGraphile 5 with its aggregates, on Node's own HTTP as its guide has it.
import { createServer } from 'node:http';
import { PgAggregatesPreset } from '@graphile/pg-aggregates';
import { postgraphile } from 'postgraphile';
import { grafserv } from 'postgraphile/grafserv/node';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { PostGraphileConnectionFilterPreset } from 'postgraphile-plugin-connection-filter';

const { DATABASE_URL, POOL_SIZE, PORT } = process.env;
const pgl = postgraphile({
  // Otherwise only indexed columns can be grouped and filtered by.
  disablePlugins: ["PgIndexBehaviorsPlugin"],
  extends: [PostGraphileAmberPreset, PgAggregatesPreset, PostGraphileConnectionFilterPreset],
  pgServices: [
    makePgService({
      connectionString: DATABASE_URL,
      schemas: ['bench_mart'],
      poolConfig: { max: Number(POOL_SIZE) },
    }),
  ],
  grafast: { explain: false },
  grafserv: { graphqlPath: '/graphql', watch: false, graphiql: false },
});
const server = createServer();
server.on('error', (error) => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
await pgl.createServ(grafserv).addTo(server);
server.listen(Number(PORT), '127.0.0.1');
