import type { ClientBase } from 'pg';
import type { CopyFrom } from '../session.ts';
import type { Backend } from './backend.ts';
import type { EmbeddedSocket } from './socket.ts';

/** Chunks are joined to about this many bytes for each COPY. */
const COPY_BYTES = 8 << 20;

/** PGlite hangs on COPY FROM STDIN; it reads a blob instead, one per few megabytes of whole lines. */
export function copyInto(backend: Backend): CopyFrom {
  return async (client, target, chunks) => {
    const socket = socketOf(client);
    const load = async () => {
      let rows = 0;
      for await (const bytes of wholeLines(chunks)) {
        rows += (await backend.ask(socket, { kind: 'copy', target, bytes })).rows ?? 0;
      }
      return rows;
    };
    return backend.hasTransaction(socket) ? load() : allOrNothing(client, load);
  };
}

function socketOf(client: ClientBase): EmbeddedSocket {
  return (client as unknown as { connection: { stream: EmbeddedSocket } }).connection.stream;
}

async function allOrNothing<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function* wholeLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let parts: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size < COPY_BYTES) continue;
    const joined = Buffer.concat(parts);
    const end = joined.lastIndexOf('\n') + 1;
    parts = [joined.subarray(end)];
    size = joined.length - end;
    if (end > 0) yield new Uint8Array(joined.subarray(0, end));
  }
  if (size > 0) yield new Uint8Array(Buffer.concat(parts));
}
