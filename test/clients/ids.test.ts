import { GraphQLObjectType, getNamedType } from 'graphql';
import { expect, it } from 'vitest';
import 'reflect-metadata';
import { buildApiSchema } from '../../src/graphql/schema.ts';
import { model } from '../../src/model/index.ts';

it('every object below metrics has an id, without which a cache would not merge it', () => {
  const schema = buildApiSchema(model, { fiscalYearStart: 1 });
  const found = new Map<string, string | undefined>();
  const visit = (type: unknown): void => {
    if (!(type instanceof GraphQLObjectType) || found.has(type.name)) return;
    const fields = type.getFields();
    found.set(type.name, fields.id && String(fields.id.type));
    for (const field of Object.values(fields)) visit(getNamedType(field.type));
  };
  visit(getNamedType(schema.getQueryType()!.getFields().metrics!.type));
  expect(found.size).toBeGreaterThan(12);
  expect([...found].filter(([, id]) => id !== 'ID!')).toEqual([]);
});
