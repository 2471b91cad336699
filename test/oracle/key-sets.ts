import type { Keys } from './keys.ts';

/** A name that equal keys share, in whatever order they are. */
export function nameOf(keys: Keys): string {
  return JSON.stringify(Object.entries(keys).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function distinctKeys(all: readonly Keys[]): readonly Keys[] {
  return [...new Map(all.map((keys) => [nameOf(keys), keys])).values()];
}

/** Those of the second list that are not in the first, each once. */
export function without(known: readonly Keys[], more: readonly Keys[]): readonly Keys[] {
  const names = new Set(known.map(nameOf));
  return distinctKeys(more).filter((keys) => !names.has(nameOf(keys)));
}

/** Some of the keys, by name. */
export function pick(keys: Keys, names: readonly string[]): Keys {
  return Object.fromEntries(names.map((name) => [name, keys[name]!]));
}
