#!/usr/bin/env node
import './production.ts';

// The source maps of all modules take long to read, so they are read only for who asks for traces.
if (process.argv.includes('--debug')) process.setSourceMapsEnabled(true);
const { run } = await import('./program.ts');

// A reader that has seen enough, such as head, closes the pipe: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

const code = await run(process.argv.slice(2));
// What a library leaves running must not keep a finished command alive, once all is written.
for (const stream of [process.stdout, process.stderr])
  await new Promise<void>((written) => stream.write('', () => written()));
process.exit(code);
