import { createHash } from 'node:crypto';
import type { Statement, Value } from './engine.ts';

/** A piece of SQL with its values apart from its text. Only the `sql` tag and its companions make one. */
export class Sql {
  /** @internal */
  constructor(
    readonly strings: readonly string[],
    readonly values: readonly Value[],
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
  const texts: string[] = [strings[0]!];
  const values: Value[] = [];
  parts.forEach((part, index) => {
    const after = strings[index + 1]!;
    if (part instanceof Sql) {
      texts.push(texts.pop()! + part.strings[0]!, ...part.strings.slice(1));
      for (const value of part.values) values.push(value);
      texts.push(texts.pop()! + after);
    } else {
      values.push(checked(part, strings[index]!));
      texts.push(after);
    }
  });
  return new Sql(texts, values);
}

function checked(value: unknown, before: string): Value {
  const simple =
    value === null ||
    ['string', 'number', 'bigint', 'boolean'].includes(typeof value) ||
    Array.isArray(value);
  if (simple) return value as Value;
  const what = value === undefined ? 'undefined (forgotten to set it?)' : `a ${typeof value}`;
  throw new TypeError(
    `A value after “…${before.slice(-40)}” is ${what}; expected a scalar, an array or sql\`…\`.`,
  );
}

export const empty: Sql = new Sql([''], []);

/** A quoted identifier, dotted for a schema. Names are lower-case words: anything else is a mistake of ours. */
export function ident(...names: readonly string[]): Sql {
  for (const name of names) {
    if (!/^[a-z_][a-z0-9_]*$/.test(name))
      throw new TypeError(`Not an identifier of ours: ${JSON.stringify(name)}.`);
  }
  return new Sql([names.map((name) => `"${name}"`).join('.')], []);
}

/** Fragments with a separator between them; nothing for none. */
export function join(fragments: readonly Sql[], separator: Sql = sql`, `): Sql {
  return fragments.reduce(
    (joined, next, index) => (index === 0 ? next : sql`${joined}${separator}${next}`),
    empty,
  );
}

/** Conditions that must all hold; `true` for none. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : join(conditions, sql` and `);
}

/** The statement with numbered placeholders. */
export function statement(fragment: Sql): Statement {
  const text = fragment.strings.reduce((sum, next, index) => `${sum}$${index}${next}`);
  return { text, values: fragment.values };
}

/** As {@link statement}, named after its text so that connections can keep it prepared. */
export function prepared(fragment: Sql): Statement {
  const made = statement(fragment);
  return { ...made, name: `mg_${createHash('sha1').update(made.text).digest('hex')}` };
}
