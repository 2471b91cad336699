import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LineTooLong } from '../../../../src/pipeline/import/lines.ts';
import { type CsvRecord, readCsv } from '../../../../src/pipeline/import/records.ts';

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string | Buffer, size = 1 << 16): Promise<CsvRecord[]> {
  const records: CsvRecord[] = [];
  for await (const some of readCsv(chunksOf(Buffer.from(text), size))) records.push(...some);
  return records;
}

const field = fc.string({ unit: fc.constantFrom('a', 'é', '😀', ',', '"', '\n', '\r\n', ' ') });
const quotable = fc.tuple(field, fc.boolean());
const table = fc.array(fc.array(quotable, { minLength: 2, maxLength: 4 }), { maxLength: 8 });

function print(rows: [string, boolean][][], newline: string): string {
  const one = ([value, quoted]: [string, boolean]) =>
    quoted || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  return rows.map((row) => row.map(one).join(',')).join(newline);
}

test('what is printed as CSV reads back, wherever chunks are cut, as csv-parse reads it', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom('\n', '\r\n'),
      async (rows, size, newline) => {
        const text = print(rows, newline);
        const fields = (await read(text, size)).map((record) => record.fields);
        expect(fields).toEqual(rows.map((row) => row.map(([value]) => value)));
        expect(fields).toEqual(parse(text, { relax_column_count: true }));
      },
    ),
  );
});

test('a record knows the line that it begins on', async () => {
  const text = '\ufeffa,b\r\n1,"x\r\ny"\r\n\r\n2,z\r\n3,"q"\n4,last';
  expect((await read(text, 3)).map(({ line, fields }) => [line, ...fields])).toEqual([
    [1, 'a', 'b'],
    [2, '1', 'x\r\ny'],
    [5, '2', 'z'],
    [6, '3', 'q'],
    [7, '4', 'last'],
  ]);
});

test('quotes out of place damage their line alone', async () => {
  const text = 'a,b\n1,x"y\n2,"open\n3,"x"\n4,"x"y\n5,fine\n6,"never closed\n7,fine';
  const records = await read(text, 5);
  expect(records.map(({ line, damage }) => [line, damage])).toEqual([
    [1, undefined],
    [2, 'quotes'],
    [3, 'quotes'],
    [4, undefined],
    [5, 'quotes'],
    [6, undefined],
    [7, 'quotes'],
    [8, undefined],
  ]);
  expect(records[3]?.fields).toEqual(['3', 'x']);
});

test('lines that are not UTF-8 are told, across chunks too', async () => {
  const bytes = Buffer.concat([Buffer.from('a,b\n1,"x\n'), Buffer.from([0xe9]), Buffer.from('"\n2,é\n')]);
  for (const size of [1, 2, 7, 100]) {
    const records = await read(bytes, size);
    expect(records.map(({ line, damage }) => [line, damage])).toEqual([
      [1, undefined],
      [2, 'encoding'],
      [4, undefined],
    ]);
  }
});

test('a line without an end is refused before it fills the memory', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    yield Buffer.from('a,b\n1,2\n');
    for (;;) yield Buffer.alloc(1 << 16, 'x');
  }
  const reading = async () => {
    for await (const _ of readCsv(endless()));
  };
  await expect(reading()).rejects.toMatchObject({ line: 3, constructor: LineTooLong });
});
