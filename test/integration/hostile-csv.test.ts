import { beforeAll, describe, expect, test } from 'vitest';
import {
  ImportFailedError,
  importFiles,
  type Kind,
  type ProblemReport,
} from '../../src/pipeline/import/index.ts';
import { csv, digestTables, publish } from '../support/csv.ts';
import { describeEngines } from '../support/databases.ts';

/** Stands for a byte that is no UTF-8. */
const BAD_BYTE = '\ue000';
const LONG_ID = 'x'.repeat(256);

type Table = string[][];

const FILES: Readonly<Record<Kind, Table>> = {
  USERS: [
    ['ID', 'CREATED', 'TITLE'],
    ['ann', '1/1/2024', 'Partner'],
    ['bob', '1/2/2024', 'Associate'],
    ['cy', '1/3/2024', 'Junior Associate'],
    ['dee', '1/4/2024', 'Senior Associate'],
    ['eve', '1/5/2024', 'Partner'],
  ],
  FIRMS: [
    ['ID', 'CREATED', 'FIRM_SIZE', 'ARR_IN_THOUSANDS'],
    ['1', '2023-08-06', '640', '1000'],
    ['2', '2023-08-07', '160', '250.5'],
    ['3', '2023-08-08', '20', '0'],
    ['4', '2023-08-09', '5', '12.125'],
    ['5', '2023-08-10', '1', '7'],
  ],
  EVENTS: [
    ['CREATED', 'FIRM_ID', 'USER_ID', 'EVENT_TYPE', 'NUM_DOCS', 'FEEDBACK_SCORE'],
    ['5/1/2024', '1', 'ann', 'VAULT', '1', '1'],
    ['5/2/2024', '2', 'bob', 'WORKFLOW', '2', '2'],
    ['5/3/2024', '3', 'cy', 'ASSISTANT', '3', '3'],
    ['5/4/2024', '4', 'dee', 'VAULT', '4', '4'],
    ['5/5/2024', '5', 'eve', 'WORKFLOW', '5', '5'],
  ],
};

/** What a damaged cell is told as: the reason, a part of the message, and whether it names the column. */
type Damage = [value: string, reason: string, message: string];

const FORMAT = 'expected M/D/YYYY, YYYY-MM-DD, YYYY-MM-DD HH:MM:SS or ISO 8601';
const DATES: Damage[] = [
  ['tomorrow', 'not a date', FORMAT],
  ['5/28/24', 'not a date', FORMAT],
  ['2/30/2024', 'no such date', '2024-02 has 29 days'],
  ['2023-02-29', 'no such date', '2023-02 has 28 days'],
  ['28/5/2024', 'no such date', 'a month from 1 to 12'],
  ['2024-05-28 25:00:00', 'not a date', 'a time of day'],
  ['5/1/1024', 'out of range', 'a year from 1900 to 2999'],
];
const FIRM_IDS: Damage[] = [
  ['0', 'out of range', 'a whole number from 1 to 9007199254740991'],
  ['-1', 'out of range', 'a whole number from 1'],
  ['9007199254740992', 'out of range', 'to 9007199254740991'],
  ['1x', 'not a number', 'a whole number'],
  ['1.5', 'not a number', 'a whole number'],
];
const USER_IDS: Damage[] = [[LONG_ID, 'too long', 'at most 255 characters, not 256']];

