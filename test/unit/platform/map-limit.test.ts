import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { mapLimit } from '../../../lib/platform/map-limit.ts';

describe('mapLimit', () => {
  it('returns results in the order of the items, whichever ends first', async () => {
    const results = await mapLimit([3, 1, 2], 3, async (n, index) => {
      for (let i = 0; i < n; i++) await turn();
      return `${index}:${n}`;
    });

    expect(results).toEqual(['0:3', '1:1', '2:2']);
  });

  it('keeps as many calls in flight as allowed, and no more', async () => {
    let inFlight = 0;
    let most = 0;

    await mapLimit(Array.from({ length: 20 }), 4, async () => {
      most = Math.max(most, ++inFlight);
      await turn();
      inFlight -= 1;
    });

    expect(most).toBe(4);
  });

  it('starts nothing new after a failure, and throws it once the calls in flight have settled', async () => {
    const started: number[] = [];
    const finished: number[] = [];
    const run = mapLimit([0, 1, 2, 3, 4], 2, async (n) => {
      started.push(n);
      if (n === 0) throw new Error('first failed');
      await turn();
      finished.push(n);
    });

    await expect(run).rejects.toThrow('first failed');
    expect([started, finished]).toEqual([[0, 1], [1]]);
  });

  it.each([0, -1, 1])('runs one after the other at limit %i', async (limit) => {
    expect(await mapLimit(['a', 'b'], limit, async (item) => item)).toEqual(['a', 'b']);
  });

  it('has nothing to do for no items', async () => {
    expect(await mapLimit([], 4, async () => 1)).toEqual([]);
  });
});
