import { type GraphQLSchema, isEnumType, isObjectType } from 'graphql';
import type { Model } from '../query/model/model.ts';
import { camelCase, screamingCase } from '../query/model/names.ts';

const MONTHS = new Intl.DateTimeFormat('en', { month: 'long', timeZone: 'UTC' });

/** What the descriptions of quarters and years must add; nothing where years begin in January. */
export function fiscalYearNote(grain: string, fiscalYearStart: number): string {
  if (fiscalYearStart === 1 || (grain !== 'quarter' && grain !== 'year')) return '';
  const month = MONTHS.format(new Date(Date.UTC(2024, fiscalYearStart - 1)));
  return ` Years are fiscal years, which begin in ${month}${grain === 'year' ? '' : ', and quarters with them'}.`;
}

/** Says in the schema what quarters and years are, wherever they are named. */
export function describeFiscalYear(schema: GraphQLSchema, model: Model, fiscalYearStart: number): void {
  if (fiscalYearStart === 1) return;
  for (const grain of ['quarter', 'year']) {
    const note = fiscalYearNote(grain, fiscalYearStart);
    const dimensions = model.dimensions.filter((each) => each.kind === 'time' && each.grain === grain);
    describeValue(schema, 'PeriodUnit', screamingCase(grain), note);
    for (const { name } of dimensions) {
      describeValue(schema, 'Dimension', screamingCase(name), note);
      describeField(schema, 'MetricsRow', camelCase(name), note);
    }
  }
}

function describeValue(schema: GraphQLSchema, type: string, name: string, note: string): void {
  const named = schema.getType(type);
  if (isEnumType(named)) describe(named.getValue(name), note);
}

function describeField(schema: GraphQLSchema, type: string, name: string, note: string): void {
  const named = schema.getType(type);
  if (isObjectType(named)) describe(named.getFields()[name], note);
}

function describe(
  element: { description?: string | null | undefined } | null | undefined,
  note: string,
): void {
  if (element) element.description = `${element.description ?? ''}${note}`.trim();
}
