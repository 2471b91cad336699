/** Imports of CSV files into raw: read, checked row by row and set by set, loaded all or nothing. */
export {
  anyImport,
  type ImportRecord,
  importsPending,
  listImports,
  listRejected,
  type RejectedRow,
} from './history.ts';
export { importFiles } from './import-files.ts';
export type { ImportOptions, ImportRequest } from './options.ts';
export { ImportFailedError, type Problem, type ProblemReport } from './problems.ts';
export type { Reason } from './refusal.ts';
export type { FileReport, ImportReport, Warning } from './report.ts';
export { fileSource, filesOf, type Kind, type Source, type Sources } from './source.ts';
export { type UndoReport, undoImport } from './undo.ts';
