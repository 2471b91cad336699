import { expect, it } from 'vitest';
import { prismaFilter } from '../../../src/graphql/prisma-filter.ts';
import { model } from '../../../src/model/index.ts';
import { Catalog } from '../../../src/query/catalog.ts';

const catalog = new Catalog(model.model);
const COLUMNS = {
  month: ['monthColumn', 'date'],
  firm: ['firmColumn', 'integer'],
  user: ['userColumn', 'text'],
  engagement_level: ['levelColumn', 'text'],
} as const;
const filter = (where: object) => prismaFilter(catalog, { ...where }, COLUMNS, ['list']);

it('keeps and, or and not apart', () => {
  const where = { or: [{ firm: { eq: '2' } }, { user: { in: ['a', 'b'] } }], not: { firm: { gt: 9 } } };
  expect(filter({})).toEqual({ AND: [] });
  expect(filter({ or: [{ firm: { eq: '2' } }, { user: { in: ['a', 'b'] } }] })).toEqual({
    OR: [{ firmColumn: { equals: 2n } }, { userColumn: { in: ['a', 'b'] } }],
  });
  expect(filter(where)).toMatchObject({ AND: [{ OR: [{}, {}] }, { NOT: { firmColumn: { gt: 9n } } }] });
});

it('compares enums by their order, which Prisma Client has not', () => {
  const among = (operators: object) => filter({ engagementLevel: operators });
  expect(among({ lt: 'MEDIUM' })).toEqual({ levelColumn: { in: ['LOW'] } });
  expect(among({ lte: 'MEDIUM' })).toEqual({ levelColumn: { in: ['LOW', 'MEDIUM'] } });
  expect(among({ gt: 'MEDIUM' })).toEqual({ levelColumn: { in: ['HIGH'] } });
  expect(among({ gte: 'LOW' })).toEqual({ levelColumn: { in: ['LOW', 'MEDIUM', 'HIGH'] } });
  expect(among({ between: { from: 'MEDIUM', to: 'HIGH' } })).toEqual({
    levelColumn: { in: ['MEDIUM', 'HIGH'] },
  });
  expect(among({ neq: 'LOW' })).toEqual({ levelColumn: { not: 'LOW' } });
});
