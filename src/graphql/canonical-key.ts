/** Equal for equal arguments of one field: defaults are filled in by then, and what is null was left out. */
export function canonicalKey(args: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(args).filter(([, value]) => value !== null && value !== undefined);
  return JSON.stringify(given.sort(([a], [b]) => (a < b ? -1 : 1)));
}
