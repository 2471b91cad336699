// A process of its own that migrates the configured database by a folder of migrations, and says what it applied.
const [dist, folder] = /** @type {[string, string]} */ (process.argv.slice(2));
/** @type {typeof import('../../../src/config.ts')} */
const { readConfig } = await import(`${dist}/src/config.js`);
/** @type {typeof import('../../../src/database/open.ts')} */
const { openDatabase } = await import(`${dist}/src/database/open.js`);
/** @type {typeof import('../../../src/database/migrate.ts')} */
const { migrate } = await import(`${dist}/src/database/migrate.js`);

const engine = await openDatabase(readConfig());
const applied = await migrate(engine, { folder, onWait: () => process.stdout.write('waits\n') });
process.stdout.write(`${JSON.stringify(applied)}\n`);
await engine.close();
