import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { MigrationAdapter } from './adapter.ts';

interface Exports {
  __wbindgen_start(): void;
}

/** The part of the global that Node's types leave to the DOM's. */
interface WebAssemblyGlobal {
  instantiate(binary: Buffer, imports: Record<string, unknown>): Promise<{ instance: { exports: Exports } }>;
}

let loaded: Promise<void> | undefined;

/**
 * Prisma's schema engine over a connection. The caller frees it.
 * @param datamodels - paths and contents of Prisma schemas, which only comparing needs
 */
export async function openSchemaEngine(
  adapter: MigrationAdapter,
  datamodels?: [path: string, content: string][],
): Promise<bindings.SchemaEngine> {
  loaded ??= load();
  await loaded;
  const factory = bindMigrationAwareSqlAdapterFactory(adapter);
  return bindings.SchemaEngine.new({ datamodels }, () => undefined, factory);
}

/** The package's own entry point imports the binary as a module, which Node cannot do without a flag. */
async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
  const binary = await readFile(join(dirname(entry), 'schema_engine_bg.wasm'));
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyGlobal };
  const { instance } = await WebAssembly.instantiate(binary, { './schema_engine_bg.js': imports() });
  const { exports } = instance;
  (bindings as unknown as { __wbg_set_wasm(wasm: Exports): void }).__wbg_set_wasm(exports);
  exports.__wbindgen_start();
}

/** The engine forgets to end the timer that bounds its wait for a lock, which would hold up the process's end. */
function imports(): Record<string, unknown> {
  const unheld = (callback: () => void, ms: number) => setTimeout(callback, ms).unref();
  return Object.fromEntries(
    Object.entries(bindings).map(([name, value]) => [
      name,
      name.startsWith('__wbg_setTimeout_') ? unheld : value,
    ]),
  );
}
