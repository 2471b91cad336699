// @ts-check
/**
 * Everything side by side in one run: answers over HTTP beside what else could give them, and the pipeline beside psql.
 * Needs a built `dist/`, psql, and either an installed PostgreSQL server, which it starts by itself and whose data it
 * keeps in `bench/.cache`, or DATABASE_URL: a database with data in it, which gets schemas `bench_*` and keeps them.
 *
 *   npm run bench                              the sample set
 *   npm run bench -- --size S,M                and 5 million events; L has 100 million
 *   npm run bench -- --size M,L --large 20     or so many millions
 *   npm run bench -- --only ours,limit,Q1,Q3   some contenders or questions, or `answers` or `pipeline` alone
 *   npm run bench -- --seconds 10 --rounds 5 --connections 1,50
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { contendersTables, databaseOf, here, largeOf, SIZES, sizesOf } from './data.mjs';
import { CONTENDERS, embedded } from './http/contenders.mjs';
import { factsOf } from './http/facts.mjs';
import { measureAll } from './http/matrix.mjs';
import { QUESTIONS } from './http/questions.mjs';
import { answersReport, questionsList, targetsTable } from './http/report.mjs';
import { growthOf } from './http/targets.mjs';
import { pipelineReport } from './pipeline/report.mjs';
import { Psql } from './support/psql.mjs';
import { grouped, machine, publish } from './support/report.mjs';
import { startServer } from './support/server.mjs';

/** @typedef {import('./data.mjs').Size} Size */
/** @typedef {import('./http/matrix.mjs').Outcome} Outcome */

/** Beside what the server of the pipeline has: room for everybody's pool, and data that are in memory. */
const SETTINGS = ['max_connections=300', 'effective_cache_size=8GB', 'random_page_cost=1.1'];

const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: 'S' },
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    connections: { type: 'string', default: '1,10,50' },
    random: { type: 'string', default: '200' },
    large: { type: 'string', default: '100' },
    dbt: { type: 'boolean', default: false },
  },
});
const list = (/** @type {string} */ text) => text.split(',').filter((each) => each !== '');
const only = list(options.only);
const connections = list(options.connections).map(Number);
const sizes = list(options.size.toUpperCase()).map((size) => {
  if (!(size in SIZES)) throw new Error(`--size ${size}: expected S, M or L, or several with commas.`);
  return /** @type {Size} */ (size);
});

const sizeOf = (/** @type {Size} */ size) =>
  size === 'L' ? largeOf(Number(options.large) * 1_000_000) : SIZES[size];

const isAsked = (/** @type {readonly string[]} */ among) => {
  const named = among.filter((each) => only.includes(each));
  return named.length === 0 ? among : named;
};
const questions = isAsked(Object.keys(QUESTIONS));
const parts = isAsked(['answers', 'pipeline']);
const known = [
  'answers',
  'pipeline',
  'embedded',
  ...Object.keys(QUESTIONS),
  ...CONTENDERS.map(({ id }) => id),
];
const unknown = only.filter((each) => !known.includes(each));
if (unknown.length > 0) throw new Error(`--only ${unknown}: expected some of ${known.join(', ')}.`);
/** Naming contenders or questions leaves the pipeline out. */
const hasContenders = only.some((each) => each !== 'answers' && each !== 'pipeline');

/** What the parts found, by size. @type {Map<Size, Outcome[]>} */
const found = new Map();
/** @type {string[]} */
const sections = [];

/** @param {string} server @param {Size} size @param {number | undefined} pid of the server, when it is our own */
async function measureSize(server, size, pid) {
  if (parts.includes('answers')) sections.push(await answers(server, size));
  if (parts.includes('pipeline') && !hasContenders)
    sections.push(await pipelineReport(server, sizeOf(size), pid, options.dbt));
}

/** @param {string} server @param {Size} size */
async function answers(server, size) {
  const database = process.env.DATABASE_URL ?? (await databaseOf(server, size, sizeOf(size)));
  await contendersTables(new Psql(database));
  const folder = mkdtempSync(join(tmpdir(), 'metricgraph-bench-'));
  try {
    const context = {
      database,
      facts: await factsOf(database),
      answers: new Map(),
      folder,
      random: Number(options.random),
    };
    const all = [...CONTENDERS, ...(size === 'S' ? [embedded(here('.cache/embedded'))] : [])];
    const chosen = isAsked(all.map(({ id }) => id));
    // Ours is always there: its answers are what is right.
    const contenders = all.filter(({ id }) => id === 'ours' || chosen.includes(id));
    const plan = {
      questions,
      connections,
      seconds: Number(options.seconds),
      rounds: Number(options.rounds),
    };
    const { outcomes, random } = await measureAll(contenders, context, plan);
    found.set(size, outcomes);
    const [events, users, firms, months] = (await sizesOf(new Psql(database))).map(grouped);
    const asked = questions.includes('Q8') ? ` Q8 is ${random} requests.` : '';
    return `## ${size}: answers

${events} events of ${users} users in ${firms} firms with events, over ${months} months.${asked}

${answersReport(outcomes, questions, connections)}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {string} url */
async function heading(url) {
  const psql = new Psql(url);
  const settings = [
    'shared_buffers',
    'work_mem',
    'effective_cache_size',
    'max_parallel_workers_per_gather',
    'jit',
  ];
  const shown = await Promise.all(
    settings.map(async (name) => `${name} ${await psql.value(`show ${name}`)}`),
  );
  return `# metricgraph beside what else there is

${machine(await psql.value('show server_version'))}

One server for everybody: ${shown.join(', ')};
every contender has a pool of 10 connections. Load by autocannon from the same machine, after up to 8 s that are not
measured: ${options.rounds} rounds, in each of which everybody is asked for ${options.seconds} s, or up to 20 s where answers are slow. Figures are
medians of the rounds, and ratios medians of the ratios within a round. Who takes over a second for an answer is asked
three times by one connection, over five seconds once. What answers over HTTP was compared first, row by row in any
order.

${questionsList(questions)}`;
}

if (!process.env.DATABASE_URL) mkdirSync(here('.cache'), { recursive: true });
const own = process.env.DATABASE_URL
  ? undefined
  : await startServer({ folder: here('.cache/postgres'), settings: SETTINGS });
const stop = async () => own?.stop();
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop().then(() => process.exit(1)));
try {
  const url = own?.url ?? process.env.DATABASE_URL ?? '';
  for (const size of sizes) await measureSize(url, size, own?.pid);
  const [large, medium] = [found.get('L'), found.get('M')];
  if (large && medium) sections.push(`## L beside M\n\n${targetsTable([growthOf(large, medium)])}`);
  // A run that was cut does not stand in for a whole one.
  publish(
    only.length === 0 ? '' : [...only, ...sizes].join('-').toLowerCase(),
    [await heading(url), ...sections].join('\n\n').concat('\n'),
  );
} finally {
  await stop();
}
