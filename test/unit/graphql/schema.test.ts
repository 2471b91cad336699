import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
  type GraphQLSchema,
  printType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildApiSchema } from '../../../src/graphql/schema.ts';
import { shop, weather } from './shop.ts';

const schema = buildApiSchema(shop);

const inputFields = (name: string, of: GraphQLSchema = schema) =>
  Object.values((of.getType(name) as GraphQLInputObjectType).getFields());
const typesOf = (name: string, of: GraphQLSchema = schema) =>
  Object.fromEntries(
    Object.values((of.getType(name) as GraphQLObjectType).getFields()).map((each) => [
      each.name,
      String(each.type),
    ]),
  );

describe('filters', () => {
  it('are those of the kind of each dimension', () => {
    const types = Object.fromEntries(
      inputFields('MetricsWhere').map((each) => [each.name, String(each.type)]),
    );
    expect(types).toEqual({
      ...Object.fromEntries(
        ['day', 'week', 'month', 'quarter', 'year', 'cohort'].map((each) => [each, 'DateFilter']),
      ),
      store: 'IdFilter',
      channel: 'ChannelFilter',
      priceBand: 'PriceBandFilter',
      loyal: 'BooleanFilter',
      items: 'IntFilter',
      and: '[MetricsWhere!]',
      or: '[MetricsWhere!]',
      not: 'MetricsWhere',
    });
  });

  it.each([
    ['BooleanFilter', ['eq', 'neq', 'isNull']],
    ['ChannelFilter', ['eq', 'neq', 'in', 'notIn', 'isNull', 'lt', 'lte', 'gt', 'gte', 'between']],
    [
      'IdFilter',
      ['eq', 'neq', 'in', 'notIn', 'isNull', 'lt', 'lte', 'gt', 'gte', 'between', 'contains', 'startsWith'],
    ],
  ])('%s has the operators that its values have', (name, operators) => {
    expect(inputFields(name).map((each) => each.name)).toEqual(operators);
  });

  it('compare bands by the enum of their names', () => {
    expect(printType(schema.getType('PriceBandFilterBetween')!)).toContain('from: PriceBand!');
    expect((schema.getType('PriceBand') as GraphQLEnumType).getValues().map(({ name }) => name)).toEqual([
      'BELOW_10',
      'FROM_10',
    ]);
  });

  it('of rows have a field for each metric, comparisons and custom metrics', () => {
    const types = Object.fromEntries(
      inputFields('MetricsHaving').map((each) => [each.name, String(each.type)]),
    );
    expect(types).toMatchObject({
      ...{ orders: 'NumberFilter', meanPrice: 'NumberFilter', half: 'NumberFilter' },
      ...{ compare: 'ComparisonHaving', custom: 'CustomHaving', not: 'MetricsHaving' },
    });
  });
});

describe('inputs that take exactly one of their fields', () => {
  it('are marked, and no others', () => {
    const marked = Object.values(schema.getTypeMap())
      .filter((type) => (type as GraphQLInputObjectType).isOneOf)
      .map(({ name }) => name);
    expect(marked.sort()).toEqual(['MetricsOrder', 'Operand', 'TimeRange']);
  });
});

describe('what should not be used any more', () => {
  it('is said wherever it is named', () => {
    const field = (type: string, name: string) =>
      (schema.getType(type) as GraphQLObjectType | GraphQLInputObjectType).getFields()[name]!
        .deprecationReason;
    const value = (type: string, name: string) =>
      (schema.getType(type) as GraphQLEnumType).getValue(name)!.deprecationReason;
    for (const type of [
      'MetricsRow',
      'MetricsTotals',
      'MetricChanges',
      'MetricValues',
      'MetricShares',
      'MetricsHaving',
    ])
      expect(field(type, 'revenue'), type).toBe('Use orders.');
    for (const type of ['MetricsRow', 'MetricsWhere', 'SourceRow'])
      expect(field(type, 'channel'), type).toBe('Everyone orders on the web.');
    expect(value('Metric', 'REVENUE')).toBe('Use orders.');
    expect(value('Dimension', 'CHANNEL')).toBe('Everyone orders on the web.');
    expect(field('MetricsRow', 'orders')).toBeUndefined();
  });
});

describe('rows', () => {
  it('have dimensions that may be missing, and metrics that are missing only where they can be', () => {
    expect(typesOf('MetricsRow')).toEqual({
      ...{ id: 'ID!', kind: 'RowKind!', isPartial: 'Boolean!' },
      ...{ day: 'Date', week: 'Date', month: 'Date', quarter: 'Date', year: 'Date', cohort: 'Date' },
      ...{ store: 'Store', channel: 'Channel', priceBand: 'PriceBand', loyal: 'Boolean', items: 'Int' },
      ...{ orders: 'SafeInt!', revenue: 'Float!', movers: 'SafeInt!', gross: 'Float!' },
      ...{ meanPrice: 'Float', medianPrice: 'Float', dearest: 'Float', spread: 'Float', half: 'Float' },
      ...{ comparison: 'MetricChanges', rolling: 'MetricValues', custom: 'Float', share: 'MetricShares' },
      sourceRows: 'SourceRowPage',
    });
  });

  it('have shares of additive metrics alone', () => {
    expect(typesOf('MetricShares')).toEqual({ id: 'ID!', orders: 'Float', revenue: 'Float' });
  });

  it('have windows in which every metric may be missing', () => {
    expect(typesOf('MetricValues')).toMatchObject({
      orders: 'SafeInt',
      revenue: 'Float',
      isPartial: 'Boolean!',
    });
  });

  it('stand on source rows as the model shows them', () => {
    expect(typesOf('SourceRow')).toEqual({
      ...{ id: 'ID!', at: 'DateTime!', store: 'Store!', channel: 'Channel!', pieces: 'SafeInt' },
    });
  });
});

describe('another model in the process', () => {
  it('has a schema of its own, and leaves the first as it is', () => {
    const before = printType(schema.getType('MetricsRow')!);
    const other = buildApiSchema(weather);
    expect(typesOf('MetricsRow', other)).toMatchObject({ day: 'Date', station: 'Int', readings: 'SafeInt!' });
    expect(typesOf('MetricsRow', other)).not.toHaveProperty('orders');
    expect((other.getType('Dimension') as GraphQLEnumType).getValues().map(({ name }) => name)).toEqual([
      'DAY',
      'STATION',
    ]);
    const names = Object.keys(other.getTypeMap());
    expect(names.filter((name) => /Store|Channel|PriceBand/.test(name))).toEqual([]);
    expect(typesOf('SourceRow', other)).toEqual({ id: 'ID!', at: 'DateTime!', station: 'Int!' });
    expect(printType(buildApiSchema(shop).getType('MetricsRow')!)).toBe(before);
  });
});

describe('a fiscal year', () => {
  it('is told where quarters and years are named', () => {
    const april = buildApiSchema(shop, { fiscalYearStart: 4 });
    const value = (of: GraphQLSchema, type: string, name: string) =>
      (of.getType(type) as GraphQLEnumType).getValue(name)!.description ?? '';
    for (const type of ['Dimension', 'PeriodUnit'])
      expect(value(april, type, 'YEAR')).toMatch(/fiscal years, which begin in April\.$/);
    expect(value(april, 'Dimension', 'QUARTER')).toMatch(/begin in April, and quarters with them\.$/);
    expect(value(april, 'Dimension', 'MONTH')).not.toMatch(/fiscal/);
    expect(value(schema, 'Dimension', 'YEAR')).not.toMatch(/fiscal/);
  });
});
