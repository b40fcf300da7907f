import { describe, expect, it } from 'vitest';
import { ForbiddenError, NotFoundError, ServerError, UnauthorizedError } from '../../../../lib/kubernetes/errors.ts';
import type { RolloutTarget } from '../../../../lib/rollout/live/target.ts';
import { type RolloutResult, type WaitOptions, waitForRollout } from '../../../../lib/rollout/live/wait.ts';
import { type Counts, deployment, event, pod, statefulSet, type TestObject, waitsFor } from '../verdict/objects.ts';
import { type FakeCluster, type Found, fakeCluster, fakeTime } from './fake-cluster.ts';

const web: RolloutTarget = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } });

function aWeb(counts: Counts, image = 'example.org/shop/web:2', more: object = {}): TestObject {
  return deployment({ counts, spec: { selector: { matchLabels: { app: 'web' } }, template: template(image), ...more } });
}

const DONE: Counts = { spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 };
const ROLLING: Counts = { spec: 1, rep: 2, upd: 1, rdy: 1, avl: 1 };
const newSet = {
  metadata: { name: 'web-new', uid: 'set-uid', labels: { 'pod-template-hash': 'new' }, ownerReferences: [{ uid: 'web-uid', name: 'web' }] },
  spec: { template: { ...template('example.org/shop/web:2'), metadata: { labels: { app: 'web', 'pod-template-hash': 'new' } } } },
};
const newPod = (wish: Parameters<typeof pod>[0] = {}) => pod({ labels: { app: 'web', 'pod-template-hash': 'new' }, ...wish });
const around = { replicasets: [newSet], pods: [newPod()] };

interface Waited {
  readonly result: RolloutResult;
  readonly cluster: FakeCluster;
  readonly slept: readonly number[];
  readonly told: readonly string[];
}

async function wait(worlds: readonly Found[], options: Partial<WaitOptions> = {}, budgetMs = 3_600_000, target = web): Promise<Waited> {
  const cluster = fakeCluster(...worlds);
  const { clock, deadline, slept } = fakeTime(budgetMs);
  const told: string[] = [];
  const onChange: WaitOptions['onChange'] = ({ outcome, reasons }) => told.push(`${outcome} ${reasons[0]?.reason}`);
  const result = await waitForRollout(target, { client: cluster.client, clock, deadline, onChange, ...options });
  return { result, cluster, slept, told };
}