const CELLS: Readonly<Record<Kind, Readonly<Record<string, Damage[]>>>> = {
  USERS: {
    ID: USER_IDS,
    CREATED: DATES,
    TITLE: [
      ['Partnr', 'unknown value', 'PARTNER (did you mean PARTNER?)'],
      ['7', 'unknown value', 'one of JUNIOR_ASSOCIATE, ASSOCIATE, SENIOR_ASSOCIATE, PARTNER'],
    ],
  },
  FIRMS: {
    ID: FIRM_IDS,
    CREATED: DATES,
    FIRM_SIZE: [
      ['0', 'out of range', 'from 1 to 2147483647'],
      ['-5', 'out of range', 'from 1 to 2147483647'],
      ['2147483648', 'out of range', 'from 1 to 2147483647'],
      ['many', 'not a number', 'from 1 to 2147483647'],
    ],
    ARR_IN_THOUSANDS: [
      ['-1', 'out of range', '0 or more'],
      ['1.2345', 'out of range', 'at most 3 decimals'],
      ['1000000000000', 'out of range', 'below 1,000,000,000,000'],
      ['1e3', 'not a number', 'a plain decimal number'],
      ['$5', 'not a number', 'a plain decimal number'],
    ],
  },
  EVENTS: {
    CREATED: DATES,
    FIRM_ID: [...FIRM_IDS, ['77', 'unknown firm', 'import the firms first or together']],
    USER_ID: [...USER_IDS, ['zoe', 'unknown user', 'import the users first or together']],
    EVENT_TYPE: [
      ['WORKFLOWS', 'unknown value', 'did you mean WORKFLOW?'],
      ['Email', 'unknown value', 'one of ASSISTANT, VAULT, WORKFLOW'],
    ],
    NUM_DOCS: [
      ['-1', 'out of range', 'from 0 to 2147483647'],
      ['2147483648', 'out of range', 'from 0 to 2147483647'],
      ['3 docs', 'not a number', 'from 0 to 2147483647'],
    ],
    FEEDBACK_SCORE: [
      ['0', 'out of range', 'from 1 to 5'],
      ['6', 'out of range', 'from 1 to 5'],
      ['-3', 'out of range', 'from 1 to 5'],
      ['4.5', 'not a number', 'from 1 to 5'],
      ['good', 'not a number', 'from 1 to 5'],
    ],
  },
};

/** What can befall any cell. */
const ANY_CELL: Damage[] = [
  ['', 'missing value', 'the value is missing; expected'],
  ['  ', 'missing value', 'the value is missing; expected'],
  ['1\0', 'NUL byte', 'there is a NUL byte; expected'],
  [`1${BAD_BYTE}`, 'not UTF-8', 'bytes that are not UTF-8'],
];

/** What befalls a whole record, by way of any of its cells. */
const RECORD: Damage[] = [
  ['"open', 'bad quotes', 'a quote is not closed'],
  ['stray"quote', 'bad quotes', 'text stands beside a quote'],
  ['"closed"early', 'bad quotes', 'text stands beside a quote'],
  ['one,more', 'wrong number of columns', 'expected'],
];

const POSITIONS = { first: 1, middle: 3, last: 5 };
const KINDS: readonly Kind[] = ['USERS', 'FIRMS', 'EVENTS'];

function damaged(kind: Kind, row: number, column: number, value: string): Table {
  return damagedIn(kind, [row], column, value);
}

function damagedIn(kind: Kind, rows: readonly number[], column: number, value: string): Table {
  return FILES[kind].map((cells, at) => (rows.includes(at) ? cells.toSpliced(column, 1, value) : cells));
}

function bytes(table: Table, newline = '\n'): Buffer {
  const text = table.map((cells) => cells.join(',')).join(newline);
  const parts = text.split(BAD_BYTE).flatMap((part) => [Buffer.from([0xff]), Buffer.from(part)]);
  return Buffer.concat(parts.slice(1));
}

