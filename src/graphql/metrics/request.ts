import type { ChangePart, MetricsRequest, OrderTerm } from '../../query/resolve/request.ts';

type Placement = Pick<OrderTerm, 'direction' | 'nulls'>;
type Named = Placement & { readonly name: string };
type Compared = Placement & { readonly key: string; readonly metric: string; readonly part: ChangePart };
type Custom = Placement & { readonly key: string };

/** One term as a client gives it: exactly one of the fields. */
interface GivenTerm {
  readonly dimension?: Named | null;
  readonly metric?: Named | null;
  readonly compare?: Compared | null;
  readonly custom?: Custom | null;
}

/** The arguments of `metrics`, with defaults filled in and enum values turned into names. */
export type MetricsArguments = Omit<MetricsRequest, 'orderBy'> & { readonly orderBy: readonly GivenTerm[] };

/** The request that the arguments of `metrics` make. */
export function requestOf({ orderBy, ...rest }: MetricsArguments): MetricsRequest {
  return { ...rest, orderBy: orderBy.map(termOf) };
}

function termOf({ dimension, metric, compare, custom }: GivenTerm): OrderTerm {
  if (dimension) return { by: 'dimension', ...dimension };
  if (metric) return { by: 'metric', ...metric };
  if (compare) return { by: 'compare', ...compare };
  return { by: 'custom', ...custom! };
}
