import { afterAll, beforeAll } from 'vitest';
import type { Engine } from '../../src/database/engine.ts';
import { build } from '../../src/pipeline/build/build.ts';
import { upgrade } from '../../src/pipeline/upgrade.ts';
import { quiet } from '../../src/progress.ts';
import type { RawRows } from '../oracle/marts.ts';
import { openApi, type TestApi } from './api.ts';
import { describeEngines, type Fixture } from './databases.ts';
import { type ReplaceOptions, replaceRaw } from './raw.ts';

/** Builds and serves these rows in place of all others. */
export async function serve(engine: Engine, raw: RawRows, options?: ReplaceOptions): Promise<void> {
  await upgrade(engine, quiet);
  await replaceRaw(engine, raw, options);
  await build(engine, { progress: quiet });
}

export interface ServeOptions extends ReplaceOptions {
  /** What is done to the database after the build. */
  readonly afterBuild?: (engine: Engine) => Promise<void>;
}

/** A suite per engine over an API that serves these rows. */
export function describeServed(
  title: string,
  raw: RawRows,
  suite: (ask: TestApi['ask'], fixture: Fixture & { readonly api: TestApi }) => void,
  { afterBuild, ...options }: ServeOptions = {},
): void {
  describeEngines(title, (fixture) => {
    let api: TestApi;
    beforeAll(async () => {
      await serve(fixture.engine, raw, options);
      await afterBuild?.(fixture.engine);
      api = await openApi(fixture.engine);
    });
    afterAll(() => api?.close());
    suite((source, variables) => api.ask(source, variables), {
      ...{ name: fixture.name, create: fixture.create },
      get database() {
        return fixture.database;
      },
      get engine() {
        return fixture.engine;
      },
      get api() {
        return api;
      },
    });
  });
}