describeEngines('hostile CSV', (fixture) => {
  let before: Record<string, string>;

  beforeAll(async () => {
    await importFiles(fixture.engine, sources({}));
    await publish(fixture.engine);
    await importFiles(fixture.engine, {
      ...sources({ EVENTS: bytes([FILES.EVENTS[0]!, ['6/1/2024', '1', 'ann', 'VAULT', '1', '1']]) }),
    });
    before = await digestTables(fixture.engine);
  });

  /** All three files, some of them damaged. */
  function sources(files: Partial<Record<Kind, Buffer>>) {
    const source = (kind: Kind) => csv(`${kind.toLowerCase()}.csv`, files[kind] ?? bytes(FILES[kind]), 64);
    return { users: source('USERS'), firms: source('FIRMS'), events: source('EVENTS') };
  }

  /** Imports and expects nothing to be loaded. */
  async function refused(files: Partial<Record<Kind, Buffer>>): Promise<ProblemReport> {
    const error = await importFiles(fixture.engine, { ...sources(files), append: true }).then(
      () => new Error('It was loaded.'),
      (thrown) => thrown,
    );
    if (!(error instanceof ImportFailedError)) throw error;
    expect(await digestTables(fixture.engine)).toEqual(before);
    return error.report;
  }

  describe.each(KINDS)('%s', (kind) => {
    const file = `${kind.toLowerCase()}.csv`;
    const columns = FILES[kind][0]!;
    const cells = columns.flatMap((name, column) =>
      [...(CELLS[kind][name] ?? []), ...ANY_CELL].map(
        ([value, reason, message]) => [name, value, reason, message, column] as const,
      ),
    );

    /** Damages a cell in these rows, and expects each to be told of and nothing else. */
    async function expectTold(rows: readonly number[], damage: (typeof cells)[number]) {
      const [name, value, reason, message, column] = damage;
      const report = await refused({ [kind]: bytes(damagedIn(kind, rows, column, value)) });
      expect(report.problems).toEqual(
        rows.map((row) => ({
          kind,
          file,
          line: row + 1,
          column: name,
          value: value.replace(BAD_BYTE, '\ufffd'),
          reason,
          message: expect.stringContaining(message),
        })),
      );
      expect(report).toMatchObject({ total: rows.length, byReason: { [reason]: rows.length } });
    }

    const positions = Object.values(POSITIONS);
    test.each(cells)('%s is %j: %s', (...damage) => expectTold(positions, damage));

    const ofColumn = columns.map((name) => [name, cells.find(([column]) => column === name)!] as const);
    test.each(ofColumn)('%s is bad in one row, wherever that is', async (_, damage) => {
      for (const row of positions) await expectTold([row], damage);
    });

    const records = columns.flatMap((name, column) =>
      RECORD.map(([value, reason, message]) => [name, value, reason, message, column] as const),
    );

    test.each(records)('%s is %s: %s', async (_, value, reason, message, column) => {
      for (const row of positions) {
        const table = damaged(kind, row, column, value);
        const report = await refused({ [kind]: bytes(table) });
        expect(report.problems).toEqual([
          {
            kind,
            file,
            line: row + 1,
            column: undefined,
            value: table[row]!.join(','),
            reason,
            message: expect.stringContaining(message),
          },
        ]);
      }
    });

    test('a record too short', async () => {
      for (const row of positions) {
        const table = FILES[kind].map((values, at) => (at === row ? values.slice(0, -1) : values));
        const { problems } = await refused({ [kind]: bytes(table, '\r\n') });
        expect(problems).toMatchObject([
          {
            line: row + 1,
            reason: 'wrong number of columns',
            message: `the record has ${columns.length - 1} values; expected ${columns.length}`,
          },
        ]);
      }
    });

    test('two kinds of damage, in one record and in two', async () => {
      const last = columns.length - 1;
      const table = damaged(kind, 1, 0, '').map((values, at) =>
        at === 1 ? values.with(last, 'x?') : at === 4 ? values.with(1, `${BAD_BYTE}`) : values,
      );
      const report = await refused({ [kind]: bytes(table) });
      expect(report.problems.map(({ line, column, reason }) => [line, column, reason])).toEqual([
        [2, columns[0], 'missing value'],
        [2, columns[last], expect.stringMatching(/^(not a number|unknown value)$/)],
        [5, columns[1], 'not UTF-8'],
      ]);
      expect(report.total).toBe(3);
    });

    const expected = `expected the columns ${columns.join(', ')}`;
    const header = (names: string[]) => bytes([names, ...FILES[kind].slice(1)]);
    const utf16 = Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(bytes(FILES[kind]).toString(), 'utf16le'),
    ]);
    test.each<[string, Buffer, object]>([
      ['nothing', Buffer.alloc(0), { reason: 'no header', message: 'the file is empty' }],
      ['blank lines', Buffer.from('\n\r\n\n'), { reason: 'no header', message: 'the file is empty' }],
      ['UTF-16', utf16, { reason: 'not UTF-8', message: 'the file looks like UTF-16' }],
      ['zeroes', Buffer.alloc(5_000), { reason: 'not UTF-8', message: 'UTF-16 or binary data' }],
      ['CR alone', bytes(FILES[kind], '\r'), { reason: 'no header', message: 'lines end in CR alone' }],
      [
        'semicolons',
        Buffer.from(bytes(FILES[kind]).toString().replaceAll(',', ';')),
        { reason: 'no header', message: 'values are parted by ";"' },
      ],
      [
        'an open quote',
        header(columns.with(0, '"ID')),
        { reason: 'bad quotes', message: 'a quote of the header' },
      ],
      [
        'a bad byte',
        header(columns.with(0, BAD_BYTE)),
        { reason: 'not UTF-8', message: 'the header is not UTF-8' },
      ],
      [
        'a repeated column',
        header([...columns, columns[1]!.toLowerCase()]),
        { reason: 'repeated column', column: columns[1], value: columns[1]!.toLowerCase(), message: 'twice' },
      ],
      [
        'an extra column',
        header([...columns, 'Region']),
        { reason: 'unknown column', column: 'Region', value: 'Region', message: 'there is no such column' },
      ],
      [
        'a column without a name',
        header([...columns, '']),
        { reason: 'unknown column', message: `column ${columns.length + 1} has no name` },
      ],
      [
        'a missing column',
        header(columns.slice(1)),
        { reason: 'missing column', column: columns[0], message: `the column ${columns[0]} is missing` },
      ],
    ])('a header with %s', async (_, content, problem) => {
      const { problems } = await refused({ [kind]: content });
      const { message } = problem as { message: string };
      expect(problems[0]).toMatchObject({
        ...problem,
        file,
        line: 1,
        message: expect.stringContaining(message),
      });
      expect(problems[0]?.message).toContain(expected);
      expect(problems).toHaveLength(1);
    });

    test('a header with a misspelt column', async () => {
      const { problems } = await refused({ [kind]: header(columns.with(1, `${columns[1]}S`)) });
      expect(problems.map(({ reason, column }) => [reason, column])).toEqual([
        ['unknown column', `${columns[1]}S`],
        ['missing column', columns[1]],
      ]);
      expect(problems[0]?.message).toContain(`did you mean ${columns[1]}?`);
    });

    test('a line without an end', async () => {
      const content = Buffer.concat([
        bytes(FILES[kind].slice(0, 2)),
        Buffer.from('\n'),
        Buffer.alloc(3 << 20, 'x'),
      ]);
      const { problems } = await refused({ [kind]: content });
      expect(problems).toMatchObject([{ file, line: 3, reason: 'line too long' }]);
    });
  });

  test.each(['USERS', 'FIRMS'] as const)('%s: a repeated id', async (kind) => {
    const file = `${kind.toLowerCase()}.csv`;
    for (const row of [2, 4, 5]) {
      const { problems, total } = await refused({
        [kind]: bytes(damaged(kind, row, 0, FILES[kind][1]![0]!)),
      });
      expect(problems[0]).toEqual({
        kind,
        file,
        line: row + 1,
        column: 'ID',
        value: FILES[kind][1]![0],
        reason: 'repeated id',
        message: 'the id is in the file already, on line 2; expected each id once',
      });
      expect(total).toBe(1);
    }
  });

  test('lines are counted across quoted newlines', async () => {
    const table = damaged('EVENTS', 4, 4, 'x').map((cells, at) =>
      at === 2 ? cells.with(2, '"bob\n\n"') : cells,
    );
    const { problems } = await refused({ EVENTS: bytes(table) });
    expect(problems).toMatchObject([{ line: 7, column: 'NUM_DOCS', value: 'x' }]);
  });

  test('damage in all files is told at once, twenty of it shown', async () => {
    const rows = Array.from({ length: 1_000 }, () => ['5/1/2024', '1', 'ann', 'VAULT', 'x', '1']);
    const report = await refused({
      EVENTS: bytes([FILES.EVENTS[0]!, ...rows]),
      FIRMS: bytes(damaged('FIRMS', 2, 2, '0')),
      USERS: bytes(damaged('USERS', 5, 2, '')),
    });
    expect(report).toMatchObject({
      total: 1_002,
      byReason: { 'missing value': 1, 'out of range': 1, 'not a number': 1_000 },
    });
    expect(report.problems.map(({ file, line }) => `${file}:${line}`)).toEqual([
      'users.csv:6',
      'firms.csv:3',
      ...Array.from({ length: 18 }, (_, at) => `events.csv:${at + 2}`),
    ]);
  });

  test('the error reads well', async () => {
    const files = sources({ EVENTS: bytes(damaged('EVENTS', 1, 4, '-1')) });
    const error: ImportFailedError = await importFiles(fixture.engine, files).then(
      () => undefined as never,
      (e) => e,
    );
    expect(error.message).toBe(
      'Nothing was loaded: the files have one problem (out of range: 1). Mend the files and import them again, ' +
        'or load the good rows alone with --quarantine.',
    );
    expect(error.details).toEqual([
      'events.csv:2 NUM_DOCS "-1": expected a whole number from 0 to 2147483647',
    ]);
  });
});
