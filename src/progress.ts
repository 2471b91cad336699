/** Where long work tells how far it is. The command line shows a bar on a terminal and nothing in a pipe. */
export interface Progress {
  /** Begins a phase and ends the one before; `total` in `unit`s where it is known. */
  phase(label: string, total?: number, unit?: string): void;
  /** Adds to what is done of the phase. */
  advance(amount: number): void;
  /** One line of news that is not progress. */
  note(line: string): void;
  /** Ends the last phase. */
  end(): void;
}

/** Says nothing. */
export const quiet: Progress = { phase() {}, advance() {}, note() {}, end() {} };
