/** A refusal as a client reads it without its words. */
export interface Case {
  /** The field that is refused. */
  readonly ask: string;
  readonly path: readonly (string | number)[];
  readonly allowed?: readonly string[];
  readonly suggestion?: string;
}

/** A field that is refused for something below `metrics`. */
export const at = (ask: string, ...path: Case['path']): Case => ({
  ask: `metrics${ask}`,
  path: ['metrics', ...path],
});
/** With what would have been valid, and what was probably meant. */
export const hinted = (made: Case, allowed: readonly string[], suggestion?: string): Case => ({
  ...{ ...made, allowed },
  ...(suggestion !== undefined && { suggestion }),
});
export const many = (count: number, item: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => item(n)).join(' ');
