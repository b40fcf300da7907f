import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Reads process groups, one a line. `done` means that they were stopped in order. The end of the input without it means that the parent died,
 * by kill -9 perhaps, when no handler of its own could run: then this shell kills the groups and removes the folder in its stead.
 */
const GUARD = `
while read -r line; do
  [ "$line" = done ] && exit 0
  groups="$groups -$line"
done
for group in $groups; do kill -s KILL -- "$group" 2>/dev/null; done
sleep 0.2
rm -rf -- "$1"
`;

interface Member {
  readonly name: string;
  readonly child: ChildProcess;
  readonly exited: Promise<void>;
}

/** Long-running programs that share one folder for their logs and that end together, whatever happens to the process that started them. */
export class ProcessFamily {
  readonly #folder: string;
  readonly #guard: ChildProcess;
  readonly #members: Member[] = [];

  constructor(folder: string) {
    this.#folder = folder;
    // A session of its own: Ctrl-C on the terminal must not take the guard away before its work.
    this.#guard = spawn('sh', ['-c', GUARD, 'guard', folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    this.#guard.unref();
    this.#guard.stdin?.on('error', () => {});
    unrefPipe(this.#guard);
  }

  /** Starts one program in a process group of its own; its output goes to `<name>.log` in the folder. */
  start(name: string, command: string, args: readonly string[]): void {
    const log = openSync(this.#logPath(name), 'w');
    const child = spawn(command, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: { PATH: process.env.PATH ?? '', HOME: this.#folder },
    });
    closeSync(log);
    child.unref();
    this.#guard.stdin?.write(`${child.pid}\n`);
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.once('error', () => resolve());
    });
    this.#members.push({ name, child, exited });
  }

  /** Names of the programs that have ended although nobody stopped them. */
  ended(): string[] {
    return this.#members.filter(({ child }) => hasEnded(child)).map(({ name }) => name);
  }

  pids(): Record<string, number> {
    return Object.fromEntries(this.#members.map(({ name, child }) => [name, child.pid ?? 0]));
  }

  /** The end of a program's log, for an error message. */
  logTail(name: string, lines = 12): string {
    try {
      return readFileSync(this.#logPath(name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } catch {
      return '';
    }
  }

  /** Kills the groups in reverse order, each one gone before the next: an API server without its etcd would hold on to its port. */
  async stop(): Promise<void> {
    for (const { child, exited } of this.#members.toReversed()) {
      killGroup(child);
      if (!hasEnded(child)) {
        child.ref();
        await exited;
      }
    }
    this.#guard.stdin?.end('done\n');
  }

  #logPath(name: string): string {
    return join(this.#folder, `${name}.log`);
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined || hasEnded(child)) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Gone between the look and the kill.
  }
}

/** The pipe alone must not keep this process alive; a child's stdin is a socket although its type does not say so. */
function unrefPipe(child: ChildProcess): void {
  const pipe: unknown = child.stdin;
  if (typeof pipe === 'object' && pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref();
}
