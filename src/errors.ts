/**
 * A mistake of the user's, or a state only the user can mend: the message says what was given, what was
 * expected and what to do. Every other error is a bug of ours.
 */
export class UserError extends Error {
  override readonly name: string = 'UserError';
  /** A line or block each, shown below the message. */
  readonly details: readonly string[];

  constructor(message: string, details: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.details = details;
  }
}
