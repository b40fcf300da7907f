import { describe, expect, it } from 'vitest';
import { type ProgressLine, progressLine } from '../../../bin/progress.ts';

interface Recorded {
  readonly line: ProgressLine;
  readonly written: string[];
  now: number;
}

function record(options: { readonly isTTY: boolean; readonly quiet?: boolean; readonly columns?: number }): Recorded {
  const written: string[] = [];
  const recorded = { written, now: 0 };
  const stderr = {
    isTTY: options.isTTY,
    ...(options.columns !== undefined && { columns: options.columns }),
    write: (text: string) => written.push(text),
  };
  const clock = { now: () => recorded.now, sleep: async () => {} };
  return Object.assign(recorded, { line: progressLine({ stderr, clock }, { quiet: options.quiet ?? false }) });
}

describe('progress', () => {
  it('redraws one line of a terminal, not more often than the eye can follow, and takes it away', () => {
    const recorded = record({ isTTY: true });

    recorded.line.report(1, 4, 'shop/web');
    recorded.line.report(2, 4, 'shop/api');
    recorded.now = 60;
    recorded.line.report(3, 4, 'shop/cart');
    recorded.line.report(4, 4, 'shop/mail');
    recorded.line.done();

    expect(recorded.written).toEqual([
      '\r\u001b[2K[#####...............] 1/4 shop/web',
      '\r\u001b[2K[###############.....] 3/4 shop/cart',
      '\r\u001b[2K[####################] 4/4 shop/mail',
      '\r\u001b[2K',
    ]);
  });

  it('never folds over the edge of the terminal', () => {
    const recorded = record({ isTTY: true, columns: 30 });

    recorded.line.report(1, 4, 'a-namespace/a-very-long-name');

    expect(recorded.written[0]?.replace('\r\u001b[2K', '')).toHaveLength(29);
  });

  it('writes a plain line for every tenth of the work elsewhere', () => {
    const recorded = record({ isTTY: false });

    for (let done = 1; done <= 1000; done++) recorded.line.report(done, 1000, 'x');
    recorded.line.done();

    expect(recorded.written).toHaveLength(10);
    expect(recorded.written[0]).toBe('100/1000 x\n');
    expect(recorded.written.at(-1)).toBe('1000/1000 x\n');
  });

  it('says nothing with --quiet', () => {
    const recorded = record({ isTTY: true, quiet: true });

    recorded.line.report(1, 1, 'x');
    recorded.line.done();

    expect(recorded.written).toEqual([]);
  });
});
