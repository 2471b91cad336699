import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DataSet, type EventType, midnight, type Title } from './data.ts';

/** Reads the reference data's three files, which quote nothing and are dated without times of day. */
export function readReference(folder: string): DataSet {
  const rows = (file: string) => {
    const lines = readFileSync(join(folder, file), 'utf8').trim().split(/\r?\n/);
    return lines.slice(1).map((line) => line.split(','));
  };
  return {
    events: rows('events.csv').map(([created, firm, user, type, docs, feedback]) => ({
      created: midnight(isoDate(created!)),
      firm: Number(firm),
      user: user!,
      type: type as EventType,
      docs: Number(docs),
      feedback: Number(feedback),
    })),
    users: rows('users.csv').map(([id, created, title]) => ({
      id: id!,
      created: midnight(isoDate(created!)),
      title: title!.toUpperCase().replace(' ', '_') as Title,
    })),
    firms: rows('firms.csv').map(([id, created, size, arrInThousands]) => ({
      id: Number(id),
      created: midnight(created!),
      size: Number(size),
      arrInThousands: Number(arrInThousands),
    })),
  };
}

/** 5/28/2024 → 2024-05-28 */
function isoDate(text: string): string {
  const [month, day, year] = text.split('/') as [string, string, string];
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
