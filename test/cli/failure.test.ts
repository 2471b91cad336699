import { describe, expect, it } from 'vitest';
import { describeFailure } from '../../src/cli/failure.ts';
import { UserError } from '../../src/errors.ts';

const env = { DATABASE_URL: 'postgresql://ann:hunter%212@db.example:5433/usage' };

const coded = (code: string, message = 'raw') => Object.assign(new Error(message), { code });

describe('describeFailure', () => {
  it('tells a refusal as it is, with its details', () => {
    const error = new UserError('No folder x.', ['first', 'second\nthird']);
    expect(describeFailure(error, false)).toEqual({
      text: 'No folder x.\n  first\n  second\n  third',
      code: 1,
    });
  });

  it.each([
    ['ECONNREFUSED', /PostgreSQL at db\.example:5433 does not answer/],
    ['ENOTFOUND', /There is no host db\.example\./],
    ['28P01', /refuses user "ann" for database "usage".*password in DATABASE_URL/],
    ['3D000', /has no database "usage"/],
    ['57P03', /starting or stopping/],
    ['53300', /POOL_SIZE/],
  ])('explains %s of a connection', (code, expected) => {
    const { text, code: exit } = describeFailure(coded(code), false, env);
    expect(text).toMatch(expected);
    expect(exit).toBe(1);
  });

  it('finds the code wherever it is: in a cause, one of several errors, or what Prisma keeps', () => {
    const refused = coded('ECONNREFUSED');
    const wrapped = [
      new Error('outer', { cause: refused }),
      new AggregateError([refused]),
      Object.assign(new Error('P2010'), {
        meta: { driverAdapterError: { cause: { originalCode: 'ECONNREFUSED' } } },
      }),
    ];
    for (const error of wrapped) expect(describeFailure(error, false, env).text).toMatch(/does not answer/);
  });

  it('calls everything else a mistake of ours, with a trace only when asked', () => {
    const error = new TypeError('x is undefined');
    const { text, code } = describeFailure(error, false);
    expect(code).toBe(70);
    expect(text).toMatch(/inside metricgraph: x is undefined/);
    expect(text).not.toMatch(/failure\.test/);
    expect(describeFailure(error, true).text).toMatch(/failure\.test/);
  });

  it('never repeats the password, as written or decoded', () => {
    const error = new Error('cannot use postgresql://ann:hunter%212@db.example (hunter!2)');
    expect(describeFailure(error, true, env).text).not.toMatch(/hunter/);
  });
});
