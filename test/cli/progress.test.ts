import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { commandProgress, type Output } from '../../src/cli/progress.ts';

function recorded(isTTY: boolean) {
  const stream = new PassThrough();
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const terminal = {
    isTTY,
    columns: 120,
    clearLine: () => true,
    cursorTo: () => true,
    moveCursor: () => true,
  };
  return { stream: Object.assign(stream, terminal) as unknown as Output, text: () => text };
}

describe('commandProgress', () => {
  it('draws a bar with the rate on a terminal', async () => {
    const { stream, text } = recorded(true);
    const progress = commandProgress(stream);
    progress.phase('Loading events', 1000, 'rows');
    progress.advance(250);
    progress.end();
    await expect
      .poll(text)
      .toMatch(/Loading events {2}█{6}░{18} {2}25 % {2}250 of 1,000 rows {2}[\d,]+ rows\/s/);
  });

  it('counts where the total is not known, and puts notes on lines of their own', async () => {
    const { stream, text } = recorded(true);
    const progress = commandProgress(stream);
    progress.phase('Reading', undefined, 'bytes');
    progress.advance(5);
    progress.note('A note.');
    progress.end();
    await expect.poll(text).toMatch(/A note\.\n/);
    expect(text()).toMatch(/Reading {2}5 bytes/);
  });

  it('writes nothing but notes to a pipe', async () => {
    const { stream, text } = recorded(false);
    const progress = commandProgress(stream);
    progress.phase('Loading events', 1000);
    progress.advance(250);
    progress.note('A note.');
    progress.end();
    await expect.poll(text).toBe('A note.\n');
  });

  it('names the phases in a pipe where that is asked for', async () => {
    const { stream, text } = recorded(false);
    const progress = commandProgress(stream, true);
    progress.phase('Loading events', 1000);
    progress.advance(250);
    progress.end();
    await expect.poll(text).toBe('phase: Loading events\nphase: end\n');
  });
});