describe('waiting for a rollout', () => {
  it('looks in three calls, the pods of the new revision alone, and asks for no Events when all is well', async () => {
    const { result, cluster } = await wait([{ deployments: aWeb(DONE), ...around }]);

    expect(result).toMatchObject({ status: 'done', pods: { total: 1, ready: 1 }, elapsedMs: 0, warnings: [] });
    expect(cluster.asked).toEqual(['get deployments web', 'list replicasets app=web', 'list pods app=web,pod-template-hash=new']);
  });

  it('asks for Events of what is not done, of a few pods and not of all', async () => {
    const pods = Array.from({ length: 9 }, (_, index) => newPod({ name: `web-${index}`, ready: false }));
    const { cluster } = await wait([
      { deployments: aWeb(ROLLING), replicasets: [newSet], pods },
      { deployments: aWeb(DONE), ...around },
    ]);

    const events = cluster.asked.filter((call) => call.startsWith('list events'));
    expect(events).toEqual(['web', 'web-0', 'web-1', 'web-2'].map((name) => `list events involvedObject.uid=${name}-uid`));
  });

  it('tells each change once, and looks soon at first and seldom later', async () => {
    const rolling = { deployments: aWeb(ROLLING), ...around };
    const { result, told, slept } = await wait([rolling, rolling, rolling, rolling, rolling, { deployments: aWeb(DONE), ...around }]);

    expect(told).toEqual(['waiting OldReplicas', 'done Available']);
    expect(slept).toEqual([500, 750, 1_125, 1_687.5, 2_000]);
    expect(result).toMatchObject({ status: 'done', elapsedMs: 6_062.5 });
  });

  it('asks for nothing else before the controller has seen the new spec', async () => {
    const { cluster, told } = await wait([{ deployments: aWeb({ ...DONE, g: 2, o: 1 }) }, { deployments: aWeb(DONE), ...around }]);

    expect(cluster.asked.slice(0, 2)).toEqual(['get deployments web', 'get deployments web']);
    expect(told[0]).toBe('waiting LatestGenerationNotObserved');
  });

  it('ends with a failure as soon as its grace is over, whenever the wait began', async () => {
    const pulling = newPod({ phase: 'Pending', age: 25, main: waitsFor('ImagePullBackOff', 'Back-off pulling image') });
    const events = [event(pulling, 'Failed', 'Failed to pull image "example.org/shop/web:9": not found')];
    const { result } = await wait([{ deployments: aWeb(ROLLING), replicasets: [newSet], pods: [pulling], events }]);

    expect(result).toMatchObject({
      status: 'failed',
      reasons: [{ reason: 'ImagePullBackOff', message: expect.stringContaining('tag not found') }, {}],
    });
    expect(result.elapsedMs).toBeGreaterThanOrEqual(5_000);
    expect(result.elapsedMs).toBeLessThan(7_000);
  });

  it('ends at once for one that is blocked or being deleted', async () => {
    const paused = await wait([{ deployments: aWeb(ROLLING, undefined, { paused: true }), ...around }]);
    const leaving = { ...aWeb(DONE), metadata: { ...aWeb(DONE).metadata, deletionTimestamp: '2026-11-20T12:00:00Z' as unknown as Date } };
    const deleted = await wait([{ deployments: leaving }]);

    expect([paused.result.status, paused.slept]).toEqual(['blocked', []]);
    expect([deleted.result.status, deleted.result.reasons[0]?.reason]).toEqual(['failed', 'Terminating']);
  });

  it('ends when the time is over with what it saw last, and not a moment later', async () => {
    const { result, slept } = await wait([{ deployments: aWeb(ROLLING), ...around }], {}, 3_000);

    expect(result).toMatchObject({ status: 'timeout', reasons: [{ reason: 'OldReplicas' }], elapsedMs: 3_000 });
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(3_000);
  });

  it.each([
    [3_000, {}, /may take 600 s between two steps \(progressDeadlineSeconds\), and the wait ends after 3 s/],
    [3_000, { progressDeadlineSeconds: 2 ** 31 - 1 }, undefined],
    [700_000, {}, undefined],
  ])('that was shorter (%i ms) than the rollout may take (%j) is told', async (budgetMs, spec, words) => {
    const { result } = await wait([{ deployments: aWeb(ROLLING, undefined, spec), ...around }], {}, budgetMs);

    expect(result.status).toBe('timeout');
    if (words === undefined) expect(result.warnings).toEqual([]);
    else expect(result.warnings).toEqual([expect.stringMatching(words)]);
  });

  it('tells a missing workload from one that is deleted on the way', async () => {
    await expect(wait([{}])).rejects.toBeInstanceOf(NotFoundError);

    const { result } = await wait([{ deployments: aWeb(ROLLING), ...around }, {}]);
    expect(result).toMatchObject({ status: 'failed', reasons: [{ reason: 'NotFound' }] });
  });

  it('goes on over what a server mends by itself, and over nothing else', async () => {
    const down = new ServerError('cannot get deployments shop/web: it is unavailable (503)', { cluster: 'demo', status: 503 });
    const unknown = new UnauthorizedError('who are you', { cluster: 'demo', status: 401 });

    const { result, told } = await wait([{ deployments: down }, { deployments: down }, { deployments: aWeb(DONE), ...around }]);
    expect([result.status, told]).toEqual(['done', ['waiting NoAnswer', 'done Available']]);
    await expect(wait([{ deployments: unknown }])).rejects.toBe(unknown);
  });

  it('does without what may not be listed, and says so once', async () => {
    const permission = { apiGroup: '', resource: 'pods', verb: 'list' } as const;
    const forbidden = new ForbiddenError('cannot list pods (403)', { cluster: 'demo', status: 403, permission });

    const { result } = await wait([
      { deployments: aWeb(ROLLING), replicasets: [newSet], pods: forbidden },
      { deployments: aWeb(DONE), replicasets: [newSet], pods: forbidden },
    ]);

    expect(result).toMatchObject({ status: 'done', pods: { total: 0, ready: 0 } });
    expect(result.warnings).toEqual(['pods may not be listed, so failures are told later and with less: cannot list pods (403)']);
  });

  it('stops at the wish of its caller, with their reason', async () => {
    const reason = new Error('enough');

    await expect(wait([{ deployments: new ServerError('down', { cluster: 'demo' }) }], { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });

  it('looks at a thousand pods and counts the others', async () => {
    const pods = Array.from({ length: 1_003 }, (_, index) => newPod({ name: `web-${index}` }));

    const { result } = await wait([{ deployments: aWeb(DONE), replicasets: [newSet], pods }]);

    expect(result.pods.total).toBe(1_000);
    expect(result.warnings).toEqual(['3 of 1003 pods were not looked at']);
  });
});

describe('waiting for an image', () => {
  it('counts nothing before the template names it', async () => {
    const { result, told } = await wait(
      [
        { deployments: aWeb(DONE, 'example.org/shop/web:1'), replicasets: [], pods: [] },
        { deployments: aWeb(DONE), ...around },
      ],
      { image: 'example.org/shop/web:2' },
    );

    expect(result.status).toBe('done');
    expect(told).toEqual(['waiting OldTemplate', 'done Available']);
  });

  it('is no failure of the old version that runs meanwhile', async () => {
    const old = { deployments: aWeb(ROLLING, 'example.org/shop/web:1'), replicasets: [], pods: [] };
    const { result } = await wait([old], { image: 'example.org/shop/web:2' }, 2_000);

    expect(result.status).toBe('timeout');
    expect(result.reasons[0]?.message).toBe(
      'the new template is not there yet: it runs example.org/shop/web:1, and not example.org/shop/web:2',
    );
  });
});

describe('what is read of other kinds', () => {
  const selector = { selector: { matchLabels: { app: 'web' } } };

  it('of a DaemonSet are the pods of its newest ControllerRevision', async () => {
    const revision = (hash: string, number: number) => ({
      metadata: { name: hash, labels: { 'controller-revision-hash': hash } },
      revision: number,
    });
    const object = { ...deployment({ spec: selector, status: { desiredNumberScheduled: 0 } }), kind: 'DaemonSet' };

    const { cluster } = await wait([{ daemonsets: object, controllerrevisions: [revision('new', 2), revision('old', 1)] }], {}, 1_000, {
      ...web,
      kind: 'DaemonSet',
    });

    expect(cluster.asked.slice(0, 3)).toEqual([
      'get daemonsets web',
      'list controllerrevisions app=web',
      'list pods app=web,controller-revision-hash=new',
    ]);
  });

  it('of a StatefulSet are all pods', async () => {
    const object = statefulSet({
      counts: { spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 },
      spec: { ...selector, updateStrategy: { rollingUpdate: { partition: 0 } } },
    });

    const { cluster, result } = await wait([{ statefulsets: object }], {}, 1_000, { ...web, kind: 'StatefulSet' });

    expect([result.status, cluster.asked]).toEqual(['done', ['get statefulsets web', 'list pods app=web']]);
  });

  it('of an Argo Rollout are the pods of its present hash', async () => {
    const object = {
      metadata: { name: 'web', generation: 2 },
      spec: selector,
      status: { observedGeneration: '2', phase: 'Healthy', currentPodHash: 'abc' },
    };

    const { cluster, result } = await wait([{ rollouts: object }], {}, 1_000, { ...web, kind: 'Rollout' });

    expect([result.status, cluster.asked]).toEqual(['done', ['get rollouts web', 'list pods app=web,rollouts-pod-template-hash=abc']]);
  });

  it('of a Rollout whose template is elsewhere no image is told', async () => {
    const object = { metadata: { name: 'web' }, spec: selector, status: { phase: 'Healthy' } };

    await expect(wait([{ rollouts: object }], { image: 'web:2' }, 1_000, { ...web, kind: 'Rollout' })).rejects.toThrow(
      'its template is elsewhere',
    );
  });

  it('of a Job is the end of its work', async () => {
    const object = { metadata: { name: 'web' }, spec: selector, status: { conditions: [{ type: 'Complete', status: 'True' }], failed: 1 } };

    const { result } = await wait([{ jobs: object }], {}, 1_000, { ...web, kind: 'Job' });

    expect(result).toMatchObject({ status: 'done', reasons: [{ message: 'complete, after 1 pod failed' }] });
  });
});
