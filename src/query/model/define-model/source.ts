import type { Relation, Source } from '../model.ts';
import { camelCase } from '../names.ts';
import { isSnakeCase } from './names.ts';
import { repeated, unknown } from './wording.ts';

/** Fields that a row behind a number has by itself. */
const OWN = ['id', 'at'];

/** What is wrong with how the rows of a fact are shown one by one. */
export function checkSource({ id, dimensions, columns }: Source, base: Relation): string[] {
  const names = columns.map(({ name }) => name);
  const known = Object.keys(base.columns);
  const fields = [...OWN, ...dimensions, ...names].map(camelCase);
  return [
    ...[id, ...names].filter((name) => !known.includes(name)).map((name) => unknown('column', name, known)),
    ...dimensions.flatMap((name) => checkShown(name, base)),
    ...repeated(fields).map((field) => `two fields of its source are named ${field}.`),
    ...columns.flatMap(({ name, description }) => [
      ...(isSnakeCase(name) ? [] : [`${name}, of its source, is not snake_case.`]),
      ...(description.trim() ? [] : [`${name}, of its source, has no description.`]),
    ]),
  ];
}

function checkShown(name: string, { dimensions }: Relation): string[] {
  const shown = dimensions[name];
  if (shown === undefined) return [unknown('dimension', name, Object.keys(dimensions))];
  return shown.nullable ? [`${name}, of its source, may be missing; expected a dimension of every row.`] : [];
}
