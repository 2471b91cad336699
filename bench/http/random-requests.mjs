// @ts-check

/** @typedef {import('./types.ts').Facts} Facts */

const SEED = 20_240_229;

/** Metrics of events hold at every grain and under every filter. */
const OF_EVENTS = ['numQueries', 'numDocs', 'avgFeedback', 'activeUsers', 'activeFirms', 'docsPerQuery'];
/** Metrics of user-months need whole months, and know no event types. */
const OF_USER_MONTHS = ['engagementScore', 'numPowerUsers', 'numHighEngagementUsers', 'avgActiveDays'];
const MONTHLY = ['MONTH', 'QUARTER', 'YEAR'];
const FINE = ['DAY', 'WEEK', ...MONTHLY];
const TITLES = ['JUNIOR_ASSOCIATE', 'ASSOCIATE', 'SENIOR_ASSOCIATE', 'PARTNER'];
const EVENT_TYPES = ['ASSISTANT', 'VAULT', 'WORKFLOW'];
const LEVELS = ['LOW', 'MEDIUM', 'HIGH'];

/**
 * Requests that a dashboard or an analyst could ask, the same for the same data: mostly of events, some of user-months;
 * filters, ranges, having, orders, comparisons and totals.
 * @param {Facts} facts
 * @param {number} count
 * @returns {string[]} GraphQL
 */
export function randomRequests(facts, count) {
  const random = new Random(SEED);
  return Array.from({ length: count }, () => requestOf(random, facts));
}

/** @param {Random} random @param {Facts} facts */
function requestOf(random, facts) {
  const wholeMonths = random.chance(0.3);
  const period = random.one([undefined, ...(wholeMonths ? MONTHLY : FINE)]);
  const others = ['TITLE', 'FIRM', 'ENGAGEMENT_LEVEL', ...(wholeMonths ? [] : ['EVENT_TYPE'])];
  const groupBy = [...(period ? [period] : []), ...random.some(others, 0, 2)];
  const metrics = random.some(wholeMonths ? [...OF_USER_MONTHS, 'numQueries'] : OF_EVENTS, 1, 4);
  const hasRange = random.chance(0.5);
  const compares = period !== undefined && random.chance(0.2);
  const args = [
    `groupBy: [${groupBy.join(', ')}]`,
    ...(random.chance(0.5) ? [`where: {${whereOf(random, facts, wholeMonths)}}`] : []),
    ...(hasRange ? [`timeRange: ${rangeOf(random, facts)}`] : []),
    ...(random.chance(0.2) && metrics.includes('numQueries') ? ['having: {numQueries: {gte: 10}}'] : []),
    ...(random.chance(0.4)
      ? [`orderBy: [{metric: {name: ${enumName(random.one(metrics))}, direction: DESC}}]`]
      : []),
    ...(compares ? ['compare: [{key: "before"}]'] : []),
    `first: ${random.one([10, 50, 100])}`,
  ];
  const compared = compares ? ` comparison(key: "before") { ${metrics[0]} { previous delta } }` : '';
  const totals = random.chance(0.3) ? ` totals { ${metrics.join(' ')} }` : '';
  const fields = [...groupBy.map(fieldOf), ...metrics].join(' ');
  return `{ metrics(${args.join(', ')}) { rows { ${fields}${compared} }${totals} } }`;
}

/** @param {Random} random @param {Facts} facts @param {boolean} wholeMonths */
function whereOf(random, { allFirms }, wholeMonths) {
  const conditions = [
    `title: {in: [${random.some(TITLES, 1, 3).join(', ')}]}`,
    `firm: {in: [${random.some(allFirms, 1, 5).map((id) => JSON.stringify(id))}]}`,
    `engagementLevel: {eq: ${random.one(LEVELS)}}`,
    ...(wholeMonths ? [] : [`eventType: {neq: ${random.one(EVENT_TYPES)}}`]),
  ];
  return random.some(conditions, 1, 2).join(', ');
}

/** @param {Random} random @param {Facts} facts */
function rangeOf(random, { months, end }) {
  if (random.chance(0.5)) return `{last: {count: ${random.whole(1, 6)}, unit: MONTH}}`;
  const at = random.whole(0, months.length - 1);
  const to = months[at + random.whole(1, 6)] ?? end;
  return `{between: {from: "${months[at]}", to: "${to}"}}`;
}

/** @param {string} dimension */
function fieldOf(dimension) {
  const name = dimension.toLowerCase().replace(/_(.)/g, (_, letter) => letter.toUpperCase());
  return name === 'firm' ? 'firm { id }' : name;
}

/** @param {string} field */
const enumName = (field) => field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

/** Mulberry32: small, and the same everywhere. */
class Random {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed;
  }

  #next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** @param {number} share */
  chance(share) {
    return this.#next() < share;
  }

  /** @param {number} least @param {number} most both included */
  whole(least, most) {
    return least + Math.floor(this.#next() * (most - least + 1));
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  one(list) {
    return /** @type {T} */ (list[this.whole(0, list.length - 1)]);
  }

  /** @template T @param {readonly T[]} list @param {number} least @param {number} most @returns {T[]} */
  some(list, least, most) {
    const left = [...list];
    const count = Math.min(this.whole(least, most), left.length);
    return Array.from(
      { length: count },
      () => /** @type {T} */ (left.splice(this.whole(0, left.length - 1), 1)[0]),
    );
  }
}
