import type { Catalog } from '../catalog.ts';
import type { Metric } from '../model/model.ts';
import { type Expression, expressionOf, leavesOf, type MeasureLeaf } from './expression.ts';
import { hints, type Problems } from './problems.ts';
import type { ResolvedCustom } from './question.ts';
import type { Condition, CustomMetric, Operand, Path } from './request.ts';
import { resolveWhere } from './where.ts';
import { checkKeys } from './windows.ts';

/** Most measures that a custom metric is made of, through those it builds upon. */
const MAX_PARTS = 100;

const FORMULAS = ['ratio', 'difference', 'sum', 'product', 'filtered'] as const;

/** A metric that a custom one uses, with the filter it is taken under. */
export interface Part {
  readonly metric: Metric;
  readonly filter?: Condition;
  readonly path: Path;
}

export interface ResolvedCustoms {
  readonly custom: readonly ResolvedCustom[];
  readonly filters: readonly Condition[];
  /** By the place of the custom metric: everything it is made of. */
  readonly parts: readonly (readonly Part[])[];
}

/** Turns custom metrics into expressions; each may use those before it. */
export function resolveCustoms(
  catalog: Catalog,
  customs: readonly CustomMetric[],
  path: Path,
  problems: Problems,
): ResolvedCustoms {
  checkKeys(customs, 'custom', path, problems);
  const custom: ResolvedCustom[] = [];
  const filters: Condition[] = [];
  const parts: (readonly Part[])[] = [];
  // Nothing is made of one that was refused: what multiplies itself would otherwise grow on without end.
  const refused = new Set<string>();
  customs.forEach((each, index) => {
    const own: Part[] = [];
    const operand = ({ metric, custom: key }: Operand, at: Path): Expression<MeasureLeaf> => {
      if (metric) {
        own.push({ metric: catalog.metric(metric), path: at });
        return expressionOf(catalog, catalog.metric(metric));
      }
      const place = custom.findIndex((before) => before.key === key);
      if (place < 0) {
        const allowed = custom.map((before) => before.key);
        problems.add('UNKNOWN_KEY', { key: key!, argument: 'custom' }, at, hints(key!, allowed));
        return NOTHING;
      }
      if (refused.has(key!)) refused.add(each.key);
      own.push(...parts[place]!);
      return custom[place]!.expression;
    };
    const filtered = ({ metric, where }: NonNullable<CustomMetric['filtered']>, at: Path) => {
      const filter = resolveWhere(catalog, where, [...at, 'where'], problems);
      own.push({ metric: catalog.metric(metric), filter, path: at });
      return expressionOf(catalog, catalog.metric(metric), filters.push(filter) - 1);
    };
    const expression = formulaOf(each, [...path, index], problems, operand, filtered);
    if (own.length > MAX_PARTS || leavesOf(expression).length > MAX_PARTS) {
      problems.add('TOO_MANY_PARTS', { key: each.key, limit: MAX_PARTS }, [...path, index]);
      refused.add(each.key);
    }
    const isRefused = refused.has(each.key);
    parts.push(isRefused ? [] : own);
    custom.push({ key: each.key, expression: isRefused ? NOTHING : expression });
  });
  return { custom, filters, parts };
}

/** Stands in for what could not be resolved; the request is refused. */
const NOTHING: Expression<MeasureLeaf> = { operation: 'sum', of: [] };

function formulaOf(
  custom: CustomMetric,
  path: Path,
  problems: Problems,
  operand: (operand: Operand, path: Path) => Expression<MeasureLeaf>,
  filteredBy: (filtered: NonNullable<CustomMetric['filtered']>, path: Path) => Expression<MeasureLeaf>,
): Expression<MeasureLeaf> {
  const given = FORMULAS.filter((name) => custom[name] !== undefined && custom[name] !== null);
  const [formula] = given;
  if (formula === undefined || given.length > 1) {
    problems.add('NOT_EXACTLY_ONE', { argument: 'custom', given, of: FORMULAS }, path);
    return NOTHING;
  }
  const at = [...path, formula];
  if (formula === 'filtered') return filteredBy(custom.filtered!, at);
  if (formula === 'ratio' || formula === 'difference') {
    const { of, by } = custom[formula]!;
    return { operation: formula, of: [operand(of, [...at, 'of']), operand(by, [...at, 'by'])] };
  }
  const operands = custom[formula]!;
  if (operands.length === 0) problems.add('EMPTY_LIST', { dimension: custom.key, operator: formula }, at);
  return { operation: formula, of: operands.map((each, index) => operand(each, [...at, index])) };
}
