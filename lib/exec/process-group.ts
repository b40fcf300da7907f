import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A program that leads a group of its own, so that what it starts can be ended with it. Windows has no groups; there its tree is ended. */
export const groupLeader = { detached: process.platform !== 'win32', windowsHide: true } as const;

const POLL_MS = 25;
/** The kernel ends a killed process at once, unless it hangs in a device. */
const KILLED_MS = 2_000;

/**
 * Ends what is left of a leader's group: SIGTERM, `graceMs` to clean up, SIGKILL. Resolves when nothing of it runs any more, or was killed.
 * Out of reach are processes that have left the group, by `setsid` as daemons do: no signal of ours can find them.
 */
export async function endGroup(leader: ChildProcess, graceMs: number): Promise<void> {
  const { pid } = leader;
  if (pid === undefined) return;
  if (process.platform === 'win32') return endTree(leader, pid);
  for (const [signal, waitMs] of [['SIGTERM', graceMs] as const, ['SIGKILL', KILLED_MS] as const]) {
    if (!signalGroup(pid, signal)) return;
    if (await groupEnds(pid, waitMs)) return;
  }
}

async function groupEnds(leader: number, waitMs: number): Promise<boolean> {
  for (const until = performance.now() + waitMs; performance.now() < until; await delay(POLL_MS)) {
    if (!groupRuns(leader)) return true;
  }
  return false;
}

const live = new Set<number>();
let watching = false;

/** Sees to it that a group does not outlive this process, unless that is killed itself. Call the answer when the group has ended. */
export function endGroupWithProcess(pid: number): () => void {
  live.add(pid);
  if (!watching) process.once('exit', () => live.forEach((each) => void signalGroup(each, 'SIGKILL')));
  watching = true;
  return () => void live.delete(pid);
}

/** @returns whether there was anyone to hear it */
function signalGroup(leader: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(process.platform === 'win32' ? leader : -leader, signal);
  } catch {
    // ESRCH: it has ended by itself. EPERM: all that is left has become another user's.
    return false;
  }
}

/** A zombie, which nobody has asked about, does not run, but can be signalled for ever where process 1 is a program that asks about none. */
function groupRuns(leader: number): boolean {
  try {
    process.kill(-leader, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && runsInGroup(name, leader));
}

/** proc_pid_stat(5): `pid (name) state ppid pgrp …`; the name may hold anything, but ends with the last parenthesis. */
function runsInGroup(pid: string, leader: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(group) === leader && state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

/** https://learn.microsoft.com/windows-server/administration/windows-commands/taskkill: the tree is only known while its root lives. */
async function endTree(leader: ChildProcess, pid: number): Promise<void> {
  if (leader.exitCode !== null || leader.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const taskkill = spawn('taskkill', ['/PID', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    taskkill.once('error', () => resolve());
    taskkill.once('exit', () => resolve());
  });
  leader.kill('SIGKILL');
}
