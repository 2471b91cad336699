/**
 * The thread that PGlite lives in: it blocks while it works, and must not block the server with it.
 * Plain JavaScript, so that the same file runs from the sources (tests) and from the build.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';

/** @import { Reply, Request } from './protocol.ts' */

const port = /** @type {import('node:worker_threads').MessagePort} */ (parentPort);
const pgliteWasmModule = await new Promise((resolve) => port.once('message', resolve));
const db = await PGlite.create(workerData.folder, { pgliteWasmModule });
await db.exec(workerData.setup);

/**
 * @param {Request} request
 * @returns {Promise<Reply>}
 */
async function answer(request) {
  switch (request.kind) {
    case 'protocol':
      return { id: request.id, bytes: await db.execProtocolRaw(request.bytes, { syncToFs: false }) };
    case 'copy': {
      const blob = new Blob([request.bytes]);
      const result = await db.query(`copy ${request.target} from '/dev/blob'`, [], { blob });
      return { id: request.id, rows: result.affectedRows ?? 0 };
    }
    case 'close':
      await db.close();
      return { id: request.id };
  }
}

port.on('message', async (/** @type {Request} */ request) => {
  try {
    port.postMessage(await answer(request));
  } catch (error) {
    const { message, code, detail, constraint, where } = /** @type {NonNullable<Reply['error']>} */ (error);
    port.postMessage({ id: request.id, error: { message, code, detail, constraint, where } });
  }
});
port.postMessage({ id: 0 });
