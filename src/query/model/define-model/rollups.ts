import { baseOf, knows } from '../base.ts';
import { joinsOf } from '../joins.ts';
import type { Dimension, Fact, Model, Rollup } from '../model.ts';
import { columnOf, LEVEL, PERIOD, storedColumns } from '../rollup/relation.ts';
import { isSnakeCase } from './names.ts';
import { repeated, unknown } from './wording.ts';

/** What is wrong with the rollups of facts. */
export function checkRollups({ facts, dimensions }: Model): string[] {
  const all = facts.flatMap(({ rollups = [] }) => rollups.map(({ name }) => name));
  return [
    ...repeated(all).map((name) => `${name}: two rollups have this name.`),
    ...facts.flatMap((fact) =>
      (fact.rollups ?? []).flatMap((rollup) =>
        checkRollup(fact, rollup, dimensions).map((each) => `${fact.name}, rollup ${rollup.name}: ${each}`),
      ),
    ),
  ];
}

function checkRollup(fact: Fact, rollup: Rollup, all: readonly Dimension[]): string[] {
  const { name, description, grains, dimensions, from = [] } = rollup;
  if (fact.holds === 'snapshot') return ['a snapshot holds in any period, and so has no rollup.'];
  const larger = (fact.rollups ?? []).slice((fact.rollups ?? []).indexOf(rollup) + 1);
  return [
    ...(isSnakeCase(name) ? [] : ['a name is snake_case.']),
    // PostgreSQL cuts names at 63 bytes: changed_ before, the hash of the definition and a number after, in a build.
    ...(name.length > MOST_LETTERS ? [`a name has at most ${MOST_LETTERS} letters.`] : []),
    ...(description.trim() ? [] : ['its description is missing.']),
    ...(grains.length > 0 ? [] : ['it has no period; expected one, or ever.']),
    ...repeated([...grains, ...dimensions]).map((each) => `it has ${each} twice.`),
    ...grains.flatMap((grain) => checkGrain(fact, grain, all)),
    ...dimensions.flatMap((dimension) => checkDimension(fact, dimension, all)),
    ...from.flatMap((each) => {
      const known = larger.map((other) => other.name);
      return known.includes(each) ? [] : [unknown('larger rollup', each, known)];
    }),
    ...checkColumns(
      fact,
      dimensions.filter((each) => Object.hasOwn(baseOf(fact).dimensions, each)),
    ),
  ];
}

const MOST_LETTERS = 42;

function checkGrain(fact: Fact, grain: Rollup['grains'][number], all: readonly Dimension[]): string[] {
  if (grain === 'ever')
    return fact.needs === undefined ? [] : [`${fact.name} needs ${fact.needs}, which ever does not tell.`];
  const period = all.find((each) => each.kind === 'time' && each.grain === grain);
  if (period === undefined) return [`no dimension is a ${grain}.`];
  return knows(baseOf(fact), period) ? [] : [`its base does not tell ${grain}s apart.`];
}

function checkDimension(fact: Fact, name: string, all: readonly Dimension[]): string[] {
  const known = Object.keys(baseOf(fact).dimensions);
  if (!known.includes(name)) return [unknown('dimension', name, known)];
  const { kind } = all.find((each) => each.name === name)!;
  const unversioned = joinsOf(baseOf(fact), [name]).filter((each) => !baseOf(fact).joins[each]!.versioned);
  return [
    ...(kind === 'band' || kind === 'period'
      ? [`${name} is a ${kind}; expected what it is an attribute of.`]
      : []),
    ...unversioned.map((each) => `${name} comes from ${each}, of whose changes no version tells.`),
  ];
}

const VERSIONS = ['since_version', 'until_version'];

/** @param dimensions that the base knows */
function checkColumns(fact: Fact, dimensions: readonly string[]): string[] {
  const base = baseOf(fact);
  const keys = [LEVEL, PERIOD, ...VERSIONS, ...dimensions.map((name) => columnOf(base, name))];
  const measures = Object.entries(base.measures).flatMap(([name, aggregate]) =>
    storedColumns(name, aggregate),
  );
  return [
    ...(measures.length > 0 ? [] : ['none of the measures of its base can be stored.']),
    ...repeated(keys).map((name) => `two of its keys would be the column ${name}.`),
    ...measures
      .filter((name) => keys.includes(name))
      .map((name) => `its column ${name} would be a measure and a key.`),
  ];
}
