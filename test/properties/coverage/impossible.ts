/** Pairs of features that no valid request can show, each with the rule that says so. */
const RULES: readonly {
  readonly of: readonly string[];
  readonly with: readonly string[];
  readonly reason: string;
}[] = [
  {
    of: ['group by day', 'group by week'],
    with: ['metric: mean', 'metric: movement'],
    reason: 'metrics of user-months and movements need whole months',
  },
  {
    of: ['time zone'],
    with: ['metric: mean', 'metric: movement', 'metric: snapshot', 'metric: derived'],
    reason: 'only metrics of events are counted in a time zone, and the derived one takes seats',
  },
  {
    of: ['group by enum', 'group by integer', 'group by boolean'],
    with: ['metric: snapshot', 'metric: derived'],
    reason: 'firms have no event type, title, level or use of their own',
  },
  {
    of: ['group by integer', 'group by boolean'],
    with: ['metric: movement'],
    reason: 'a movement is told of a month of which there may be no user-month',
  },
  { of: ['range between'], with: ['range last'], reason: 'a range is one of the two' },
  { of: ['limitBy'], with: ['limitBy other'], reason: 'the rest is folded together or it is not' },
];

/** Why a pair cannot occur; undefined where it can. */
export function impossible(one: string, other: string): string | undefined {
  const rule = RULES.find(
    (each) =>
      (each.of.includes(one) && each.with.includes(other)) ||
      (each.of.includes(other) && each.with.includes(one)),
  );
  return rule?.reason;
}
