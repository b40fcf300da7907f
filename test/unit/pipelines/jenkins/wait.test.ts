import { describe, expect, it } from 'vitest';
import { cancelJenkins } from '../../../../lib/pipelines/jenkins/cancel.ts';
import { checkJenkins } from '../../../../lib/pipelines/jenkins/check.ts';
import { parseJenkinsHandle } from '../../../../lib/pipelines/jenkins/handle.ts';
import type { JenkinsState } from '../../../../lib/pipelines/jenkins/state.ts';
import { triggerJenkins } from '../../../../lib/pipelines/jenkins/trigger.ts';
import { type JenkinsWait, waitForJenkins } from '../../../../lib/pipelines/jenkins/wait.ts';
import { deadlineIn } from '../../../../lib/platform/deadline.ts';
import { PURGE_MS } from '../../../../sandbox/jenkins/controller.ts';
import type { BuildResult, SandboxJob } from '../../../../sandbox/jenkins/jobs.ts';
import { page } from '../../../../sandbox/jenkins/pages.ts';
import { failure } from '../../../support/failure.ts';
import { type JenkinsWorld, jenkinsWorld } from './world.ts';

const MINUTE = 60_000;
const FOREVER = Number.POSITIVE_INFINITY;

async function started(job: SandboxJob): Promise<JenkinsWorld & { readonly handle: Awaited<ReturnType<typeof triggerJenkins>>['handle'] }> {
  const world = await jenkinsWorld({ jobs: { 'shop/deploy': job } });
  const { handle } = await triggerJenkins(world.client, { job: 'shop/deploy' });
  return { ...world, handle };
}

function within(world: JenkinsWorld, ms: number, more: Partial<JenkinsWait> = {}): JenkinsWait {
  return { deadline: deadlineIn(ms, world.clock), ...more };
}

describe('waiting for a Jenkins build', () => {
  it.each<[BuildResult, string]>([
    ['SUCCESS', 'success'],
    ['UNSTABLE', 'unstable'],
    ['FAILURE', 'failed'],
    ['NOT_BUILT', 'skipped'],
    ['ABORTED', 'aborted'],
  ])('tells %s as %s', async (result, outcome) => {
    const world = await started({ result, durationMs: 4_000 });

    const waited = await waitForJenkins(world.client, world.handle, within(world, MINUTE));

    expect(waited).toMatchObject({ over: true, state: { phase: 'done', outcome, result, build: 1, durationMs: 4_000 } });
  });

  it('passes through the queue with its reasons, and says when the build is stuck there', async () => {
    const world = await started({ queueMs: 5_000, durationMs: 5_000, why: 'There are no nodes with the label arm', stuck: true });
    const seen: JenkinsState[] = [];

    await waitForJenkins(world.client, world.handle, within(world, MINUTE, { onState: (state) => void seen.push(state) }));

    expect([...new Set(seen.map(({ phase }) => phase))]).toEqual(['queued', 'running', 'done']);
    expect(seen[0]).toMatchObject({ why: 'There are no nodes with the label arm', stuck: true });
  });

  it('ends when the item is cancelled in the queue', async () => {
    const world = await started({ queueMs: FOREVER });
    const onState = (): void => void world.sandbox.byHand.cancel(world.handle.queueId);

    const waited = await waitForJenkins(world.client, world.handle, within(world, MINUTE, { onState }));

    expect(waited).toMatchObject({ over: true, state: { outcome: 'cancelled_in_queue' } });
  });

  it('ends with the deadline, for a build that never ends and for an item that nothing can run', async () => {
    const endless = await started({ durationMs: FOREVER });
    const waiting = await started({ queueMs: FOREVER, why: 'Waiting for next available executor' });

    expect(await waitForJenkins(endless.client, endless.handle, within(endless, MINUTE))).toMatchObject({
      over: false,
      state: { phase: 'running' },
    });
    expect(await waitForJenkins(waiting.client, waiting.handle, within(waiting, MINUTE))).toMatchObject({
      over: false,
      state: { phase: 'queued', why: 'Waiting for next available executor' },
    });
  });

  it('looks often enough never to miss the five minutes, and not more than a few times a minute', async () => {
    const world = await started({ queueMs: 10 * MINUTE, durationMs: 10 * MINUTE });

    const waited = await waitForJenkins(world.client, world.handle, within(world, 30 * MINUTE));

    expect(waited).toMatchObject({ over: true, state: { outcome: 'success' } });
    expect(world.sandbox.requests.filter(({ path }) => path.includes('allBuilds'))).toEqual([]);
    expect(world.sandbox.requests.length).toBeLessThan(160);
  });

  it('outlasts a restart of the controller', async () => {
    const world = await started({ durationMs: 2 * MINUTE });
    world.sandbox.faults.add({ method: 'GET', times: 12, answer: page(503, 'Service Unavailable') });
    const troubles: string[] = [];

    const waited = await waitForJenkins(
      world.client,
      world.handle,
      within(world, 10 * MINUTE, { onTrouble: (error) => void troubles.push(error.message) }),
    );

    expect(waited).toMatchObject({ over: true, state: { outcome: 'success' } });
    expect(troubles.length).toBeGreaterThan(1);
  });

  it('stops at what waiting does not mend', async () => {
    const world = await started({ durationMs: FOREVER });
    world.sandbox.faults.add({ method: 'GET', answer: page(401, 'Unauthorized') });

    expect(await failure(waitForJenkins(world.client, world.handle, within(world, MINUTE)))).toMatchObject({
      code: 'jenkins_unauthorized',
    });
  });

  it('ends at the reason of a signal, and leaves the build alone', async () => {
    const world = await started({ durationMs: FOREVER });
    const stop = new AbortController();
    const options = within(world, MINUTE, { signal: stop.signal, onState: () => stop.abort(new Error('enough')) });

    expect((await failure(waitForJenkins(world.client, world.handle, options))).message).toBe('enough');
    expect(world.sandbox.byHand.builds('shop/deploy')[0]?.result).toBe('SUCCESS');
  });
});

