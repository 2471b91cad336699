import type { Engine, Row, Statement } from '../../database/engine.ts';
import type { ServedVersion } from '../../database/version.ts';
import type { Found, ResultCache } from './result-cache.ts';

/** Reads of one version for one viewer, which are answered from memory where they were read before. */
export class Reader {
  /** Names the data that are read: equal for readers to whom every statement gives the same. */
  readonly dataKey: string;

  /** @param scope what of the data the viewer may see */
  constructor(
    private readonly engine: Pick<Engine, 'read'>,
    private readonly results: ResultCache,
    { version, record }: ServedVersion,
    readonly scope: string,
  ) {
    // Another database may come to the same number.
    this.dataKey = JSON.stringify([version, record?.publishedAt, scope]);
  }

  /** Runs a statement that binds the reader's version. */
  read(statement: Statement): Promise<Found<readonly Row[]>> {
    return this.results.get(this.dataKey + keyOf(statement), () => this.engine.read(statement));
  }

  /**
   * What `load` reads at the reader's version.
   * @param of everything else that it depends on
   */
  load<T extends object>(of: readonly unknown[], load: () => Promise<T>): Promise<Found<T>> {
    return this.results.get(this.dataKey + textOf(of), load);
  }
}

/** Statements are kept with what they were compiled from, and read again and again. */
const keys = new WeakMap<Statement, string>();

function keyOf(statement: Statement): string {
  const known = keys.get(statement);
  if (known !== undefined) return known;
  const { name, text, values } = statement;
  const made = textOf([name ?? text, values]);
  keys.set(statement, made);
  return made;
}

function textOf(parts: readonly unknown[]): string {
  return JSON.stringify(parts, bigintAsText);
}

/** The type of a value is in its statement, so the text alone tells it from others. */
function bigintAsText(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
