import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One copy of graphql: these packages would otherwise load their own.
    server: { deps: { inline: ['type-graphql', '@apollo/server'] } },
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
