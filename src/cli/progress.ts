import { type Options, type Params, SingleBar } from 'cli-progress';
import type { Progress } from '../progress.ts';

/** What a terminal offers of a stream; a pipe lacks `isTTY`. */
export type Output = NodeJS.WriteStream | (NodeJS.WritableStream & { isTTY?: false });

const BAR_WIDTH = 24;

/**
 * A bar with rows per second on a terminal; in a pipe only the notes, a line each. `METRICGRAPH_PHASES=1` adds
 * to a pipe a line as each phase begins, for those who watch a process from outside.
 */
export function commandProgress(
  stream: Output = process.stderr,
  phases = process.env.METRICGRAPH_PHASES === '1',
): Progress {
  return stream.isTTY ? terminalProgress(stream) : pipeProgress(stream, phases);
}

function pipeProgress(stream: NodeJS.WritableStream, phases: boolean): Progress {
  const note = (line: string) => void stream.write(`${line}\n`);
  const phase = (label: string) => phases && note(`phase: ${label}`);
  return { phase, advance() {}, note, end: () => phase('end') };
}

function terminalProgress(stream: NodeJS.WriteStream): Progress {
  let bar: SingleBar | undefined;
  const end = () => {
    bar?.stop();
    bar = undefined;
  };
  return {
    phase(label, total, unit = 'rows') {
      end();
      // linewrap: true leaves the terminal's own setting alone, so that an interrupted bar breaks nothing.
      bar = new SingleBar({
        stream,
        fps: 8,
        linewrap: true,
        format: (_, params) => line(label, params, total, unit),
      } as Options);
      bar.start(total ?? 0, 0);
    },
    advance: (amount) => bar?.increment(amount),
    note(text) {
      // The bar draws itself again below the note.
      stream.write(`\r\x1b[K${text}\n`);
    },
    end,
  };
}

/** `Loading events  ████████░░░░░░░░  63 %  6,300,000 of 10,000,000 rows  345,000 rows/s`, or less where less is known. */
function line(label: string, params: Params, total: number | undefined, unit: string): string {
  const { value } = params;
  const parts = [label];
  if (total !== undefined && total > 0) {
    const share = Math.min(value / total, 1);
    const filled = Math.round(share * BAR_WIDTH);
    parts.push('█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled), `${Math.floor(share * 100)} %`);
  }
  if (value > 0) {
    const seconds = Math.max(Date.now() - params.startTime, 1) / 1000;
    const of = total === undefined ? '' : ` of ${count(total)}`;
    parts.push(`${count(value)}${of} ${unit}`, `${count(value / seconds)} ${unit}/s`);
  }
  return parts.join('  ');
}

/** A number with thousands apart, for people. */
export function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
