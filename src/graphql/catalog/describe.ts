import type { Catalog } from '../../query/catalog.ts';
import type { BandDimension, Dimension, Metric, Model } from '../../query/model.ts';
import { camelCase, screamingCase } from '../../query/names.ts';
import { fiscalYearNote } from '../fiscal-year.ts';
import type { CatalogContent, CatalogDimension, CatalogMetric, CatalogValue } from './types.ts';

/** Everything that a model defines, as the API tells it. */
export function describeCatalog(catalog: Catalog): CatalogContent {
  const { model, fiscalYearStart } = catalog;
  return {
    metrics: model.metrics.map((metric) => describeMetric(catalog, metric)),
    dimensions: model.dimensions.map((dimension) => describeDimension(dimension, fiscalYearStart)),
    fiscalYearStart,
  };
}

function names({ name }: { readonly name: string }): { name: string; field: string; enumValue: string } {
  return { name, field: camelCase(name), enumValue: screamingCase(name) };
}

function describeMetric(catalog: Catalog, metric: Metric): CatalogMetric {
  const { label, description, kind, formula, unit, format, caveats = [], deprecated } = metric;
  const valid = catalog.dimensionsOf(metric);
  const lineage = lineageOf(catalog.model, metric);
  return {
    ...names(metric),
    ...{ label, description, kind, formula, unit, format, caveats, lineage, deprecation: deprecated },
    validDimensions: valid.map(({ name }) => screamingCase(name)),
    validGrains: valid.filter((each) => each.kind === 'time').map(({ name }) => screamingCase(name)),
    needs: needsOf(catalog, lineage).map(screamingCase),
  };
}

/** The metrics and measures that a metric is made of; those of its parts after the parts. */
function lineageOf(model: Model, metric: Metric): readonly string[] {
  switch (metric.kind) {
    case 'ratio':
      return [metric.numerator, metric.denominator];
    case 'derived': {
      const parts = model.metrics.filter(({ name }) => metric.of.includes(name));
      return [...new Set([...metric.of, ...parts.flatMap((part) => lineageOf(model, part))])];
    }
    default:
      return [metric.measure];
  }
}

/** The periods that the facts of a lineage need. */
function needsOf(catalog: Catalog, lineage: readonly string[]): readonly string[] {
  const facts = lineage.filter((name) => name.includes('.')).map((name) => name.split('.')[0]!);
  return [...new Set(facts)].map((name) => catalog.fact(name).needs).filter((needs) => needs !== undefined);
}

function describeDimension(dimension: Dimension, fiscalYearStart: number): CatalogDimension {
  const { label, kind, caveats = [], deprecated } = dimension;
  const note = kind === 'time' ? fiscalYearNote(dimension.grain, fiscalYearStart) : '';
  return {
    ...names(dimension),
    ...{ label, kind, caveats, deprecation: deprecated },
    description: `${dimension.description}${note}`,
    values: valuesOf(dimension),
  };
}

function valuesOf(dimension: Dimension): readonly CatalogValue[] {
  if (dimension.kind === 'enum') return dimension.values;
  return dimension.kind === 'band' ? bandsOf(dimension) : [];
}

/** Each band ends where the next begins. */
function bandsOf({ values }: BandDimension): readonly CatalogValue[] {
  return values.map((value, index) => ({ ...value, below: values[index + 1]?.from }));
}
