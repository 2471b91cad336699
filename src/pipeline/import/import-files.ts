import type { Engine, Session } from '../../database/engine.ts';
import { type Progress, quiet } from '../../progress.ts';
import { type KnownFile, knownBefore } from './known.ts';
import { loadFiles } from './load.ts';
import { checkOptions, type ImportRequest, parseAsOf } from './options.ts';
import type { ImportReport } from './report.ts';
import { dropStages, type StagedFile, stageFile } from './stage.ts';

/**
 * Loads CSV files, all or nothing. Memory does not grow with their size. Readers see what was loaded when the next
 * build is served. The same files again do nothing.
 * @throws ImportFailedError with a report of the bad rows; UserError for options that contradict each other, a file
 *   that cannot be read, and events of dates that are loaded already
 */
export async function importFiles(
  engine: Engine,
  request: ImportRequest,
  progress: Progress = quiet,
): Promise<ImportReport> {
  checkOptions(request);
  const asOf = parseAsOf(request.asOf);
  return engine.session(async (session) => {
    const tables: string[] = [];
    try {
      const files = await readAll(session, tables, request, progress);
      // Reading takes long and needs no lock; what follows must be alone.
      await session.lock(() => progress.note('Waiting for another import or build to end.'));
      progress.phase('Checking and loading');
      return await loadFiles(session, files, { ...request, asOf });
    } finally {
      progress.end();
      if (engine.kind === 'embedded') await dropStages(session, tables);
    }
  });
}

/** The files in the order that they are loaded in, read unless they are known. */
async function readAll(
  session: Session,
  tables: string[],
  request: ImportRequest,
  progress: Progress,
): Promise<(StagedFile | KnownFile)[]> {
  const { users, firms, events, quarantine = false, replace = false } = request;
  const sources = [['USERS', users] as const, ['FIRMS', firms] as const, ['EVENTS', events] as const];
  const files: (StagedFile | KnownFile)[] = [];
  for (const [kind, source] of sources) {
    if (!source) continue;
    const known = await knownBefore(session, kind, source, replace, progress);
    files.push(known ?? (await stageFile(session, tables, kind, source, quarantine, progress)));
  }
  return files;
}
