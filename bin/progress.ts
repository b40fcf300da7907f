import type { Progress } from '../lib/platform/job-definition.ts';
import type { Io } from './io.ts';

export interface ProgressLine {
  readonly report: Progress;
  /** Takes the line away before anything else is printed. */
  done(): void;
}

/** On a terminal more than this many redraws a second only flicker. */
const REDRAW_MS = 50;
/** In a log a line per this share of the work says that it goes on. */
const SHARES = 10;

/** Progress on standard error: one line that redraws itself on a terminal, a plain line every tenth of the way elsewhere. */
export function progressLine(io: Pick<Io, 'stderr' | 'clock'>, options: { readonly quiet: boolean }): ProgressLine {
  if (options.quiet) return { report() {}, done() {} };
  return io.stderr.isTTY ? redrawn(io) : plain(io);
}

function redrawn({ stderr, clock }: Pick<Io, 'stderr' | 'clock'>): ProgressLine {
  let drawnAt = Number.NEGATIVE_INFINITY;
  let shown = false;
  return {
    report(done, total, label) {
      const now = clock.now();
      if (now - drawnAt < REDRAW_MS && done < total) return;
      drawnAt = now;
      shown = true;
      const line = `${bar(done, total)} ${done}/${total} ${label}`;
      stderr.write(`\r\u001b[2K${line.slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    done() {
      if (shown) stderr.write('\r\u001b[2K');
      shown = false;
    },
  };
}

function plain({ stderr }: Pick<Io, 'stderr'>): ProgressLine {
  let told = 0;
  return {
    report(done, total, label) {
      const share = total === 0 ? SHARES : Math.floor((done * SHARES) / total);
      // Several clusters count for themselves: a share below the last one is a new count.
      if (share < told) told = 0;
      if (share === told) return;
      told = share;
      stderr.write(`${done}/${total} ${label}\n`);
    },
    done() {},
  };
}

function bar(done: number, total: number): string {
  const width = 20;
  const filled = total === 0 ? width : Math.round((done / total) * width);
  return `[${'#'.repeat(filled)}${'.'.repeat(width - filled)}]`;
}
