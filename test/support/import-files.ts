import type { Engine, Row } from '../../src/database/engine.ts';
import { OPEN_VERSION } from '../../src/database/version.ts';
import type { FileReport, Kind } from '../../src/pipeline/import/index.ts';
import { csv } from './csv.ts';

export const EVENT_HEADER = 'CREATED,FIRM_ID,USER_ID,EVENT_TYPE,NUM_DOCS,FEEDBACK_SCORE';
/** The users ann and bob. */
export const users = csv('users.csv', 'ID,CREATED,TITLE\nann,1/1/2024,Partner\nbob,1/1/2024,Associate\n');
/** The firms 1 and 2. */
export const firms = csv(
  'firms.csv',
  'ID,CREATED,FIRM_SIZE,ARR_IN_THOUSANDS\n1,2024-01-01,10,100\n2,2024-01-01,5,50.5\n',
);

/** An events file of one event per date, of ann and firm 1 unless given. */
export function events(name: string, ...rows: (string | [date: string, firm: number, docs?: number])[]) {
  const lines = rows.map((row) => {
    const [date, firm, docs = 3] = typeof row === 'string' ? [row, 1] : row;
    return `${date},${firm},ann,VAULT,${docs},4`;
  });
  return csv(name, [EVENT_HEADER, ...lines, ''].join('\n'));
}

/** What is reported of a file that was loaded without a bad row. */
export function fileReport(kind: Kind, name: string, rows: number, loaded: number): FileReport {
  return { kind, name, rows, loaded, skippedAsKnown: false, rejected: 0 };
}

/** Date, firm, documents and first version of the events that hold, in that order. */
export function openEvents(engine: Engine): Promise<Row[]> {
  const text = `select created::date, firm_id, num_docs, since_version from raw.events
                 where until_version = ${OPEN_VERSION} order by 1, 2, 3`;
  return engine.read({ text, values: [] });
}
