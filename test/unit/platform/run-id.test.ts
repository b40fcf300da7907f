import { describe, expect, it } from 'vitest';
import { newRunId } from '../../../lib/platform/run-id.ts';

const start = Date.parse('2026-03-30T23:00:00.123Z');

describe('newRunId', () => {
  it('reads as the second the run started, in UTC, and a suffix', () => {
    expect(newRunId(start, () => 0.5)).toBe('20260330T230000Z-i00000');
  });

  it('always has the same length, so that ids sort by time', () => {
    const lowest = newRunId(start, () => 0);
    const highest = newRunId(start, () => 1 - Number.EPSILON);

    expect(lowest).toBe('20260330T230000Z-000000');
    expect(highest).toBe('20260330T230000Z-zzzzzz');
    expect(highest < newRunId(start + 1_000, () => 0)).toBe(true);
  });

  it('differs between runs of the same second', () => {
    const ids = new Set(Array.from({ length: 50 }, () => newRunId(start)));

    expect(ids.size).toBe(50);
  });
});
