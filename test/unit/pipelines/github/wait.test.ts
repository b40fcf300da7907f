import { describe, expect, it } from 'vitest';
import { cancelGithub } from '../../../../lib/pipelines/github/cancel.ts';
import { checkGithub } from '../../../../lib/pipelines/github/check.ts';
import { dispatchWorkflow } from '../../../../lib/pipelines/github/dispatch-workflow.ts';
import { findRun } from '../../../../lib/pipelines/github/find-run.ts';
import { type GithubHandle, parseGithubHandle } from '../../../../lib/pipelines/github/handle.ts';
import type { GithubState } from '../../../../lib/pipelines/github/run.ts';
import { type GithubWait, waitForGithub } from '../../../../lib/pipelines/github/wait.ts';
import { deadlineIn } from '../../../../lib/platform/deadline.ts';
import { primaryLimit, refusal } from '../../../../sandbox/github/answers.ts';
import type { RunConclusion, SandboxWorkflow } from '../../../../sandbox/github/workflows.ts';
import { failure } from '../../../support/failure.ts';
import { deploy, dispatch, type GithubWorld, type GithubWorldOptions, githubWorld, REPOSITORY, START } from './world.ts';

const MINUTE = 60_000;
const FOREVER = Number.POSITIVE_INFINITY;
const OLD = { version: 'ghes-3.20' } as const;

interface Started extends GithubWorld {
  readonly handle: GithubHandle;
}

async function started(workflow: SandboxWorkflow, options: GithubWorldOptions = {}): Promise<Started> {
  const world = await githubWorld({ workflow: { ...deploy, ...workflow }, ...options });
  const { handle } = await dispatchWorkflow(world.client, { ...dispatch, id: 'unique-id-1' });
  return { ...world, handle: handle! };
}

function within(world: GithubWorld, ms: number, more: Partial<GithubWait> = {}): GithubWait {
  return { deadline: deadlineIn(ms, world.clock), ...more };
}

/** Another run of the workflow, as somebody else starts it. */
function someoneElses({ sandbox }: GithubWorld, inputs: Readonly<Record<string, string>> = {}): number {
  return sandbox.byHand(REPOSITORY).actions.start({ workflow: 'deploy.yml', event: 'workflow_dispatch', branch: 'main', inputs }).id;
}

describe('waiting for a run', () => {
  it.each<[RunConclusion, string, string | undefined]>([
    ['success', 'success', undefined],
    ['neutral', 'success', undefined],
    ['failure', 'failed', undefined],
    ['cancelled', 'aborted', 'by a newer run'],
    ['skipped', 'skipped', 'none of its jobs ran'],
    ['timed_out', 'timed_out', 'time limit'],
    ['action_required', 'failed', 'approve'],
    ['stale', 'failed', 'gave it up'],
    ['startup_failure', 'failed', 'cannot be run'],
  ])('tells %s as %s', async (conclusion, outcome, reason) => {
    const world = await started({
      conclusion,
      phases: [
        { status: 'queued', forMs: 1_000 },
        { status: 'in_progress', forMs: 5_000 },
      ],
    });

    const waited = await waitForGithub(world.client, world.handle, within(world, MINUTE));

    expect(waited).toMatchObject({ over: true, state: { phase: 'done', outcome, conclusion } });
    expect('reason' in waited.state! ? waited.state.reason : undefined).toEqual(reason && expect.stringContaining(reason));
  });

  it('says what a run waits for', async () => {
    const world = await started({
      phases: [
        { status: 'pending', forMs: 5_000 },
        { status: 'waiting', forMs: FOREVER },
      ],
    });
    const seen: GithubState[] = [];

    const waited = await waitForGithub(world.client, world.handle, within(world, MINUTE, { onState: (state) => void seen.push(state) }));

    expect(seen[0]).toMatchObject({ status: 'pending', why: expect.stringContaining('concurrency group') });
    expect(waited).toMatchObject({ over: false, state: { phase: 'running', status: 'waiting', why: expect.stringContaining('approval') } });
  });

  it('tells that a newer run has taken its place', async () => {
    const world = await started({ concurrencyGroup: 'deploy', phases: [{ status: 'pending', forMs: FOREVER }] });
    someoneElses(world);

    expect(await waitForGithub(world.client, world.handle, within(world, MINUTE))).toMatchObject({
      over: true,
      state: { outcome: 'aborted', reason: expect.stringContaining('newer run of its concurrency group') },
    });
  });

  it('outlasts trouble of GitHub and a rate limit that ends before the deadline', async () => {
    const world = await started({ phases: [{ status: 'in_progress', forMs: MINUTE }] });
    world.sandbox.faults.add({ method: 'GET', times: 6, answer: refusal(502, 'Server Error') });
    world.sandbox.faults.add({ method: 'GET', skip: 6, times: 1, answer: primaryLimit(START + 10 * MINUTE) });

    expect(await waitForGithub(world.client, world.handle, within(world, 30 * MINUTE))).toMatchObject({
      over: true,
      state: { outcome: 'success' },
    });
    expect(world.clock.now()).toBeGreaterThanOrEqual(START + 10 * MINUTE);
  });

  it('ends with the deadline when a rate limit outlasts it', async () => {
    const world = await started({ phases: [{ status: 'in_progress', forMs: FOREVER }] });
    world.sandbox.faults.add({ method: 'GET', skip: 1, times: 9, answer: primaryLimit(START + 60 * MINUTE) });

    expect(await waitForGithub(world.client, world.handle, within(world, 5 * MINUTE))).toMatchObject({
      over: false,
      state: { status: 'in_progress' },
    });
    expect(world.clock.now() - START).toBeLessThanOrEqual(5 * MINUTE);
  });

  it('stops at a run that is gone', async () => {
    const { client, clock, handle } = await started({});

    const gone: GithubHandle = { ...handle, target: { by: 'run', run: 1 } };

    expect(await failure(waitForGithub(client, gone, { deadline: deadlineIn(MINUTE, clock) }))).toMatchObject({ code: 'github_not_found' });
  });
});

