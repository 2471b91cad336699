import type { Failure } from './run.ts';

const MOST_PROBLEMS = 8;

/** A failure as a person needs it: what was wrong, of which data and request, and how to see it again. */
export function failureReport(engine: string, { seed, world, asked, problems }: Failure): string {
  const { events, users, firms, asOf } = world.data;
  const active = users.filter(({ id }) => events.some(({ user }) => user === id));
  return [
    `On ${engine}, data set of seed ${seed}, fiscal year from month ${world.fiscalStart}:`,
    ...problems.slice(0, MOST_PROBLEMS).map((problem) => `  ${problem}`),
    ...(problems.length > MOST_PROBLEMS ? [`  and ${problems.length - MOST_PROBLEMS} more`] : []),
    `  request: ${JSON.stringify(asked.request)}`,
    `  selected: ${JSON.stringify(asked.selected)}; other: ${JSON.stringify(asked.other)}`,
    `  events${asOf === undefined ? '' : `, as of ${asOf}`}:`,
    ...events.map((event) => `    ${JSON.stringify(event)}`),
    `  users with events: ${JSON.stringify(active)}`,
    `  firms: ${JSON.stringify(firms)}`,
    `  again: npm run soak -- --engine ${engine} --seed ${seed} --cases 100`,
  ].join('\n');
}
