import { beforeEach, describe, expect, test } from 'vitest';
import type { Row } from '../../../src/database/engine.ts';
import { type ImportRequest, importFiles, listImports } from '../../../src/pipeline/import/index.ts';
import { clear, csv, digestTables } from '../../support/csv.ts';
import { describeEngines } from '../../support/databases.ts';
import { EVENT_HEADER, events, firms, users } from '../../support/import-files.ts';

describeEngines('import', (fixture) => {
  const load = (request: ImportRequest) => importFiles(fixture.engine, request);
  const read = (text: string) => fixture.engine.read({ text, values: [] });

  beforeEach(() => clear(fixture.engine));

  describe('as-of', () => {
    const may = events('may.csv', '5/1/2024', '5/31/2024');

    test.each([
      ['2024-05-31', '2024-06-01T00:00:00.000Z'],
      ['5/31/2024', '2024-06-01T00:00:00.000Z'],
      ['2024-05-31T12:00:00Z', '2024-05-31T12:00:00.000Z'],
      ['2024-05-31T00:00:00.000Z', '2024-05-31T00:00:00.000Z'],
      [undefined, undefined],
    ])('%s is kept as %s', async (asOf, kept) => {
      await load({ users, firms, events: may, asOf });
      expect((await listImports(fixture.engine))[0]?.asOf).toBe(kept);
    });

    test.each(['2024-05-30', '2024-05-30T23:59:59.999999Z'])(
      '%s is before the latest event',
      async (asOf) => {
        const before = await digestTables(fixture.engine);
        await expect(load({ users, firms, events: may, asOf })).rejects.toThrow(
          'is before the latest event of may.csv, at 2024-05-31T00:00:00Z',
        );
        expect(await digestTables(fixture.engine)).toEqual(before);
      },
    );

    test('is not kept with an import that does nothing', async () => {
      await load({ users });
      const report = await load({ users, asOf: '2024-06-30' });
      expect(report.warnings.map((warning) => warning.message)).toEqual([
        'nothing was loaded, so the as-of instant was not stored',
      ]);
    });
  });

  describe('reads', () => {
    const first = async () => (await read('select created, event_type::text, user_id from raw.events'))[0];
    const of = (created: string): Row => [created, 'VAULT', 'ann'];

    test.each([
      ['5/28/2024', '2024-05-28T00:00:00Z', false],
      ['05/28/2024', '2024-05-28T00:00:00Z', false],
      ['2024-05-28', '2024-05-28T00:00:00Z', false],
      ['2024-05-28 14:03:00', '2024-05-28T14:03:00Z', true],
      ['2024-05-28 14:03:00.25', '2024-05-28T14:03:00.25Z', true],
      ['2024-05-28T14:03:00Z', '2024-05-28T14:03:00Z', true],
      ['2024-05-28T14:03:00.123456+02:00', '2024-05-28T12:03:00.123456Z', true],
      ['2024-05-28 00:00:00', '2024-05-28T00:00:00Z', false],
    ])('%s', async (given, created, hasTimes) => {
      await load({ users, firms, events: csv('e.csv', `${EVENT_HEADER}\n${given},1,ann,vault,3,4\n`) });
      expect(await first()).toEqual(of(created));
      expect(await read('select has_times from raw.import_batches')).toEqual([[hasTimes]]);
    });

    test.each([
      ['a byte order mark', `\ufeff${EVENT_HEADER}\n5/28/2024,1,ann,VAULT,3,4\n`],
      ['CRLF', `${EVENT_HEADER}\r\n5/28/2024,1,ann,VAULT,3,4\r\n`],
      ['no newline at the end', `${EVENT_HEADER}\n5/28/2024,1,ann,VAULT,3,4`],
      ['blank lines', `${EVENT_HEADER}\n\n5/28/2024,1,ann,VAULT,3,4\n\r\n\n`],
      ['another case', `${EVENT_HEADER.toLowerCase()}\n5/28/2024,1,ann,Vault,3,4\n`],
      [
        'another order',
        'feedback_score,Num_Docs,EVENT_TYPE,User_Id,firm_id,created\n4,3,vault,ann,1,5/28/2024\n',
      ],
      ['quotes', `"${EVENT_HEADER.replaceAll(',', '","')}"\n"5/28/2024","1","ann","VAULT","3","4"\n`],
      ['space around values', `${EVENT_HEADER.replaceAll(',', ' , ')}\n 5/28/2024 , 1,ann , VAULT,3 ,4 \n`],
    ])('%s', async (_, text) => {
      for (const bytes of [1, 1 << 16]) {
        await clear(fixture.engine);
        await load({ users, firms, events: csv('e.csv', text, bytes) });
        expect(await first()).toEqual(of('2024-05-28T00:00:00Z'));
      }
    });

    test('ids with newlines, commas, quotes, tabs and backslashes', async () => {
      const id = '"a\n,""b""\t\\N é😀"';
      await load({
        users: csv('u.csv', `ID,CREATED,TITLE\n${id},1/1/2024,"Junior\nAssociate"\n`, 3),
        firms,
        events: csv(
          'e.csv',
          `${EVENT_HEADER}\n5/28/2024,1,${id},VAULT,3,4\n5/28/2024,1,${id},VAULT,3,4\n`,
          3,
        ),
      });
      const found = await read(`select users.id, title::text, count(*) from raw.events
                                  join raw.users as users on users.id = user_id group by 1, 2`);
      expect(found).toEqual([['a\n,"b"\t\\N é😀', 'JUNIOR_ASSOCIATE', 2]]);
    });
  });
});
