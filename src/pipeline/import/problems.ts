import { UserError } from '../../errors.ts';
import type { Reason } from './refusal.ts';
import type { Kind } from './source.ts';

/** One thing that is wrong with a file. */
export interface Problem {
  readonly kind: Kind;
  readonly file: string;
  /** The physical line that the record begins on; the header's is 1. */
  readonly line: number;
  /** The column's name as the documented header spells it; absent where the whole record is meant. */
  readonly column: string | undefined;
  readonly value: string | undefined;
  readonly reason: Reason;
  /** The sentence that says what was given and what was expected. */
  readonly message: string;
}

/** What stopped an import. */
export interface ProblemReport {
  /** The first twenty, by file and line. */
  readonly problems: readonly Problem[];
  /** Of all problems, not only of those shown. */
  readonly total: number;
  readonly byReason: Readonly<Partial<Record<Reason, number>>>;
}

/** How many problems a report shows. */
export const SHOWN = 20;
const FILE_ORDER: readonly Kind[] = ['USERS', 'FIRMS', 'EVENTS'];
const LONGEST_SHOWN = 100;

/** Counts problems and keeps the first of them, whatever their number. */
export class Problems {
  private readonly kept: Problem[] = [];
  private readonly counts = new Map<Reason, number>();

  get total(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  static merged(parts: readonly Problems[]): Problems {
    const merged = new Problems();
    for (const part of parts) {
      merged.show(part.kept);
      for (const [reason, count] of part.counts) merged.count(reason, count);
    }
    return merged;
  }

  add(problem: Problem): void {
    this.count(problem.reason, 1);
    this.show([problem]);
  }

  /** Counts problems of which the first few are shown apart. */
  count(reason: Reason, count: number): void {
    if (count > 0) this.counts.set(reason, (this.counts.get(reason) ?? 0) + count);
  }

  /** Keeps problems to show that are counted apart. */
  show(problems: readonly Problem[]): void {
    this.kept.push(...problems);
    if (this.kept.length > 2 * SHOWN) this.trim();
  }

  report(): ProblemReport {
    this.trim();
    return { problems: [...this.kept], total: this.total, byReason: Object.fromEntries(this.counts) };
  }

  private trim(): void {
    const order = (problem: Problem) => FILE_ORDER.indexOf(problem.kind);
    this.kept.sort((one, other) => order(one) - order(other) || one.line - other.line);
    this.kept.splice(SHOWN);
  }
}

/** Nothing was loaded, since rows of the files are wrong. */
export class ImportFailedError extends UserError {
  override readonly name = 'ImportFailedError';

  /** @param canQuarantine - whether there are good rows that could be loaded without the bad ones */
  constructor(
    readonly report: ProblemReport,
    canQuarantine: boolean,
  ) {
    const { problems, total, byReason } = report;
    const counts = Object.entries(byReason).map(([reason, count]) => `${reason}: ${count}`);
    super(
      `Nothing was loaded: the files have ${total === 1 ? 'one problem' : `${total} problems`} (${counts.join(', ')}). ` +
        `Mend the files and import them again${canQuarantine ? ', or load the good rows alone with --quarantine' : ''}.`,
      [
        ...problems.map(describeProblem),
        ...(total > problems.length ? [`… and ${total - problems.length} more`] : []),
      ],
    );
  }
}

/** `events.csv:17 NUM_DOCS "1x": expected a whole number from 0 to 2147483647` */
export function describeProblem({ file, line, column, value, message }: Problem): string {
  const where = [`${file}:${line}`, column, value === undefined ? undefined : quote(value)];
  return `${where.filter((part) => part !== undefined).join(' ')}: ${message}`;
}

function quote(value: string): string {
  return JSON.stringify(value.length > LONGEST_SHOWN ? `${value.slice(0, LONGEST_SHOWN)}…` : value);
}
