import type { Catalog } from '../../query/catalog.ts';
import type { BandDimension, Dimension, Metric } from '../../query/model/model.ts';
import { camelCase, screamingCase } from '../../query/model/names.ts';
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
  return {
    ...names(metric),
    ...{ label, description, kind, formula, unit, format, caveats, deprecation: deprecated },
    validDimensions: valid.map(({ name }) => screamingCase(name)),
    validGrains: valid.filter((each) => each.kind === 'time').map(({ name }) => screamingCase(name)),
    filtersOnlyGroupedPeriods: catalog.isOfSnapshot(metric),
    needs: catalog.needsOf(metric).map(screamingCase),
    lineage: lineageOf(catalog, metric),
  };
}

/** The metrics that a metric derives from, step by step, and the measures that all of them are made of. */
function lineageOf(catalog: Catalog, metric: Metric): readonly string[] {
  return [...new Set([...partsOf(catalog, metric), ...catalog.lineageOf(metric)])];
}

function partsOf(catalog: Catalog, metric: Metric): readonly string[] {
  if (metric.kind !== 'derived') return [];
  return metric.of.flatMap((name) => [name, ...partsOf(catalog, catalog.metric(name))]);
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
