import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../lib/platform/clock.ts';
import type { LambdaContext } from '../../../../lib/platform/lambda-runner.ts';
import type { Desk } from '../../../../lib/smoke/callers/answer-caller.ts';
import { answerHttp } from '../../../../lib/smoke/callers/answer-http.ts';
import { recordingLog } from '../../../support/recorders.ts';

const report = { job: 'smoke', runId: 'r1', status: 'ok', summary: 'well', counts: {}, items: [], remaining: 0 } as const;
const call = { caller: { kind: 'flagger' }, event: { suite: 'shop' }, credential: 'open-sesame' } as const;
const lambda = (remainingMs: number): LambdaContext => ({ getRemainingTimeInMillis: () => remainingMs });

function desk(
  isKnown: () => Promise<boolean>,
  seen: (remainingMs: number) => void = () => {},
): Desk & { readonly lines: readonly { level: string }[] } {
  const { log, lines } = recordingLog();
  const run: Desk['run'] = async (_, context) => {
    seen(context.getRemainingTimeInMillis());
    return { report };
  };
  const unused = (): Promise<never> => Promise.reject(new Error('not asked here'));
  return { job: 'smoke', run, log, lines, clock: systemClock, answers: { journal: unused, putJob: unused, putHook: unused, isKnown } };
}

describe('a request to the URL', () => {
  it('is answered before Flagger and Argo, which wait for ten seconds, have gone', async () => {
    const times: number[] = [];
    const known = desk(
      async () => true,
      (remainingMs) => times.push(remainingMs),
    );
    await answerHttp(call, lambda(900_000), known);
    await answerHttp(call, lambda(4_000), known);

    expect(times[0]).toBeGreaterThan(8_000);
    expect(times[0]).toBeLessThanOrEqual(9_000);
    expect(times[1]).toBe(4_000);
  });

  it('has the less time the longer its token took to read', async () => {
    let now = 0;
    const times: number[] = [];
    const slow = desk(
      async () => {
        now += 4_000;
        return true;
      },
      (remainingMs) => times.push(remainingMs),
    );
    await answerHttp(call, lambda(900_000), { ...slow, clock: { ...systemClock, now: () => now } });

    expect(times).toEqual([5_000]);
  });

  it('is told to come again when the token cannot be read, and nothing is run', async () => {
    let ran = 0;
    const broken = desk(
      () => Promise.reject(new Error('SSM is away')),
      () => ran++,
    );

    expect(await answerHttp(call, lambda(900_000), broken)).toMatchObject({ statusCode: 503 });
    expect(ran).toBe(0);
    expect(broken.lines.map(({ level }) => level)).toEqual(['error']);
  });
});
