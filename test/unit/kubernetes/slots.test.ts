import { describe, expect, it } from 'vitest';
import { createSlots } from '../../../lib/kubernetes/slots.ts';

describe('createSlots', () => {
  it('runs at most as many as allowed, first come, first served, through failures', async () => {
    const slots = createSlots(2);
    const order: number[] = [];
    let most = 0;
    const job = (n: number) =>
      slots.run(async () => {
        order.push(n);
        most = Math.max(most, slots.busy);
        await Promise.resolve();
        if (n % 2) throw new Error(`job ${n}`);
        return n;
      });

    const results = await Promise.allSettled(Array.from({ length: 9 }, (_, n) => job(n)));

    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(most).toBe(2);
    expect(slots.busy).toBe(0);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4);
  });

  it('loses no slot to a caller that gave up waiting', async () => {
    const slots = createSlots(1);
    const { promise: work, resolve: finish } = Promise.withResolvers<void>();
    const first = slots.run(() => work);
    const waiting = new AbortController();
    const second = slots.run(async () => 'never', waiting.signal);
    const third = slots.run(async () => 'third');

    waiting.abort(new Error('gave up'));
    finish();

    await expect(second).rejects.toThrow('gave up');
    await first;
    expect(await third).toBe('third');
    expect(slots.busy).toBe(0);
  });
});
