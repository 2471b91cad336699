import type { VersionRecord } from '../../database/version.ts';
import { baseOf } from '../model/base.ts';
import type { Fact, Relation } from '../model/model.ts';
import type { RollupTable } from '../model/rollup/table.ts';

/** What there is to choose from at a version. */
export interface Candidates {
  readonly fact: Fact;
  readonly rollups: readonly RollupTable[];
  readonly built: Built;
}

/** The rows of what was built for a version: of tables by their names, and of rollups that are there. */
export type Built = Pick<VersionRecord, 'rollups' | 'rowCounts'>;

export interface Candidate {
  readonly relation: Relation;
  /** What it is rejected as: a rollup for all of its levels. */
  readonly name: string;
  readonly isRollup: boolean;
  readonly rows: number;
}

/** The relations of a fact at a version. */
export interface Ranked {
  /** By the rows that each has; what nobody counted in the order of the model. The base is last in any case. */
  readonly bySize: readonly Candidate[];
  /** Names of the rollups that the version was built without. */
  readonly missing: readonly string[];
}

/** Found once for each version and fact of a catalogue, whose list of rollups is its own. */
const known = new WeakMap<Built, WeakMap<readonly RollupTable[], Ranked>>();

export function rank(candidates: Candidates): Ranked {
  const { built, rollups } = candidates;
  const ofVersion = known.get(built) ?? new WeakMap<readonly RollupTable[], Ranked>();
  known.set(built, ofVersion);
  const ranked = ofVersion.get(rollups) ?? ranking(candidates);
  ofVersion.set(rollups, ranked);
  return ranked;
}

function ranking({ fact, rollups, built: { rollups: levels, rowCounts } }: Candidates): Ranked {
  const ofRollups = rollups.flatMap((table) => {
    const rows = levels[table.name];
    return rows
      ? table.levels.map(({ relation }) => ({
          ...candidate(relation, table.rollup.name, rows[relation.name]),
          isRollup: true,
        }))
      : [];
  });
  const others = fact.relations.slice(0, -1).map((each) => candidate(each, each.name, rowCounts[each.name]));
  const base = baseOf(fact);
  return {
    bySize: [...[...ofRollups, ...others].sort((a, b) => a.rows - b.rows), candidate(base, base.name)],
    missing: rollups.flatMap(({ rollup, name }) => (levels[name] ? [] : [rollup.name])),
  };
}

function candidate(relation: Relation, name: string, rows = Number.MAX_SAFE_INTEGER): Candidate {
  return { relation, name, isRollup: false, rows };
}
