import { createHash, randomBytes } from 'node:crypto';
import type { Session } from '../../database/engine.ts';
import { ident, type Sql } from '../../database/sql.ts';
import type { Progress } from '../../progress.ts';
import { FORMATS, type Format } from './format.ts';
import { readHeader } from './header.ts';
import { LineTooLong, LONGEST_LINE } from './lines.ts';
import { Problems } from './problems.ts';
import { type CsvRecord, readCsv } from './records.ts';
import { encodeRejected, type RowEncoder, rowEncoder } from './rows.ts';
import type { Kind, Source } from './source.ts';

/** A file that was read into a temporary table: good rows have no `problems`. */
export interface StagedFile {
  readonly kind: Kind;
  readonly name: string;
  readonly format: Format;
  readonly table: Sql;
  /** Of the bytes read, in hexadecimal. */
  readonly sha256: string;
  readonly rows: number;
  readonly problems: Problems;
  /** Whether it could not be read to its end, so that no row of it may be loaded. */
  readonly broken: boolean;
}

/**
 * Reads a file into a temporary table `line, the format's columns, problems, record`, through COPY, holding a chunk
 * at a time. Without `keepBad`, bad rows are only counted. The table's name is added to `tables`, to be dropped.
 */
export async function stageFile(
  session: Session,
  tables: string[],
  kind: Kind,
  source: Source,
  keepBad: boolean,
  progress: Progress,
): Promise<StagedFile> {
  const format = FORMATS[kind];
  const table = `import_${kind.toLowerCase()}_${randomBytes(6).toString('hex')}`;
  tables.push(table);
  await createStage(session, format, table);
  progress.phase(`Reading ${source.name}`, undefined, 'rows');
  const reading = new Reading(source, format, keepBad, progress);
  const columns = format.columns.map((column) => column.target);
  const target = `${table} (line, ${columns.join(', ')}, problems, record)`;
  await session.copyFrom(target, reading.copyLines());
  await session.script(`analyze ${table}`);
  const { rows, sha256, problems, broken } = reading;
  return { kind, name: source.name, format, table: ident(table), sha256, rows, problems, broken };
}

async function createStage(session: Session, format: Format, table: string): Promise<void> {
  const columns = format.columns.map(({ target, type }) => `${target} ${type}`);
  await session.script(
    `create temporary table ${table} (line bigint, ${columns.join(', ')}, problems jsonb, record text)`,
  );
}

/** In the embedded database temporary tables outlive their session, so they go by hand. */
export async function dropStages(session: Session, tables: readonly string[]): Promise<void> {
  for (const table of tables) await session.script(`drop table if exists ${table}`);
}

/** One pass over the bytes of a file. */
class Reading {
  readonly problems = new Problems();
  rows = 0;
  broken = false;
  private readonly hash = createHash('sha256');
  private encode: RowEncoder | undefined;

  constructor(
    private readonly source: Source,
    private readonly format: Format,
    private readonly keepBad: boolean,
    private readonly progress: Progress,
  ) {}

  get sha256(): string {
    return this.hash.copy().digest('hex');
  }

  /** Lines of COPY's text format, a buffer for each chunk of the file. */
  async *copyLines(): AsyncGenerator<Buffer> {
    try {
      for await (const records of readCsv(this.hashed())) {
        if (!this.encode && records.length > 0 && !this.readHeader(records.shift())) return;
        const lines = this.encodeAll(records);
        if (lines !== '') yield Buffer.from(lines);
        this.progress.advance(records.length);
      }
      if (!this.encode) this.readHeader(undefined);
    } catch (error) {
      if (!(error instanceof LineTooLong)) throw error;
      this.tooLong(error.line);
    }
  }

  private async *hashed(): AsyncGenerator<Buffer> {
    for await (const chunk of this.source.open()) {
      this.hash.update(chunk);
      yield chunk;
    }
  }

  private readHeader(header: CsvRecord | undefined): boolean {
    const read = readHeader(header, this.format, this.source.name);
    if ('problems' in read) {
      for (const problem of read.problems) this.problems.add(problem);
      this.broken = true;
      return false;
    }
    this.encode = rowEncoder(this.format, read.positions, this.source.name);
    return true;
  }

  private encodeAll(records: readonly CsvRecord[]): string {
    let lines = '';
    for (const record of records) {
      const row = this.encode!(record);
      if (typeof row === 'string') lines += row;
      else {
        for (const problem of row) this.problems.add(problem);
        if (this.keepBad) lines += encodeRejected(record, row, this.format.columns.length);
      }
    }
    this.rows += records.length;
    return lines;
  }

  private tooLong(line: number): void {
    this.broken = true;
    this.problems.add({
      kind: this.format.kind,
      file: this.source.name,
      line,
      column: undefined,
      value: undefined,
      reason: 'line too long',
      message: `the line is longer than ${LONGEST_LINE} bytes; expected CSV with one row a line`,
    });
  }
}
