import { expect, it } from 'vitest';
import { SharedWork } from '../../../lib/kubernetes/shared-work.ts';

/** Work that ends when told, and notes how its signal fared. */
function controlled() {
  const starts: { readonly signal: AbortSignal; readonly finish: (value: string) => void; readonly fail: (error: Error) => void }[] = [];
  const shared = new SharedWork<string>(
    (signal) => new Promise<string>((resolve, reject) => starts.push({ signal, finish: resolve, fail: reject })),
  );
  return { shared, starts };
}

it('does the work once for all who ask meanwhile, and anew for who asks afterwards', async () => {
  const { shared, starts } = controlled();
  const first = [shared.join(), shared.join()];
  starts[0]?.finish('one');

  expect(await Promise.all(first)).toEqual(['one', 'one']);
  const next = shared.join();
  starts[1]?.finish('two');
  expect(await next).toBe('two');
  expect(starts[0]?.signal.aborted).toBe(false);
});

it('goes on while somebody waits, and is told to stop when nobody does', async () => {
  const { shared, starts } = controlled();
  const [one, two] = [new AbortController(), new AbortController()];
  const asked = [shared.join(one.signal), shared.join(two.signal)].map((each) => each.catch((reason: unknown) => reason));

  one.abort('first left');
  expect(await asked[0]).toBe('first left');
  expect(starts[0]?.signal.aborted).toBe(false);
  two.abort('all left');
  expect(await asked[1]).toBe('all left');

  expect(starts[0]?.signal).toMatchObject({ aborted: true, reason: 'all left' });
});

it('starts anew for who asks after all others left', async () => {
  const { shared, starts } = controlled();
  const gone = new AbortController();
  const left = shared.join(gone.signal).catch(() => 'left');
  gone.abort();
  expect(await left).toBe('left');

  const next = shared.join();
  starts[0]?.fail(new Error('stopped'));
  starts[1]?.finish('fresh');

  expect(await next).toBe('fresh');
});

it('hands a failure to all who wait, and remembers none', async () => {
  const { shared, starts } = controlled();
  const asked = [shared.join(), shared.join()].map((each) => each.catch((error: Error) => error.message));
  starts[0]?.fail(new Error('refused'));

  expect(await Promise.all(asked)).toEqual(['refused', 'refused']);
  const next = shared.join();
  starts[1]?.finish('better');
  expect(await next).toBe('better');
});

it('begins nothing for who has left already', async () => {
  const { shared, starts } = controlled();

  await expect(shared.join(AbortSignal.abort(new Error('over')))).rejects.toThrow('over');

  expect(starts).toEqual([]);
});
