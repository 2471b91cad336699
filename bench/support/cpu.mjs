// @ts-check
import { existsSync, readFileSync } from 'node:fs';

/** Linux counts a process's time in hundredths of a second. */
const TICKS = 100;

/**
 * Seconds of processor time that ended children of the given processes have taken so far: what a busy machine
 * changes far less than wall time. Undefined where the system does not tell.
 * @param {readonly number[]} parents
 * @returns {number | undefined}
 */
export function cpuOfChildren(parents) {
  if (!parents.every((pid) => existsSync(`/proc/${pid}/stat`))) return undefined;
  return parents.reduce((sum, pid) => sum + ofChildren(pid), 0);
}

/** @param {number} pid */
function ofChildren(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold spaces; cutime and cstime are the 14th and 15th fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[13]) + Number(fields[14])) / TICKS;
}
