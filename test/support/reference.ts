import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.env.REFERENCE_DATA;

/** The folder of the reference data (`REFERENCE_DATA`); undefined where it is not at hand. */
export const referenceFolder: string | undefined =
  folder && existsSync(join(folder, 'events.csv')) ? folder : undefined;

/** Whether tests of the reference data may be skipped: never in continuous integration, where they must not go missing. */
export const skipReference: boolean = referenceFolder === undefined && !process.env.CI;

/** @throws where `REFERENCE_DATA` does not name the folder */
export function requireReference(): string {
  if (referenceFolder !== undefined) return referenceFolder;
  throw new Error(
    `REFERENCE_DATA is ${JSON.stringify(folder ?? '')}; expected the folder with the reference data's events.csv, ` +
      'users.csv and firms.csv.',
  );
}
