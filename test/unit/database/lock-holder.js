// A process of its own that takes a folder's lock, says what came of it, and holds on until its input ends.
const [module, folder, atMs] = /** @type {[string, string, string?]} */ (process.argv.slice(2));
/** @type {typeof import('../../../src/database/embedded/lock.ts')} */
const { lockFolder } = await import(module);
// Racing processes begin at the same instant, whatever they took to start.
while (atMs !== undefined && Date.now() < Number(atMs));
try {
  lockFolder(folder);
  process.stdout.write('held\n');
} catch (error) {
  process.stdout.write(`${/** @type {Error} */ (error).name}\n`);
}
process.stdin.resume();
