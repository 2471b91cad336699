/** A list of objects somewhere in an answer, with what stands beside it. */
export interface FoundList {
  /** Where it is, as `metrics.rows`. */
  readonly path: string;
  readonly rows: readonly object[];
  readonly totals: object | undefined;
  readonly totalCount: number | undefined;
  readonly hasNextPage: boolean;
}

type Fields = Readonly<Record<string, unknown>>;

/** Every list of objects in the answer, those nearest to its root first, in the order they were asked for. */
export function listsIn(data: object): FoundList[] {
  const found: FoundList[] = [];
  let level: [path: string[], fields: Fields][] = [[[], data as Fields]];
  while (level.length > 0) {
    const below: typeof level = [];
    for (const [path, fields] of level) {
      for (const [name, value] of Object.entries(fields)) {
        const here = [...path, name];
        if (Array.isArray(value)) {
          if (value.every(isObject)) found.push(listAt(here, value, fields));
        } else if (isObject(value)) below.push([here, value as Fields]);
      }
    }
    level = below;
  }
  return found;
}

/** A table of the rows: a column for each leaf, `firm.id` for one of an object inside. */
export function tabular(rows: readonly object[]): { columns: string[]; values: unknown[][] } {
  const flat = rows.map((row) => new Map(leaves(row as Fields)));
  // An object that is null in one row has leaves in another.
  const names = [...new Set(flat.flatMap((row) => [...row.keys()]))];
  const columns = names.filter(
    (name) =>
      !names.some((other) => other.startsWith(`${name}.`)) ||
      flat.some((row) => (row.get(name) ?? null) !== null),
  );
  return { columns, values: flat.map((row) => columns.map((name) => row.get(name) ?? null)) };
}

function listAt(path: string[], rows: object[], beside: Fields): FoundList {
  const page = beside.pageInfo as { hasNextPage?: boolean } | undefined;
  return {
    path: path.join('.'),
    rows,
    totals: isObject(beside.totals) ? beside.totals : undefined,
    totalCount: typeof beside.totalCount === 'number' ? beside.totalCount : undefined,
    hasNextPage: page?.hasNextPage === true,
  };
}

function* leaves(fields: Fields, prefix = ''): Generator<[string, unknown]> {
  for (const [name, value] of Object.entries(fields)) {
    if (isObject(value)) yield* leaves(value as Fields, `${prefix}${name}.`);
    else yield [`${prefix}${name}`, Array.isArray(value) ? JSON.stringify(value) : value];
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
