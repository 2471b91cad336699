// Prisma's binary engine is a download this project does without: migrations run on the same engine
// compiled to WebAssembly (src/database/migrate.ts). Naming any executable keeps `generate` from fetching it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

const { defineConfig } = await import('prisma/config');

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
