import { afterAll, beforeAll } from 'vitest';
import { openApi, type TestApi } from '../support/api.ts';
import { describeEngines } from '../support/databases.ts';
import { shop } from './shop/index.ts';
import { createShop } from './tables.ts';

export interface Shop {
  readonly api: TestApi;
}

/** A suite per engine over the shop's API and data. */
export function describeShop(title: string, suite: (shop: Shop) => void): void {
  describeEngines(title, (fixture) => {
    let api: TestApi;
    beforeAll(async () => {
      await createShop(fixture.engine);
      api = await openApi(fixture.engine, shop);
    });
    afterAll(() => api?.close());
    suite({
      get api() {
        return api;
      },
    });
  });
}
