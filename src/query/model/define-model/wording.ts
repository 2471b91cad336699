import { nearest } from '../../../nearest.ts';

/** The words for a name that is not among the known ones, with the one that was probably meant. */
export function unknown(kind: string, name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return `unknown ${kind} ${name}${near === undefined ? '.' : `; did you mean ${near}?`}`;
}

export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** The names that come up a second time. */
export function repeated(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}

/** The way from a name back to itself, if there is one: `a → b → a`. */
export function circle(name: string, next: (name: string) => readonly string[]): string | undefined {
  const walk = (path: readonly string[], seen: ReadonlySet<string>): readonly string[] | undefined => {
    for (const each of next(path.at(-1)!)) {
      if (each === name) return [...path, each];
      if (seen.has(each)) continue;
      const found = walk([...path, each], new Set([...seen, each]));
      if (found) return found;
    }
    return undefined;
  };
  return walk([name], new Set([name]))?.join(' → ');
}
