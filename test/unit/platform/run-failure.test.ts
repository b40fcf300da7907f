import { expect, it } from 'vitest';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { failedReport } from '../../../lib/platform/run-failure.ts';

it('reports what a run threw, hint included, without the credentials in it', () => {
  const error = new BadInputError('the proxy http://me:planted@proxy:1 is away', { hint: 'run it by hand: login --client-secret planted' });

  expect(failedReport({ job: 'lights-out', runId: 'r1' }, error)).toEqual({
    job: 'lights-out',
    runId: 'r1',
    status: 'failed',
    summary: 'the proxy http://[redacted]@proxy:1 is away',
    counts: { planned: 0, changed: 0, skipped: 0, failed: 1 },
    items: [
      {
        ref: 'lights-out',
        action: 'failed',
        reason: 'the proxy http://[redacted]@proxy:1 is away',
        hint: 'run it by hand: login --client-secret [redacted]',
      },
    ],
    remaining: 0,
  });
});
