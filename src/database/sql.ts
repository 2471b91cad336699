import { hash } from 'node:crypto';
import type { Statement, Value } from './engine.ts';

/**
 * A piece of SQL with its values apart from its text. Only the `sql` tag and its companions make one. Fragments stay
 * nested until the whole statement is printed, so that none is copied into each that holds it.
 */
export class Sql {
  /** @internal */
  constructor(
    readonly strings: readonly string[],
    readonly parts: readonly (Sql | Value)[],
  ) {
    Object.freeze(this);
  }
}

/**
 * Builds a fragment: an embedded fragment is inlined, anything else becomes a parameter.
 * @throws TypeError for a plain string instead of a template, and for `undefined` or an object as a value
 */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Sql | Value)[]): Sql {
  if (!Array.isArray(strings) || !Array.isArray(strings.raw)) {
    throw new TypeError('sql is a template tag: write sql`…`, not sql(…).');
  }
  parts.forEach((part, index) => {
    if (!(part instanceof Sql)) check(part, strings[index]!);
  });
  return new Sql(strings, parts);
}

const SCALARS = ['string', 'number', 'bigint', 'boolean'];

function check(value: unknown, before: string): void {
  if (value === null || SCALARS.includes(typeof value) || Array.isArray(value)) return;
  const what = value === undefined ? 'undefined (forgotten to set it?)' : `a ${typeof value}`;
  throw new TypeError(
    `A value after “…${before.slice(-40)}” is ${what}; expected a scalar, an array or sql\`…\`.`,
  );
}

export const empty: Sql = new Sql([''], []);

/** A quoted identifier, dotted for a schema. Names are lower-case words: anything else is a mistake of ours. */
export function ident(...names: readonly string[]): Sql {
  return new Sql([names.map(quoted).join('.')], []);
}

/** Names that were looked at before: a statement has hundreds, again and again the same. */
const known = new Map<string, string>();
const MOST_KNOWN = 10_000;

function quoted(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  if (!/^[a-z_][a-z0-9_]*$/.test(name))
    throw new TypeError(`Not an identifier of ours: ${JSON.stringify(name)}.`);
  const made = `"${name}"`;
  if (known.size < MOST_KNOWN) known.set(name, made);
  return made;
}

/**
 * A whole number as part of the text, as a name is: for what tells one statement from another, and never for what a
 * client gives. A prepared statement is planned for it once; what it would take for a value it never knows.
 */
export function constant(number: number): Sql {
  if (!Number.isSafeInteger(number)) throw new TypeError(`Not a whole number: ${number}.`);
  return new Sql([String(number)], []);
}

/** Fragments with a separator between them; nothing for none. */
export function join(fragments: readonly Sql[], separator: Sql = COMMA): Sql {
  if (fragments.length < 2) return fragments[0] ?? empty;
  const parts: Sql[] = [];
  for (const each of fragments) {
    if (parts.length > 0) parts.push(separator);
    parts.push(each);
  }
  return new Sql(Array<string>(parts.length + 1).fill(''), parts);
}

const COMMA = sql`, `;

/** Conditions that must all hold; `true` for none. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : join(conditions, sql` and `);
}

/** Whether two keys are the same, missing ones too, in a form that can be hashed. */
export function sameKey(a: Sql, b: Sql): Sql {
  return sql`(${a} is null) = (${b} is null) and coalesce(${a}::text, '') = coalesce(${b}::text, '')`;
}

/** The statement with numbered placeholders. */
export function statement(fragment: Sql): Statement {
  const values: Value[] = [];
  return { text: print(fragment, values), values };
}

/** The text of a fragment, whose values are added to those that come before it. */
function print({ strings, parts }: Sql, values: Value[]): string {
  let text = strings[0]!;
  parts.forEach((part, index) => {
    text += part instanceof Sql ? print(part, values) : `$${values.push(part)}`;
    text += strings[index + 1]!;
  });
  return text;
}

/** As {@link statement}, named after its text so that connections can keep it prepared. */
export function prepared(fragment: Sql): Statement {
  const made = statement(fragment);
  return { ...made, name: `mg_${hash('sha1', made.text)}` };
}
