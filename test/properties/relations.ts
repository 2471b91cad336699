import { semantic } from '../../src/model/semantic.ts';
import { Catalog } from '../../src/query/catalog.ts';
import { baseOf } from '../../src/query/model/base.ts';
import type { Fact } from '../../src/query/model/model.ts';
import { rollupPlan } from '../../src/query/rollup/plan.ts';

/** A catalogue whose answers come from one relation of its facts wherever that is exact, and else from their bases. */
export interface Forced {
  readonly by: string;
  readonly catalog: Catalog;
}

interface Relations {
  readonly rollups: ReturnType<typeof rollupPlan>;
  readonly forced: readonly Forced[];
}

const made = new Map<number, Relations>();

/** What is built for a fiscal year, and each of the ways by which an answer can come about. */
export function relationsFor(fiscalYearStart: number): Relations {
  const known = made.get(fiscalYearStart);
  if (known) return known;
  const forced = [undefined, ...names()].map((name) => ({
    by: name ?? 'bases alone',
    catalog: new Catalog({ ...semantic, facts: semantic.facts.map(only(name)) }, { fiscalYearStart }),
  }));
  const relations = { rollups: rollupPlan(new Catalog(semantic, { fiscalYearStart })), forced };
  made.set(fiscalYearStart, relations);
  return relations;
}

/** Of rollups and of relations beside the bases, each once. */
function names(): readonly string[] {
  const all = semantic.facts.flatMap(({ relations, rollups = [] }) => [
    ...rollups.map(({ name }) => name),
    ...relations.slice(0, -1).map(({ name }) => name),
  ]);
  return [...new Set(all)];
}

function only(name: string | undefined): (fact: Fact) => Fact {
  return (fact) => ({
    ...fact,
    rollups: (fact.rollups ?? []).filter((each) => each.name === name),
    relations: fact.relations.filter((each) => each.name === name || each === baseOf(fact)),
  });
}
