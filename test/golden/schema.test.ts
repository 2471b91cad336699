import { lexicographicSortSchema, printSchema } from 'graphql';
import { expect, it } from 'vitest';
import { buildApiSchema } from '../../src/graphql/schema.ts';
import { model } from '../../src/model/index.ts';

it('is the schema that is committed; `npm run schema` writes it anew', async () => {
  const printed = `${printSchema(lexicographicSortSchema(buildApiSchema(model)))}\n`;
  await expect(printed).toMatchFileSnapshot('../../schema.graphql');
});
