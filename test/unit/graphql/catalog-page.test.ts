import { expect, it } from 'vitest';
import { describeCatalog } from '../../../src/graphql/catalog/describe.ts';
import { catalogPage } from '../../../src/graphql/catalog/page.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import { shopModel } from './shop.ts';

const page = catalogPage(describeCatalog(new Catalog(shopModel)));

/** What the page says under a heading, up to the next one. */
function under(heading: string): string | undefined {
  return page.split(/^#+ /m).find((section) => section.startsWith(`${heading}\n`));
}

it('warns of what is deprecated', () => {
  expect(under('revenue')).toContain('**Deprecated:** Use orders.\n\nWhat revenue is.');
  expect(under('channel')).toContain('**Deprecated:** Everyone orders on the web.\n\nchannel, enum.');
});

it('says where a metric is valid, and what it needs', () => {
  expect(under('orders')).toContain('| group and filter by | every dimension |');
  expect(under('movers')).toContain('| group and filter by | every dimension but `DAY`, `WEEK` |');
  expect(under('movers')).toContain('| needs | grouping by `MONTH` |');
  expect(under('orders')).not.toContain('| needs |');
});

it('lists the values of a dimension, and the kinds that there are', () => {
  expect(under('price_band')).toContain('| `BELOW_10` | Below 10. |\n| `FROM_10` | From 10. |');
  expect(page).toContain('| movement | What changed');
  expect(page).not.toContain('| snapshot |');
});
