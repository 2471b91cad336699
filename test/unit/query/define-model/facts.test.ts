import { expect, it } from 'vitest';
import { area, type Case, days, facts, problemsOf, sales, sold, source, visited, visits } from './sales.ts';

const CASES: readonly Case[] = [
  [
    'no fact that gives rows',
    facts(sold, { rows: 'none' }),
    '0 facts define the rows of answers; expected one.',
  ],
  [
    'two facts that give rows',
    facts(visited, { rows: 'defines' }),
    '2 facts define the rows of answers; expected one.',
  ],
  ['a repeated fact', facts(area, { name: 'sales' }), 'sales: two facts have this name.'],
  ['a fact in another case', facts(area, { name: 'Floors' }), 'Floors: a name is snake_case.'],
  ['a fact without a description', facts(area, { description: '' }), 'floors: its description is missing.'],
  ['a fact without a relation', facts(area, { relations: [] }), 'floors: it has no relation.'],
  [
    'a repeated relation',
    facts(sold, { relations: [{ ...days, name: 'sales' }, sales] }),
    'sales: two of its relations are named sales.',
  ],
  [
    'rows of periods',
    facts(sold, { holds: 'period' }),
    'sales: it defines the rows of answers and holds as period; expected event.',
  ],
  [
    'a snapshot that gives rows',
    facts(area, { rows: 'coincides' }),
    'floors: a snapshot holds without any event, so its rows cannot coincide with those of answers.',
  ],
  [
    'a snapshot at a grain',
    facts(area, { relations: [{ ...area.relations[0]!, grain: 'day' }] }),
    'floors: a snapshot holds from an instant on, but the grain of its base is day.',
  ],
  [
    'periods at an instant',
    facts(visited, { relations: [{ ...visits, grain: 'instant' }] }),
    'visits: it holds for periods, but the grain of its base is instant; expected a period.',
  ],
  ['a need of no period', facts(visited, { needs: 'store' }), 'visits: it needs an unknown period store.'],
  [
    'a need of a misspelt period',
    facts(visited, { needs: 'mont' }),
    'visits: it needs an unknown period mont; did you mean month?',
  ],
  [
    'a need that its base cannot meet',
    facts(visited, { relations: [{ ...visits, grain: 'year' }] }),
    'visits: it needs month, which its base does not tell apart.',
  ],
  [
    'a need of events',
    facts(visited, { holds: 'event' }),
    'visits: it needs month and holds as event; expected period.',
  ],
  [
    'rows without a source',
    facts(sold, { source: undefined }),
    'sales: it defines the rows of answers, so it needs a source of the rows behind them.',
  ],
  [
    'a source of an unknown id',
    source({ id: 'sale_ids' }),
    'sales: unknown column sale_ids; did you mean sale_id?',
  ],
  [
    'a source of an unknown column',
    source({ columns: [{ name: 'prices', description: 'Prices.' }] }),
    'sales: unknown column prices; did you mean price?',
  ],
  [
    'a source column without a description',
    source({ columns: [{ name: 'price', description: '' }] }),
    'sales: price, of its source, has no description.',
  ],
  [
    'a source of an unknown dimension',
    source({ dimensions: ['stor'] }),
    'sales: unknown dimension stor; did you mean store?',
  ],
  [
    'a source of a dimension that may be missing',
    source({ dimensions: ['size'] }),
    'sales: size, of its source, may be missing; expected a dimension of every row.',
  ],
  [
    'a source with a field twice',
    source({ columns: [{ name: 'store', description: 'Store.' }] }),
    'sales: two fields of its source are named store.',
  ],
  [
    'a source with a field that rows have already',
    source({ columns: [{ name: 'at', description: 'When.' }] }),
    'sales: two fields of its source are named at.',
  ],
];

it.each(CASES)('names %s', (_what, model, problem) => expect(problemsOf(model)).toContain(problem));
