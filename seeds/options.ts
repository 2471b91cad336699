/** What to generate; everything has a default, and the defaults are the committed set in `seeds/data`. */
export interface SeedOptions {
  /** Number of events, exact; at least one per user. Default 19,000. */
  events?: number | undefined;
  /** Number of users. Default 3,000. */
  users?: number | undefined;
  /** Number of firms, at most one per user. From 4 on, two of them have no events. Default 32. */
  firms?: number | undefined;
  /** Number of calendar months with events. Default 3. */
  months?: number | undefined;
  /** Any integer from 0 to 4,294,967,295; another seed gives other data of the same shape. Default 1. */
  seed?: number | undefined;
  /** First day of the first month, `YYYY-MM-01`. Default `2024-04-01`. */
  from?: string | undefined;
}

/** {@link SeedOptions} with every default filled in and every value checked. */
export type ResolvedSeedOptions = { [Name in keyof SeedOptions]-?: NonNullable<SeedOptions[Name]> };

export const DEFAULT_SEED_OPTIONS: Readonly<ResolvedSeedOptions> = Object.freeze({
  events: 19_000,
  users: 3_000,
  firms: 32,
  months: 3,
  seed: 1,
  from: '2024-04-01',
});

const RANGES = {
  events: [1, 1_000_000_000],
  users: [1, 10_000_000],
  firms: [1, 100_000],
  months: [1, 600],
  seed: [0, 0xffff_ffff],
} as const;

/**
 * Fills in defaults and checks the result.
 * @throws RangeError naming every option that is out of range, what was given and what was expected.
 */
export function resolveSeedOptions(options: SeedOptions = {}): ResolvedSeedOptions {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  const resolved = { ...DEFAULT_SEED_OPTIONS, ...Object.fromEntries(given) } as ResolvedSeedOptions;
  const outOfRange = [...rangeProblems(resolved), ...fromProblems(resolved.from)];
  const problems = outOfRange.length > 0 ? outOfRange : proportionProblems(resolved);
  if (problems.length > 0) throw new RangeError(`Cannot generate sample data: ${problems.join('; ')}.`);
  return resolved;
}

function rangeProblems(options: ResolvedSeedOptions): string[] {
  return Object.entries(RANGES).flatMap(([name, [least, most]]) => {
    const value = options[name as keyof typeof RANGES];
    const fits = Number.isInteger(value) && value >= least && value <= most;
    return fits ? [] : [`${name} is ${value}, expected a whole number from ${least} to ${most}`];
  });
}

function fromProblems(from: string): string[] {
  const isFirstOfMonth = /^(19[789]\d|2\d{3})-(0[1-9]|1[0-2])-01$/.test(from);
  return isFirstOfMonth
    ? []
    : [`from is ${JSON.stringify(from)}, expected the first day of a month such as "2024-04-01"`];
}

function proportionProblems({ events, users, firms }: ResolvedSeedOptions): string[] {
  const problems: string[] = [];
  if (events < users)
    problems.push(
      `events is ${events}, expected at least the number of users (${users}), since every user has an event; ask for fewer users`,
    );
  if (users < firms)
    problems.push(`users is ${users}, expected at least the number of firms (${firms}); ask for fewer firms`);
  return problems;
}