describe('finding a run by its id', () => {
  it('takes the one whose title shows it, of two that were started at once', async () => {
    const world = await started({ phases: [{ status: 'in_progress', forMs: 3_000 }] }, OLD);
    const other = someoneElses(world, { version: '1.4.2', distinct_id: 'unique-id-2' });

    const waited = await waitForGithub(world.client, world.handle, within(world, MINUTE));

    expect(waited).toMatchObject({ over: true, state: { outcome: 'success' } });
    expect(waited.state?.phase === 'done' && waited.state.run).toBe(other - 1);
  });

  it('takes the one that shows it in the name of a step', async () => {
    const steps = ['Set up', 'id $'.concat('{{ inputs.distinct_id }}')];
    const world = await started({ runName: 'Deploy', steps }, OLD);
    const other = someoneElses(world);

    expect((await findRun(world.client, world.handle))?.id).toBe(other - 1);
  });

  it('waits until the run appears in the list', async () => {
    const world = await started({ appearsAfterMs: 20_000 }, OLD);
    const phases: string[] = [];

    await waitForGithub(world.client, world.handle, within(world, 5 * MINUTE, { onState: ({ phase }) => void phases.push(phase) }));

    expect(phases[0]).toBe('starting');
    expect(phases.at(-1)).toBe('done');
  });

  it('never takes the newest run for ours, and in the end says what the workflow lacks', async () => {
    const world = await started({ runName: 'Deploy' }, OLD);
    someoneElses(world);

    expect(await failure(waitForGithub(world.client, world.handle, within(world, 30 * MINUTE)))).toMatchObject({
      code: 'github_not_found',
      message: expect.stringContaining('none of its runs shows the id'),
      hint: expect.stringContaining('run-name: Deploy $'.concat('{{ inputs.distinct_id }}')),
    });
  });

  it('narrows the search by event and time', async () => {
    const world = await started({}, OLD);

    await findRun(world.client, world.handle);

    const { query } = world.sandbox.requests.at(-1)!;
    expect(Object.fromEntries(query)).toEqual({ event: 'workflow_dispatch', created: '>=2026-03-30T11:59:00Z', per_page: '100' });
  });
});

describe('a handle of a run', () => {
  it.each([{}, OLD])('is enough to ask about it later, from elsewhere: %j', async (options) => {
    const { client, handle } = await started({}, options);

    const stored: unknown = JSON.parse(JSON.stringify(handle));

    expect(await checkGithub(client, parseGithubHandle(stored))).toMatchObject({
      phase: 'done',
      outcome: 'success',
      handle: { target: { by: 'run' } },
    });
  });

  it.each([[{}], [null], [{ v: 1, service: 'github', server: 'https://x.example', repository: 'a/b', target: { by: 'newest' } }]])(
    '%j is none',
    (value) => {
      expect(() => parseGithubHandle(value)).toThrow(/no handle of a GitHub run/);
    },
  );

  it('is refused by another server', async () => {
    const { client, handle } = await started({});

    expect(await failure(checkGithub(client, { ...handle, server: 'https://ghe.example.com/api/v3' }))).toMatchObject({
      code: 'bad_input',
    });
  });
});

describe('stopping a run', () => {
  it('asks GitHub to cancel it; one that is over counts as stopped', async () => {
    const { client, handle } = await started({ phases: [{ status: 'in_progress', forMs: FOREVER }] });

    expect(await cancelGithub(client, handle)).toBe(true);
    expect(await cancelGithub(client, handle)).toBe(true);
    expect(await checkGithub(client, handle)).toMatchObject({ outcome: 'aborted' });
  });

  it('finds it by its id first, or says that there is none', async () => {
    const late = await started({ phases: [{ status: 'queued', forMs: FOREVER }], appearsAfterMs: 5_000 }, OLD);

    expect(await cancelGithub(late.client, late.handle)).toBe(false);
    late.clock.advance(5_000);
    expect(await cancelGithub(late.client, late.handle)).toBe(true);
  });
});
