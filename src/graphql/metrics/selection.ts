import type { GraphQLResolveInfo } from 'graphql';
import type { Model } from '../../query/model/model.ts';
import { camelCase } from '../../query/model/names.ts';
import type {
  RowSelection,
  Selected,
  SelectedByKey,
  Selection,
  SubtotalSelection,
} from '../../query/resolve/request.ts';
import { canonicalKey } from '../canonical-key.ts';
import { branchesOf, fieldsBelow, fieldsOf, type SelectedBranch } from '../selection.ts';

/** What is selected below a `metrics` field: one branch for each distinct field and its arguments. */
export function selectionOf(model: Model, info: GraphQLResolveInfo): Selection {
  const fields = branchesOf(info);
  const has = (name: string) => fields.some((field) => field.name === name);
  const rows = rowSelection(model, below(fields, 'rows'));
  const { metrics, custom } = rowSelection(model, below(fields, 'totals'));
  return {
    rows: has('rows') || has('pageInfo') ? rows : undefined,
    totals: has('totals') ? { metrics, custom } : undefined,
    subtotals: distinct(fields, 'subtotals').map((each) => subtotalSelection(model, each)),
    totalCount: has('totalCount'),
  };
}

/** Whether the answer tells how it came about this time, and not only what it is. */
export function asksCacheHit(info: GraphQLResolveInfo): boolean {
  const meta = fieldsBelow(info, fieldsOf(info, info.fieldNodes), 'meta');
  return meta.some(({ name }) => name === 'cacheHit');
}

function subtotalSelection(model: Model, { args, path, below: fields }: Distinct): SubtotalSelection {
  return {
    by: args.by as readonly string[],
    first: args.first as number,
    after: args.after as string | null | undefined,
    path,
    rows: rowSelection(model, below(fields, 'rows')),
    totalCount: fields.some(({ name }) => name === 'totalCount'),
  };
}

/** What is selected of rows or totals. */
function rowSelection(model: Model, fields: readonly SelectedBranch[]): RowSelection {
  const keyed = (name: string) => distinct(fields, name).map((each) => byKey(model, each));
  return {
    dimensions: named(fields, names(model).dimensions),
    metrics: metricsOf(model, fields),
    comparisons: keyed('comparison'),
    rolling: keyed('rolling'),
    custom: keyed('custom'),
    shares: distinct(fields, 'share').map(({ args, path, below: shared }) => ({
      of: args.of as readonly string[],
      path,
      metrics: metricsOf(model, shared),
    })),
    sourceRows: distinct(fields, 'sourceRows').map(({ args, path }) => ({
      first: args.first as number,
      path,
    })),
  };
}

function byKey(model: Model, { args, path, below: fields }: Distinct): SelectedByKey {
  return { key: args.key as string, path, metrics: metricsOf(model, fields) };
}

function metricsOf(model: Model, fields: readonly SelectedBranch[]): readonly Selected[] {
  return named(fields, names(model).metrics);
}

function named(fields: readonly SelectedBranch[], known: ReadonlyMap<string, string>): readonly Selected[] {
  return fields.flatMap(({ name: field, path }) => {
    const name = known.get(field);
    return name === undefined ? [] : [{ name, path }];
  });
}

/** Everything below the fields of a name, whatever their aliases. */
function below(fields: readonly SelectedBranch[], name: string): readonly SelectedBranch[] {
  return fields.filter((field) => field.name === name).flatMap((field) => field.below());
}

/** Fields of one name and equal arguments, taken together. */
interface Distinct extends Pick<SelectedBranch, 'args' | 'path'> {
  readonly below: readonly SelectedBranch[];
}

function distinct(fields: readonly SelectedBranch[], name: string): readonly Distinct[] {
  const byArguments = new Map<string, SelectedBranch[]>();
  for (const field of fields) {
    if (field.name !== name) continue;
    const key = canonicalKey(field.args);
    byArguments.set(key, [...(byArguments.get(key) ?? []), field]);
  }
  return [...byArguments.values()].map((same) => ({
    ...{ args: same[0]!.args, path: same[0]!.path },
    below: same.flatMap((field) => field.below()),
  }));
}

interface Names {
  readonly dimensions: ReadonlyMap<string, string>;
  readonly metrics: ReadonlyMap<string, string>;
}

const known = new WeakMap<Model, Names>();

/** Definitions' names by the fields that are made from them. */
function names(model: Model): Names {
  const made = known.get(model) ?? {
    dimensions: new Map(model.dimensions.map(({ name }) => [camelCase(name), name])),
    metrics: new Map(model.metrics.map(({ name }) => [camelCase(name), name])),
  };
  known.set(model, made);
  return made;
}
