import { fieldOf } from '../../oracle/keys.ts';
import { METRIC_FIELDS } from '../../oracle/metrics.ts';
import type { TestApi } from '../../support/api.ts';
import type { Case, World } from '../cases.ts';
import { metricProblem } from '../rules/metrics.ts';
import { documentOf } from './document.ts';

/** How metrics that have no meaning for a request are not refused, or not at the field that asks for them. */
export async function refusalProblems(
  api: TestApi,
  world: World,
  { request }: Case,
): Promise<readonly string[]> {
  const level = request.groupBy.map(fieldOf);
  const wrong = METRIC_FIELDS.filter((field) => metricProblem(world, request, field, level) !== undefined);
  if (wrong.length === 0) return [];
  const { having, orderBy, limitBy, custom, ...rest } = request;
  const source = documentOf({ metrics: `rows { ${wrong.join(' ')} }` });
  const errors = await api.refused(source, { ...rest, first: 1 });
  const refused = errors.map(({ extensions }) => JSON.stringify(extensions.path));
  return wrong
    .filter((field) => !refused.includes(JSON.stringify(['metrics', 'rows', field])))
    .map((field) => `${field} is not refused: ${metricProblem(world, request, field, level)}`);
}
