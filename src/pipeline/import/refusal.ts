/** Why a value or row cannot be loaded; counts in a report go by it. */
export type Reason =
  | 'missing value'
  | 'not a date'
  | 'no such date'
  | 'not a number'
  | 'out of range'
  | 'unknown value'
  | 'too long'
  | 'NUL byte'
  | 'not UTF-8'
  | 'bad quotes'
  | 'wrong number of columns'
  | 'unknown column'
  | 'missing column'
  | 'repeated column'
  | 'no header'
  | 'line too long'
  | 'repeated id'
  | 'unknown user'
  | 'unknown firm';

/** What a value parser gives for a value that it does not take: what was expected, as the end of a sentence. */
export class Refusal {
  constructor(
    readonly reason: Reason,
    readonly expected: string,
  ) {}
}

/** A value as COPY takes it, or why not. */
export type Parsed = string | Refusal;
export type ValueParser = (text: string) => Parsed;
