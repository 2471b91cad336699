import type { ApiModel } from '../../../src/graphql/define.ts';
import { defineModel } from '../../../src/query/define.ts';
import { dimensions } from './dimensions.ts';
import { Product, Store, StoreFields } from './entities.ts';
import { facts } from './facts.ts';
import { metrics } from './metrics.ts';

/** Orders of a shop: another domain than the one that is shipped, with every kind of metric and dimension. */
export const shop: ApiModel = {
  model: defineModel({ dimensions, facts, metrics }),
  entities: { Store, Product },
  resolvers: [StoreFields],
};
