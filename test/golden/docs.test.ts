import { expect, it } from 'vitest';
import { describeCatalog } from '../../src/graphql/catalog/describe.ts';
import { catalogPage } from '../../src/graphql/catalog/page.ts';
import { model } from '../../src/model/index.ts';
import { Catalog } from '../../src/query/catalog.ts';

it('is the page of the model that is committed; `npm run docs` writes it anew', async () => {
  const page = catalogPage(describeCatalog(new Catalog(model.model)));
  await expect(page).toMatchFileSnapshot('../../docs/metrics.md');
});
