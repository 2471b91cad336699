import { existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { makeFolder } from '../../src/make-folder.ts';

let root: string;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'metricgraph-folders-'));
});
afterAll(() => rmSync(root, { recursive: true }));

const make = (folder: string) => makeFolder(folder, 'data folder', 'DATA_DIR');

test('makes what is missing, and takes what is there', () => {
  const folder = join(root, 'a/b/c');
  make(folder);
  make(folder);
  expect(existsSync(folder)).toBe(true);
});

test('refuses a file, what is below one, and a link to nowhere', () => {
  writeFileSync(join(root, 'file'), '');
  symlinkSync(join(root, 'nowhere'), join(root, 'link'));
  for (const [name, why] of [
    ['file', 'it is a file'],
    ['file/below', 'ENOTDIR'],
    ['link', 'ENOENT'],
  ] as const) {
    const folder = join(root, name);
    expect(() => make(folder)).toThrow(UserError);
    expect(() => make(folder)).toThrow(
      new RegExp(`^The data folder ${folder} cannot be used: ${why}.*DATA_DIR`),
    );
  }
});

test.runIf(process.platform === 'linux')('refuses a place that takes no folder, at once', () => {
  expect(() => make('/proc/metricgraph')).toThrow('cannot be used: ENOENT');
  expect(() => make('/proc/metricgraph/below')).toThrow('cannot be used: ENOENT');
});
