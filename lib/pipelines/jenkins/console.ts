import type { Patience } from '../patience.ts';
import type { JenkinsClient } from './client.ts';
import type { JenkinsHandle } from './handle.ts';
import { jobPath } from './job-path.ts';
import { type LineSplitter, lineSplitter } from './line-splitter.ts';

export interface ConsoleOptions {
  /** Gets each line as it comes, as long as the cap lasts. */
  readonly onLine?: (line: string) => void;
  /** Characters that are passed on to `onLine`; 1,000,000 unless told. What comes after is only counted, and kept in the tail. */
  readonly cap?: number;
  /** Lines kept for `tail`; 40 unless told. */
  readonly tailLines?: number;
}

export interface JenkinsConsole {
  /** Reads what is new. A console that cannot be read is no reason to fail a wait: it says so by returning false. */
  poll(handle: JenkinsHandle, patience?: Patience): Promise<boolean>;
  /** Call once after the last poll: passes a line on that has no end. */
  finish(): void;
  readonly tail: readonly string[];
  /** Characters that were not passed on. */
  readonly dropped: number;
}

/** A long log comes in one piece of many megabytes; a build that writes faster than we read must not hold a wait. */
const PIECES_PER_POLL = 20;

/** Follows the console of a build. Memory is bounded by the tail and one line, however long the log is. */
export function jenkinsConsole(client: JenkinsClient, options: ConsoleOptions = {}): JenkinsConsole {
  const lines = keptLines(options);
  const splitter = lineSplitter(lines.add);
  let start = 0;
  return {
    finish: () => splitter.end(),
    get tail() {
      return lines.tail;
    },
    get dropped() {
      return lines.dropped;
    },
    async poll(handle, patience = {}) {
      for (let piece = 0; piece < PIECES_PER_POLL; piece++) {
        const next = await readPiece(client, handle, { start, splitter, patience });
        const stands = next.size === start;
        start = next.size;
        if (next.broken) return false;
        if (!next.more || stands) return true;
      }
      return true;
    },
  };
}

interface Piece {
  readonly start: number;
  readonly splitter: LineSplitter;
  readonly patience: Patience;
}

interface Read {
  /** Where the next piece begins: `X-Text-Size`, bytes of the raw log. */
  readonly size: number;
  /** The build may write more. */
  readonly more: boolean;
  readonly broken: boolean;
}

/** A piece that broke off is not asked for again: what came of it has been passed on, and the raw log is at least as long. */
async function readPiece(client: JenkinsClient, { job, build }: JenkinsHandle, { start, splitter, patience }: Piece): Promise<Read> {
  let size = start;
  const broken = (): Read => ({ size, more: false, broken: true });
  if (build === undefined) return broken();
  const onData = (chunk: Buffer): void => {
    size += chunk.length;
    splitter.write(chunk);
  };
  try {
    const path = `${jobPath(job)}/${build}/logText/progressiveText?start=${start}`;
    const answer = await client.getText(path, `show the console of build ${build} of ${job}`, onData, patience);
    const told = Number(answer?.header('x-text-size') ?? Number.NaN);
    if (!answer || !Number.isInteger(told) || told < 0) return broken();
    return { size: told, more: answer.header('x-more-data') === 'true', broken: false };
  } catch {
    return broken();
  }
}

function keptLines({ onLine, cap = 1_000_000, tailLines = 40 }: ConsoleOptions): {
  readonly add: (line: string) => void;
  readonly tail: readonly string[];
  readonly dropped: number;
} {
  const tail: string[] = [];
  let passed = 0;
  let dropped = 0;
  return {
    tail,
    get dropped() {
      return dropped;
    },
    add(line) {
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
      if (passed + line.length > cap) {
        passed = Number.POSITIVE_INFINITY;
        dropped += line.length + 1;
        return;
      }
      passed += line.length + 1;
      onLine?.(line);
    },
  };
}
