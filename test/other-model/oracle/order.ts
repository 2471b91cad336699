import type { Question } from './question.ts';
import { enumOf, type Filter, fieldOf, type Key, type Row, type Term, type Where } from './request.ts';
import { compareKeys, holds } from './where.ts';

type Sorted = Pick<Row, 'kind' | 'keys'> & Partial<Row>;

const PARTS = {
  CURRENT: 'current',
  PREVIOUS: 'previous',
  DELTA: 'delta',
  RELATIVE_CHANGE: 'relativeChange',
} as const;

function changed(row: Partial<Row>, key: string, metric: string, part = 'DELTA'): number | null {
  return row.comparisons?.[key]?.metrics[fieldOf(metric)]?.[PARTS[part as keyof typeof PARTS]] ?? null;
}

/** By the terms asked, then by the keys as grouped; what `limitBy` folded comes after what it equals so far. */
export function compareRows({ request, dimensions }: Pick<Question, 'request' | 'dimensions'>) {
  const { orderBy = [], limitBy } = request;
  const per = (limitBy?.per ?? []).map(fieldOf);
  const terms: readonly Term[] = [
    ...orderBy,
    ...dimensions.map((name) => ({ dimension: { name: enumOf(name) } })),
  ];
  return (a: Sorted, b: Sorted): number => {
    for (const term of terms) {
      const isKnown = term.dimension !== undefined && per.includes(fieldOf(term.dimension.name));
      const folded = Number(a.kind === 'OTHER') - Number(b.kind === 'OTHER');
      if (!isKnown && folded !== 0) return folded;
      if (!isKnown && a.kind === 'OTHER') continue;
      const order = compareBy(term, a, b);
      if (order !== 0) return order;
    }
    return 0;
  };
}

function compareBy(term: Term, a: Sorted, b: Sorted): number {
  const { direction = 'ASC', nulls = 'LAST' } = (term.dimension ??
    term.metric ??
    term.compare ??
    term.custom)!;
  const [left, right] = [sortedBy(term, a), sortedBy(term, b)];
  const missing = Number(left === null) - Number(right === null);
  if (left === null || right === null) return nulls === 'LAST' ? missing : -missing;
  const field = term.dimension ? fieldOf(term.dimension.name) : '';
  return (direction === 'ASC' ? 1 : -1) * compareKeys(field, left, right);
}

function sortedBy({ dimension, metric, compare, custom }: Term, row: Sorted): Key {
  if (dimension) return row.keys[fieldOf(dimension.name)]!;
  if (metric) return row.metrics![fieldOf(metric.name)]!;
  return compare ? changed(row, compare.key, compare.metric, compare.part) : row.custom![custom!.key]!;
}

/** As `where`, over the numbers of a row. */
export function passesHaving(having: Where | undefined, row: Row): boolean {
  return Object.entries(having ?? {}).every(([field, condition]) => {
    if (field === 'and') return (condition as readonly Where[]).every((each) => passesHaving(each, row));
    if (field === 'or') return (condition as readonly Where[]).some((each) => passesHaving(each, row));
    if (field === 'not') return !passesHaving(condition as Where, row);
    const { key, metric, part, ...filter } = condition as Filter & Record<string, string>;
    if (field === 'compare') return holds('', filter, changed(row, key!, metric!, part));
    return holds('', filter, field === 'custom' ? row.custom[key!]! : row.metrics[field]!);
  });
}