describe('a handle, asked about later', () => {
  it('survives a round trip through JSON and finds the build long after the queue forgot it', async () => {
    const { client, clock, handle } = await started({ durationMs: MINUTE });
    const stored = JSON.stringify(handle);
    clock.advance(2 * PURGE_MS);

    const state = await checkJenkins(client, parseJenkinsHandle(JSON.parse(stored)));

    expect(state).toMatchObject({ phase: 'done', outcome: 'success', build: 1, handle: { build: 1, queueId: 123 } });
  });

  it('finds it among hundreds of newer builds', async () => {
    const { client, clock, sandbox, handle } = await started({});
    for (let i = 0; i < 230; i++) sandbox.byHand.schedule('shop/deploy', { parameters: {}, files: {} });
    clock.advance(PURGE_MS);

    expect(await checkJenkins(client, handle)).toMatchObject({ phase: 'done', build: 1 });
    expect(sandbox.requests.filter(({ query }) => query.get('tree')?.startsWith('allBuilds'))).toHaveLength(2);
  });

  it('of an item that was cancelled long ago is lost, after one look at the builds', async () => {
    const { client, clock, sandbox, handle } = await started({ queueMs: FOREVER });
    sandbox.byHand.cancel(handle.queueId);
    clock.advance(PURGE_MS);

    const state = await checkJenkins(client, handle);

    expect(state).toMatchObject({ phase: 'done', outcome: 'lost', reason: expect.stringContaining('no longer knows queue item 123') });
    expect(sandbox.requests).toHaveLength(3);
  });

  it('never takes another build for its own', async () => {
    const { client, clock, sandbox, handle } = await started({});
    sandbox.byHand.schedule('shop/deploy', { parameters: {}, files: {} });
    sandbox.byHand.deleteBuild('shop/deploy', 1);
    clock.advance(PURGE_MS);

    expect(await checkJenkins(client, handle)).toMatchObject({ outcome: 'lost' });
  });

  it('tells of a build that was deleted', async () => {
    const { client, sandbox, handle } = await started({ durationMs: FOREVER });
    const running = await checkJenkins(client, handle);
    sandbox.byHand.deleteBuild('shop/deploy', 1);

    expect(await checkJenkins(client, running.handle)).toMatchObject({
      outcome: 'lost',
      reason: expect.stringContaining('build 1 is gone'),
    });
  });

  it('is refused by another server, so that no token goes astray', async () => {
    const { client, sandbox, handle } = await started({});
    const before = sandbox.requests.length;

    expect(await failure(checkJenkins(client, { ...handle, server: 'https://ci.example.com' }))).toMatchObject({ code: 'bad_input' });
    expect(sandbox.requests).toHaveLength(before);
  });

  it.each([[{}], ['x'], [{ v: 2 }], [null], [{ v: 1, service: 'github', server: 'https://x.example', job: 'a', queueId: 1 }]])(
    '%j is none',
    (value) => {
      expect(() => parseJenkinsHandle(value)).toThrow(/no handle of a Jenkins build/);
    },
  );

  it('is over while a pipeline that has its result still runs only when that has ended', async () => {
    const { client, sandbox, handle } = await started({ durationMs: FOREVER });
    sandbox.faults.add({ path: /\/1\/api\/json$/, answer: { status: 200, body: '{"building":true,"result":"FAILURE"}' } });

    expect(await checkJenkins(client, handle)).toMatchObject({ phase: 'running', build: 1 });
  });

  it('tells a page of a proxy from an answer', async () => {
    const { client, sandbox, handle } = await started({});
    sandbox.faults.add({ method: 'GET', answer: { status: 200, body: '<html>Please log in</html>' } });

    expect(await failure(checkJenkins(client, handle))).toMatchObject({
      code: 'jenkins_bad_answer',
      hint: expect.stringContaining('login page'),
    });
  });
});

describe('stopping what was triggered', () => {
  it('takes an item out of the queue, and does no harm twice', async () => {
    const { client, handle } = await started({ queueMs: FOREVER });

    await cancelJenkins(client, handle);
    await cancelJenkins(client, handle);

    expect(await checkJenkins(client, handle)).toMatchObject({ outcome: 'cancelled_in_queue' });
  });

  it('aborts a build that runs', async () => {
    const { client, handle } = await started({ durationMs: FOREVER });
    const running = await checkJenkins(client, handle);

    await cancelJenkins(client, running.handle);

    expect(await checkJenkins(client, running.handle)).toMatchObject({ outcome: 'aborted', result: 'ABORTED' });
  });
});
