import fc from 'fast-check';
import type { Engine } from '../../src/database/engine.ts';
import { sql, statement } from '../../src/database/sql.ts';
import { readServedVersion } from '../../src/database/version.ts';
import { type BuildOptions, type BuildReport, build } from '../../src/pipeline/build/build.ts';
import { importFiles, undoImport } from '../../src/pipeline/import/index.ts';
import { quiet } from '../../src/progress.ts';
import type { DataSet } from '../oracle/data.ts';
import { Interruption, interrupted } from '../support/interrupt.ts';
import { csvFiles, dataSets } from './data-sets.ts';

/** Something that happens to a database. */
export type Deed =
  | {
      readonly kind: 'append' | 'replace' | 'replace of firms';
      readonly data: DataSet;
      readonly all: boolean;
    }
  /** Takes out an import that is served, or one that is pending; nothing where there is none. */
  | { readonly kind: 'undo' | 'undo of pending'; readonly pick: number }
  | { readonly kind: 'attributes'; readonly data: DataSet }
  | { readonly kind: 'build' }
  | { readonly kind: 'killed build'; readonly step: number };

/** With some events twice, which a check tells of. */
const repeating: fc.Arbitrary<DataSet> = fc
  .tuple(dataSets, fc.nat(3))
  .map(([data, repeated]) => ({ ...data, events: [...data.events, ...data.events.slice(0, repeated)] }));

const imports: fc.Arbitrary<Deed> = fc.record({
  kind: fc.constantFrom('append', 'append', 'replace', 'replace of firms'),
  data: repeating,
  all: fc.boolean(),
});

const deeds: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 5, arbitrary: imports },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('undo', 'undo of pending'), pick: fc.nat(99) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('attributes' as const), data: dataSets }) },
  { weight: 5, arbitrary: fc.constant({ kind: 'build' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('killed build' as const),
      step: fc.integer({ min: 1, max: 80 }),
    }),
  },
);

/** Imports and builds first, so that what follows changes something that is served. */
export const histories: fc.Arbitrary<readonly Deed[]> = fc
  .tuple(repeating, fc.array(deeds, { minLength: 12, maxLength: 12, size: 'max' }))
  .map(([data, later]) => [
    { kind: 'append', data, all: true },
    { kind: 'build' },
    ...later,
    { kind: 'build' },
  ]);

/** @returns what was built, where something was */
export async function happen(
  engine: Engine,
  deed: Deed,
  options: BuildOptions,
): Promise<BuildReport | undefined> {
  switch (deed.kind) {
    case 'append':
    case 'replace':
    case 'replace of firms': {
      const { events, users, firms } = csvFiles(deed.data);
      const how = {
        append: deed.kind === 'append',
        replace: deed.kind !== 'append',
        firmsOnly: deed.kind === 'replace of firms',
      };
      await importFiles(engine, { events, ...(deed.all && { users, firms }), ...how }, quiet);
      return undefined;
    }
    case 'attributes': {
      const { users, firms } = csvFiles(deed.data);
      await importFiles(engine, { users, firms }, quiet);
      return undefined;
    }
    case 'undo':
    case 'undo of pending': {
      const ids = await importsInEffect(engine, deed.kind === 'undo of pending');
      if (ids.length > 0) await undoImport(engine, ids[deed.pick % ids.length]!);
      return undefined;
    }
    case 'build':
      return build(engine, options);
    case 'killed build': {
      const outcome = await build(interrupted(engine, deed.step), options).catch((error) => error);
      if (!(outcome instanceof Interruption) && outcome instanceof Error) throw outcome;
      return undefined;
    }
  }
}

async function importsInEffect(engine: Engine, pending: boolean): Promise<readonly number[]> {
  const { version } = await readServedVersion(engine);
  const isPending = sql`changed_version > ${version}`;
  const rows = await engine.read(
    statement(sql`
      select id from raw.import_batches
       where status in ('LOADED', 'PARTLY_REPLACED') and events_loaded > 0
         and (${isPending}) = ${pending}
       order by id`),
  );
  return rows.map(([id]) => id as number);
}
