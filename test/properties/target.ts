import type { Engine } from '../../src/database/engine.ts';
import { model } from '../../src/model/index.ts';
import { openApi, type TestApi } from '../support/api.ts';
import type { Case, World } from './cases.ts';
import { checkCase, type Outcome } from './check/check.ts';
import { Loader } from './data-sets.ts';
import { relationsFor } from './relations.ts';

/** What cases are asked of: an engine with one data set at a time, and an API for each fiscal year. */
export class Target {
  private readonly apis = new Map<number, Promise<TestApi>>();
  private readonly loader: Loader;
  private loaded: World['data'] | undefined;

  constructor(private readonly engine: Engine) {
    this.loader = new Loader(engine);
  }

  /** Serves the data of a world. */
  async load({ data, fiscalStart }: World): Promise<TestApi> {
    if (this.loaded !== data) await this.loader.load(data, relationsFor(fiscalStart).rollups);
    this.loaded = data;
    const api = this.apis.get(fiscalStart) ?? openApi(this.engine, model, { fiscalYearStart: fiscalStart });
    this.apis.set(fiscalStart, api);
    return api;
  }

  async check(world: World, asked: Case): Promise<Outcome> {
    return checkCase(await this.load(world), world, asked, relationsFor(world.fiscalStart).forced);
  }

  async close(): Promise<void> {
    for (const api of this.apis.values()) await (await api).close();
  }
}
