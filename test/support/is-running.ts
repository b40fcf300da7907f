import { existsSync, readFileSync } from 'node:fs';

/** Whether a process does anything. One that has ended and that nobody has asked about (a zombie) does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (!existsSync('/proc/self/stat')) return true;
    // The state stands behind the name, which may hold anything but is in parentheses.
    return !/^\s*Z/.test(readFileSync(`/proc/${pid}/stat`, 'latin1').split(')').at(-1) ?? '');
  } catch {
    return false;
  }
}
