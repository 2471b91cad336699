import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import type { Executor } from '../../src/graphql/execution/executor.ts';
import { KnownOperations } from '../../src/http/known-operations.ts';

/** Operations of one form, each of which so many fields are planned for. */
function operations(size: number): KnownOperations {
  const prepare: Executor['prepare'] = () => ({ run: async () => ({ data: {} }), size });
  const known = new KnownOperations({ prepare } as Executor);
  known.set('form', { document: parse('{ a }'), operationName: undefined, contentType: 'application/json' });
  return known;
}

const asked = (number: number) => ({ form: 'form', variables: JSON.stringify([{ number }]) });

describe('an operation that was answered in order', () => {
  it('is made ready once for the same variables', () => {
    const known = operations(10);
    const first = known.get(asked(1), { number: 1 });
    expect(known.get(asked(1), { number: 1 })).toBe(first);
    expect(known.get(asked(2), { number: 2 })).not.toBe(first);
    expect(known.get({ ...asked(1), form: 'another' }, { number: 1 })).toBeUndefined();
  });

  it('is forgotten sooner the more fields it has', () => {
    const isKept = (size: number) => {
      const known = operations(size);
      const first = known.get(asked(0), {});
      for (let number = 1; number < 100; number++) known.get(asked(number), {});
      return known.get(asked(0), {}) === first;
    };
    expect([10, 1_000].map(isKept)).toEqual([true, false]);
  });
});
