import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  base: '/playground/',
  worker: { format: 'es' },
  plugins: [gzipped()],
  build: {
    outDir: '../../dist/playground',
    emptyOutDir: true,
    target: 'es2022',
    // Files rather than data: URLs, so that the page's policy need not allow more of those.
    assetsInlineLimit: 0,
    // Monaco is one chunk of about 3 MB, loaded after the first paint.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      // 'use client' is for servers that render React; there is none here.
      onLog: (level, log, report) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && report(level, log),
    },
  },
});

/** Writes a `.gz` beside every script and style, which the server sends as they are: a third of the bytes. */
function gzipped(): Plugin {
  return {
    name: 'gzipped',
    apply: 'build',
    // What is on disk, because the bundle in memory is still rewritten after the last hook that sees it.
    async writeBundle({ dir = '' }, bundle) {
      const files = Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name));
      await Promise.all(
        files.map(async (name) => {
          const path = join(dir, name);
          await writeFile(`${path}.gz`, gzipSync(await readFile(path), { level: 9 }));
        }),
      );
    },
  };
}
