import type { Described, Model } from '../model.ts';
import { camelCase } from '../names.ts';
import { repeated } from './wording.ts';

/** Fields that generated types have beside those of dimensions and metrics. */
const RESERVED = new Set([
  ...['id', 'kind', 'isPartial', 'comparison', 'rolling', 'custom', 'share', 'sourceRows'],
  ...['and', 'or', 'not', 'compare'],
]);

/** What is wrong with the names and words of dimensions and metrics. */
export function checkNames({ dimensions, metrics }: Model): string[] {
  const all: readonly Described[] = [...dimensions, ...metrics];
  const names = all.map(({ name }) => name);
  const fields = [...new Set(names)].map(camelCase);
  return [
    ...all.flatMap(checkDescribed),
    ...repeated(names).map((name) => `${name}: two definitions have this name.`),
    ...repeated(fields).map((field) => `${field}: two definitions have a field of this name.`),
    ...checkDescriptions(all),
  ];
}

function checkDescribed({ name, label, description, caveats = [], deprecated }: Described): string[] {
  const problems: string[] = [];
  const field = camelCase(name);
  if (!isSnakeCase(name)) problems.push(`${name}: a name is snake_case.`);
  if (RESERVED.has(field)) problems.push(`${name}: the generated types have a field ${field} already.`);
  if (!label.trim()) problems.push(`${name}: its label is missing.`);
  if (!description.trim()) problems.push(`${name}: its description is missing.`);
  if (caveats.some((caveat) => !caveat.trim())) problems.push(`${name}: one of its caveats is empty.`);
  if (deprecated !== undefined && !deprecated.trim())
    problems.push(`${name}: it is deprecated without a word why, and what to use instead.`);
  return problems;
}

function checkDescriptions(all: readonly Described[]): string[] {
  const seen = new Set<string>();
  return all.flatMap(({ name, description }) => {
    const isKnown = description.trim() !== '' && seen.has(description);
    seen.add(description);
    return isKnown ? [`${name}: its description is another definition's.`] : [];
  });
}

export function isSnakeCase(name: string): boolean {
  return /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name);
}
