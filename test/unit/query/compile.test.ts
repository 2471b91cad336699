import { describe, expect, it } from 'vitest';
import { semantic } from '../../../src/model/semantic.ts';
import { Catalog } from '../../../src/query/catalog.ts';
import type { Where } from '../../../src/query/resolve/request.ts';
import { compile } from '../../../src/query/run/compile.ts';
import { asking, catalog, REQUEST, selecting, served, settingOf } from './compiling.ts';

describe('a request', () => {
  const first = () => compile(settingOf(catalog, served(3)), asking());

  it('is compiled once for all who ask it of a version', async () => {
    const again = { ...structuredClone(REQUEST) };
    expect(await compile(settingOf(catalog, served(3)), asking(again))).toBe(await first());
  });

  it('is compiled anew for another selection, request, place in the document, version or catalogue', async () => {
    const known = await first();
    const setting = settingOf(catalog, served(3));
    const fiscal = new Catalog(semantic, { fiscalYearStart: 4 });
    const others = [
      compile(setting, asking(REQUEST, selecting('num_docs'))),
      compile(setting, asking({ ...REQUEST, first: 11 })),
      compile(setting, asking(REQUEST, selecting('num_queries'), ['aliased'])),
      compile(settingOf(catalog, served(4)), asking()),
      compile(settingOf(fiscal, served(3)), asking()),
    ];
    const all = [known, ...(await Promise.all(others))];
    expect(new Set(all).size).toBe(6);
    expect(all[4]!.plan.version).toBe(4);
    expect(all[5]!.plan.fiscalYearStart).toBe(4);
  });

  it('that is the very same object is compiled anew for another version, and found again for the one before', async () => {
    const asked = asking();
    const known = await compile(settingOf(catalog, served(3)), asked);
    expect((await compile(settingOf(catalog, served(4)), asked)).plan.version).toBe(4);
    expect(await compile(settingOf(catalog, served(3)), asked)).toBe(known);
  });

  it('of many periods is not kept, whose windows are larger than all others', async () => {
    const shifts = [1, 2, 3].map((count) => ({
      key: `k${count}`,
      shift: { count, unit: 'day' as const },
      toDate: true,
    }));
    const between = { from: '2019-01-01T00:00:00.000000', to: '2024-07-01T00:00:00.000000' };
    const request = { ...REQUEST, groupBy: ['day'], timeRange: { between }, compare: shifts };
    const asked = () => compile(settingOf(catalog, served(3)), asking(request));
    const first = await asked();
    expect(first.question.slots).toHaveLength(2_008);
    expect(await asked()).not.toBe(first);
  });

  it.each([3_000, 5_000, 50_000])('whose filter is %i deep is refused as one of too many', async (depth) => {
    let where: Where = { firm: { eq: '1' } };
    for (let at = 0; at < depth; at++) where = { not: where };
    const refused = compile(settingOf(catalog, served(3)), asking({ ...REQUEST, where }));
    await expect(refused).rejects.toMatchObject({
      problems: [expect.objectContaining({ reason: 'TOO_MANY_ITEMS', path: ['where'] })],
    });
  });

  it('that is refused is refused again', async () => {
    const refused = () => compile(settingOf(catalog, served(3)), asking({ ...REQUEST, first: -1 }));
    await expect(refused()).rejects.toThrow();
    await expect(refused()).rejects.toThrow();
  });

  it('that was only explained is checked in full when it is asked', async () => {
    const request = { ...REQUEST, first: 12 };
    const explained = await compile(settingOf(catalog, served(3), true), asking(request));
    const asked = await compile(settingOf(catalog, served(3)), asking(request));
    expect(asked).not.toBe(explained);
    expect(asked.plan).toEqual(explained.plan);
  });
});
