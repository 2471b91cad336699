// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the source of templates
/** A fault that is put into the source as it is loaded, for the property tests to find. */
export interface Planted {
  readonly name: string;
  readonly file: string;
  readonly edits: readonly Edit[];
  /** The tests that find it, where those of random data cannot. */
  readonly foundBy?: string;
}

/** What stands there once, and what stands there instead. */
type Edit = readonly [find: string, replace: string];

const fault = (name: string, file: string, ...[find, replace, ...more]: readonly string[]): Planted => ({
  name,
  file: `src/${file}`,
  edits: [[find!, replace!], ...(more.length > 0 ? [[more[0]!, more[1]!] as const] : [])],
});

export const PLANTED: readonly Planted[] = [
  fault(
    'distinct users counted as rows',
    'query/render/aggregates.ts',
    'count(distinct ${of(aggregate)})${filterOf(aggregate)}`',
    'count(${of(aggregate)})${filterOf(aggregate)}`',
  ),
  fault(
    'a mean over distinct values',
    'query/render/aggregates.ts',
    'sql`count(${of(aggregate)})`',
    'sql`count(distinct ${of(aggregate)})`',
  ),
  fault(
    'a percentile that does not interpolate',
    'query/render/aggregates.ts',
    'percentile_cont(',
    'percentile_disc(',
  ),
  fault(
    'an average of averages',
    'query/model/rollup/relation.ts',
    "return { aggregate: 'storedMean', sum, count, adds };",
    "return { aggregate: 'mean', column: sum };",
    '[...key, ...stored].map((name) => [name, { sql: ident(base.alias, name) }])',
    `[...key, ...stored].map((name) => [name, { sql: !stored.includes(name.replace('_sum', '_count')) || !name.endsWith('_sum')
      ? ident(base.alias, name)
      : sql\`round(\${ident(base.alias, name)}, 40) / nullif(\${ident(base.alias, name.replace('_sum', '_count'))}, 0)\` }])`,
  ),
  fault(
    'a total of distinct users summed from rows',
    'query/model/rollup/relation.ts',
    'return columnsOf(aggregate).every(isReached) ? aggregate : { ...stored, adds: alone };',
    "return columnsOf(aggregate).every(isReached) ? aggregate : { aggregate: 'sum', column: name };",
  ),
  fault(
    'distinct users of several firms added up',
    'query/model/rollup/relation.ts',
    'return dimensions.filter((each) => isReached(base.dimensions[each]!));',
    'return dimensions;',
  ),
  fault(
    'user-months of several firms added up',
    'query/model/rollup/relation.ts',
    'dimensions.filter((each) => !joinsOf(base, [each]).some((name) => base.joins[name]!.multiplies))',
    'dimensions',
  ),
  {
    ...fault(
      'a dropped null key',
      'query/render/key.ts',
      'return hasNulls(dimension) ? sameKey(a, b) : sql`${a} = ${b}`;',
      'return sql`${a} = ${b}`;',
    ),
    // No key of the events is ever missing; a category of the shop is.
    foundBy: 'test/other-model/metrics.test.ts',
  },
  fault(
    'joins that multiply user-months',
    'query/render/branch.ts',
    'const repeats = multiplies ||',
    'const repeats = false ||',
  ),
  fault(
    'a range that includes its end',
    'query/render/condition.ts',
    'sql` and ${time} < ${range.to}',
    'sql` and ${time} <= ${range.to}',
  ),
  fault(
    'greater or equal for greater',
    'query/render/condition.ts',
    'gt: () => sql`${left} > ',
    'gt: () => sql`${left} >= ',
  ),
  fault(
    'a period filter off by one period',
    'query/render/condition.ts',
    'gt: () => sql`${time} >= ${end(first)}`',
    'gt: () => sql`${time} >= ${start(first)}`',
  ),
  fault(
    'and for or under not',
    'query/render/condition.ts',
    "const isAll = 'all' in condition !== isNegated;",
    "const isAll = 'all' in condition;",
  ),
  fault('a trailing window off by one period', 'query/time/windows.ts', '1 - count)', '0 - count)'),
  fault(
    'a compared month that is not to date',
    'query/resolve/windows.ts',
    'comparison.toDate && slots',
    'false && slots',
  ),
  fault(
    'a compared month end that overflows',
    'query/time/time.ts',
    'Math.min(first + (Number(date.slice(8)) - 1) * DAY_MS, last)',
    'first + (Number(date.slice(8)) - 1) * DAY_MS',
  ),
  fault(
    'groups of the compared period left out',
    'query/render/level.ts',
    "gives === 'groups' ? sql`0` : sql`1`",
    "gives === 'groups' ? sql`0` : sql`null::int`",
  ),
  fault(
    'filled periods told as empty groups',
    'query/render/level.ts',
    'case when filled then 2 else 3 end',
    'case when filled then 3 else 3 end',
  ),
  fault(
    'empty groups that the filter leaves out',
    'query/render/added.ts',
    'where ${renderCondition(catalog, judged, plan.where)}`',
    'where true`',
  ),
  fault(
    'totals of all groups, whatever having says',
    'query/plan/level.ts',
    "const within = having && ('surviving' as const);",
    'const within = undefined;',
  ),
  fault('a limit before having', 'query/render/page.ts', 'as place from surviving', 'as place from "rows"'),
  fault(
    'shares of everything, whatever they are of',
    'query/render/page.ts',
    'of.length > 0 ? sql`partition by',
    'false ? sql`partition by',
  ),
  fault('missing values always last', 'query/render/keyset.ts', 'sql`nulls first`', 'sql`nulls last`'),
  fault(
    'pages that repeat their last row',
    'query/render/keyset.ts',
    "direction === 'ASC' ? sql`>` : sql`<`",
    "direction === 'ASC' ? sql`>=` : sql`<=`",
  ),
  fault(
    'a band that leaves out its lower bound',
    'query/render/key.ts',
    'width_bucket(${column}::numeric',
    'width_bucket(${column}::numeric - 0.001',
  ),
  fault(
    'a fiscal year that starts in January',
    'query/render/key.ts',
    'const before = fiscalYearStart - 1;',
    'const before = 0 * fiscalYearStart;',
  ),
  fault(
    'days of UTC in every time zone',
    'query/render/key.ts',
    'return timeZone === undefined ? time',
    'return true ? time',
  ),
  fault(
    'a custom metric without its filter',
    'query/render/branch.ts',
    '[plan.where, plan.filters[filter]!]',
    '[plan.where]',
  ),
  fault(
    'users who went in months to come',
    'query/render/branch.ts',
    'if (!this.fact.endsAtAsOf ||',
    'if (true ||',
  ),
  fault(
    'a snapshot of the start of the period',
    'query/time/slots.ts',
    'to: earlier(end, range.to)',
    'to: earlier(start, range.to)',
  ),
  fault(
    'differences the wrong way round',
    'query/plan/draft.ts',
    'of: [this.metric(definition, undefined), previous],',
    'of: [previous, this.metric(definition, undefined)],',
  ),
  fault(
    'ranks among the users of a firm alone',
    'pipeline/sql-files.ts',
    "readFileSync(join(root, folder, file), 'utf8')",
    "readFileSync(join(root, folder, file), 'utf8').replace('by activity_month order by score', 'by activity_month, firm_id order by score')",
  ),
  fault(
    'scores ranked by rounded feedback',
    'pipeline/sql-files.ts',
    "readFileSync(join(root, folder, file), 'utf8')",
    "readFileSync(join(root, folder, file), 'utf8').replace('order by avg_feedback_score)', 'order by round(avg_feedback_score::numeric))')",
  ),
];
