import { describe, expect, it } from 'vitest';
import { DEFAULT_VERDICT_POLICY } from '../../../../lib/rollout/verdict/policy.ts';
import type { Observed } from '../../../../lib/rollout/verdict/scene.ts';
import { verdict } from '../../../../lib/rollout/verdict/verdict.ts';
import {
  ago,
  conditions,
  deployment,
  event,
  NOW,
  type PodWish,
  pod,
  replicaSet,
  statefulSet,
  type TestObject,
  waitsFor,
} from './objects.ts';

const judge = (observed: Observed) => verdict(observed, NOW);
const outcomeOf = (observed: Observed) => judge(observed).outcome;
const pulling = (reason: string, message: string, age: number) => pod({ phase: 'Pending', age, main: waitsFor(reason, message) });

describe('the grace of a trouble that may heal', () => {
  it.each([
    ['ErrImagePull', 29, 'waiting'],
    ['ErrImagePull', 30, 'failed'],
    ['ImagePullBackOff', 29, 'waiting'],
    ['ImagePullBackOff', 31, 'failed'],
    ['InvalidImageName', 0, 'failed'],
    ['ErrImageNeverPull', 0, 'failed'],
    ['CreateContainerConfigError', 29, 'waiting'],
    ['CreateContainerConfigError', 30, 'failed'],
    ['RunContainerError', 29, 'waiting'],
    ['PostStartHookError', 30, 'failed'],
    ['ErrSomethingNew', 30, 'failed'],
    ['CrashLoopBackOff', 0, 'failed'],
    ['ContainerCreating', 3_600, 'waiting'],
    ['PodInitializing', 3_600, 'waiting'],
  ])('of %s after %i s: %s', (reason, age, outcome) => {
    expect(outcomeOf({ object: pod({ phase: 'Pending', age, main: waitsFor(reason) }) })).toBe(outcome);
  });

  it('counts from the moment when the pod got its node, not from its birth', () => {
    const scheduled = { conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: ago(10) }] };

    expect(outcomeOf({ object: pod({ phase: 'Pending', age: 600, main: waitsFor('ErrImagePull'), status: scheduled }) })).toBe('waiting');
  });

  it('counts from the end of the init containers, for what comes after them', () => {
    const initialized = { conditions: [{ type: 'Initialized', status: 'True', lastTransitionTime: ago(10) }] };
    const main = { phase: 'Pending', age: 600, status: initialized } as const;

    expect(outcomeOf({ object: pod({ ...main, main: waitsFor('ErrImagePull') }) })).toBe('waiting');
    expect(outcomeOf({ object: pod({ ...main, init: waitsFor('ErrImagePull'), main: waitsFor('PodInitializing') }) })).toBe('failed');
  });

  it('counts anew when a container that ran is to run again', () => {
    const again = { ...waitsFor('CreateContainerConfigError'), lastState: { terminated: { exitCode: 0, finishedAt: ago(5) } } };

    expect(outcomeOf({ object: pod({ phase: 'Running', ready: false, age: 86_400, main: again }) })).toBe('waiting');
  });

  it('is over for a pod that carries no time at all', () => {
    const timeless = { ...pulling('ErrImagePull', '', 0), metadata: { name: 'web-1' } };

    expect(outcomeOf({ object: timeless })).toBe('failed');
  });

  it('is what the policy says', () => {
    const patient = { ...DEFAULT_VERDICT_POLICY, imagePullMs: 60_000, crashLoopMs: 60_000 };
    const crashing = pod({ age: 59, ready: false, main: waitsFor('CrashLoopBackOff') });

    expect(verdict({ object: pulling('ErrImagePull', '', 59) }, NOW, patient).outcome).toBe('waiting');
    expect(verdict({ object: crashing }, NOW, patient).outcome).toBe('waiting');
    expect(verdict({ object: crashing }, NOW + 1_000, patient).outcome).toBe('failed');
  });

  it('is none for a clock that is behind the cluster, where none is granted', () => {
    expect(outcomeOf({ object: pod({ age: -5, ready: false, main: waitsFor('CrashLoopBackOff') }) })).toBe('failed');
  });
});

describe('a pod without a node', () => {
  const unscheduled = (seconds: number, more: PodWish = {}): TestObject =>
    pod({
      phase: 'Pending',
      age: seconds,
      spec: { nodeName: undefined },
      status: {
        containerStatuses: [],
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: '0/3 nodes are available: 3 Insufficient cpu. preemption: 0/3 nodes',
            lastTransitionTime: ago(seconds),
          },
        ],
        ...more.status,
      },
    });

  it.each([
    [119, 'waiting'],
    [120, 'failed'],
  ])('waits two minutes: after %i s it is %s', (seconds, outcome) => {
    const { outcome: said, reasons } = judge({ object: unscheduled(seconds) });

    expect(said).toBe(outcome);
    expect(reasons[0]).toMatchObject({ reason: 'Unschedulable', message: '0/3 nodes are available: 3 Insufficient cpu.' });
  });

  it.each(['TriggeredScaleUp', 'Nominated'])('waits ten minutes more once an autoscaler has reacted (%s)', (reason) => {
    const object = unscheduled(700);
    const reacted = (seconds: number): Observed => ({ object, events: [event(object, reason, 'pod triggered scale-up', seconds)] });

    expect(outcomeOf(reacted(599))).toBe('waiting');
    expect(outcomeOf(reacted(600))).toBe('failed');
    expect(judge(reacted(599)).reasons[0]?.message).toContain('an autoscaler adds a node');
  });

  it('says why the autoscaler does not', () => {
    const object = unscheduled(5);
    const events = [event(object, 'NotTriggerScaleUp', "pod didn't trigger scale-up: 1 max node group size reached")];

    expect(judge({ object, events }).reasons[0]?.message).toMatch(/; the autoscaler: pod didn't trigger scale-up: 1 max node group size/);
  });

  it('waits longer where room has been made by preemption', () => {
    expect(outcomeOf({ object: unscheduled(300, { status: { nominatedNodeName: 'node-2' } }) })).toBe('waiting');
  });

  it('takes no notice of an autoscaler that reacts to another pod', () => {
    const events = [event(pod({ name: 'other' }), 'TriggeredScaleUp', 'pod triggered scale-up', 5)];

    expect(outcomeOf({ object: unscheduled(300), events })).toBe('failed');
  });
});

describe('a volume of something that does not exist', () => {
  const creating = pod({ phase: 'Pending', age: 40, main: waitsFor('ContainerCreating') });
  const missing = 'MountVolume.SetUp failed for volume "config" : configmap "web-config" not found';

  it('fails after the grace, with what is missing', () => {
    const { outcome, reasons } = judge({ object: creating, events: [event(creating, 'FailedMount', missing)] });

    expect(outcome).toBe('failed');
    expect(reasons[0]).toMatchObject({ reason: 'FailedMount', message: missing });
  });

  it.each([
    ['its grace is not over', pod({ phase: 'Pending', age: 20, main: waitsFor('ContainerCreating') }), missing, 5],
    ['the trouble is another', creating, 'Unable to attach or mount volumes: timed out waiting for the condition', 5],
    ['the Event is old', creating, missing, 400],
  ])('waits where %s', (_, object, message, seconds) => {
    expect(outcomeOf({ object, events: [event(object, 'FailedMount', message, seconds)] })).toBe('waiting');
  });

  it('is forgotten once the pod has come further', () => {
    const events = [event(creating, 'FailedMount', missing, 20), event(creating, 'Pulling', 'Pulling image', 10)];
    const begun = { ...creating, status: { ...creating.status, ...conditions('PodReadyToStartContainers=True') } };

    expect(outcomeOf({ object: creating, events })).toBe('waiting');
    expect(outcomeOf({ object: begun, events: events.slice(0, 1) })).toBe('waiting');
  });
});

describe('a pod that runs', () => {
  it('is degraded by having been out of memory, with the limit', () => {
    const main = {
      ready: true,
      restartCount: 1,
      state: { running: {} },
      lastState: { terminated: { reason: 'OOMKilled', exitCode: 137 } },
    };

    expect(judge({ object: pod({ main }) })).toMatchObject({
      outcome: 'degraded',
      reasons: [{ container: 'web', reason: 'OOMKilled', message: 'out of memory (memory limit 128Mi), 1 restart; it runs again' }],
    });
  });

  it('is done after another restart, which is told', () => {
    const main = { ready: true, restartCount: 3, state: { running: {} }, lastState: { terminated: { reason: 'Error', exitCode: 1 } } };

    expect(judge({ object: pod({ main }) })).toMatchObject({
      outcome: 'done',
      warnings: ['Pod/web-1, container web: exited with code 1, 3 restarts; it runs again'],
    });
  });

  it('waits for its readiness probe, and says what it answers', () => {
    const object = pod({ ready: false });
    const events = [event(object, 'Unhealthy', 'Readiness probe failed: HTTP probe failed with statuscode: 503')];

    expect(judge({ object, events })).toMatchObject({
      outcome: 'waiting',
      reasons: [
        { container: 'web', reason: 'NotReady', message: 'not ready: Readiness probe failed: HTTP probe failed with statuscode: 503' },
      ],
    });
  });

  it('waits for its readiness gates', () => {
    const object = pod({
      ready: false,
      main: { ready: true, state: { running: {} } },
      spec: { readinessGates: [{ conditionType: 'lb/ready' }] },
    });

    expect(judge({ object }).reasons[0]).toMatchObject({ reason: 'ReadinessGate', message: 'readiness gate lb/ready is not True' });
  });

  it('may crash where a Job counts how often', () => {
    const metadata = { ownerReferences: [{ kind: 'Job', name: 'import', controller: true }] };
    const crashing = { ready: false, main: waitsFor('CrashLoopBackOff'), metadata } as const;

    expect(outcomeOf({ object: pod({ ...crashing, spec: { restartPolicy: 'OnFailure' } }) })).toBe('waiting');
    expect(outcomeOf({ object: pod({ ...crashing, metadata: {}, spec: { restartPolicy: 'OnFailure' } }) })).toBe('failed');
  });
});

describe('the pods of a workload', () => {
  const rolling = deployment({ counts: { spec: 3, rep: 4, upd: 1, rdy: 3, avl: 3 } });
  const newPods = ['a', 'b', 'c'].map((name, index) =>
    pod({
      name: `web-new-${name}`,
      phase: 'Pending',
      age: 60,
      labels: { 'pod-template-hash': 'new' },
      main: index < 2 ? waitsFor('ImagePullBackOff', 'Back-off pulling image: not found') : waitsFor('ContainerCreating'),
    }),
  );

  it('share the cause that one of them is told in an Event', () => {
    const image = 'example.org/shop/web:9';
    const pulling = ['web-new-a', 'web-new-b'].map((name) =>
      pod({
        name,
        phase: 'Pending',
        labels: { 'pod-template-hash': 'new' },
        main: waitsFor('ImagePullBackOff', `Back-off pulling ${image}`),
      }),
    );
    const [first = rolling] = pulling;
    const events = [event(first, 'Failed', `Failed to pull image "${image}": rpc error: code = NotFound desc = ${image}: not found`)];

    expect(judge({ object: rolling, pods: pulling, events }).reasons[0]?.message).toBe(
      `2/2 pods ImagePullBackOff: tag not found (${image}), container web`,
    );
  });

  it('are told together, the most frequent cause first', () => {
    expect(judge({ object: rolling, pods: newPods })).toMatchObject({
      outcome: 'failed',
      reasons: [
        {
          resource: 'Pod/web-new-a',
          container: 'web',
          reason: 'ImagePullBackOff',
          message: '2/3 pods ImagePullBackOff: tag not found (example.org/shop/web:9), container web',
        },
        { reason: 'LessUpdated' },
      ],
    });
  });

  it('are told together although they were started at different times', () => {
    const crashing = (name: string, restartCount: number) =>
      pod({ name, ready: false, main: { ...waitsFor('CrashLoopBackOff'), restartCount, lastState: { terminated: { exitCode: 2 } } } });

    const { reasons } = judge({ object: rolling, pods: [crashing('web-1', 4), crashing('web-2', 5)] });

    expect(reasons.map(({ message }) => message)).toEqual([
      '2/2 pods CrashLoopBackOff: exited with code 2, 4 restarts, container web',
      '1 of 3 pods updated',
    ]);
  });

  it('of an old ReplicaSet fail nothing', () => {
    const template = (image: string) => ({ metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image }] } });
    const object = { ...rolling, spec: { ...rolling.spec, template: template('web:2') } };
    const set = (hash: string, image: string) =>
      replicaSet({
        metadata: {
          name: `web-${hash}`,
          uid: hash,
          labels: { 'pod-template-hash': hash },
          ownerReferences: [{ uid: 'web-uid', name: 'web' }],
        },
        spec: { template: { ...template(image), metadata: { labels: { app: 'web', 'pod-template-hash': hash } } } },
      });
    const failing = (hash: string) =>
      pod({ name: `web-${hash}-1`, ready: false, labels: { 'pod-template-hash': hash }, main: waitsFor('CrashLoopBackOff') });
    const replicaSets = [set('old', 'web:1'), set('new', 'web:2')];

    expect(outcomeOf({ object, replicaSets, pods: [failing('old')] })).toBe('waiting');
    expect(outcomeOf({ object, replicaSets, pods: [failing('new')] })).toBe('failed');
    // The ReplicaSet of the new template is not there yet, so no pod is of it.
    expect(outcomeOf({ object, replicaSets: replicaSets.slice(0, 1), pods: [failing('old')] })).toBe('waiting');
  });

  it('are, where nothing says which are new, those of the youngest hash', () => {
    const old = pod({
      name: 'web-old',
      age: 6_000,
      ready: false,
      labels: { 'pod-template-hash': 'old' },
      main: waitsFor('CrashLoopBackOff'),
    });
    const young = pod({ name: 'web-new', age: 6, labels: { 'pod-template-hash': 'new' } });

    expect(outcomeOf({ object: rolling, pods: [old, young] })).toBe('waiting');
    expect(outcomeOf({ object: rolling, pods: [old] })).toBe('failed');
  });

  it('of the old revision of a StatefulSet fail nothing, but hold it up, and that is told', () => {
    const object = statefulSet({
      counts: { spec: 2, rep: 2, upd: 1, rdy: 1, avl: 1 },
      spec: { updateStrategy: { rollingUpdate: { partition: 0 } } },
      status: { updateRevision: 'web-2' },
    });
    const stuck = pod({ name: 'web-0', ready: false, labels: { 'controller-revision-hash': 'web-1' }, main: waitsFor('CrashLoopBackOff') });

    const { outcome, warnings } = judge({ object, pods: [stuck] });

    expect(outcome).toBe('waiting');
    expect(warnings).toEqual([
      expect.stringMatching(/^Pod\/web-0, of the old revision, may hold up the rollout: 1\/1 pod CrashLoopBackOff/),
    ]);
  });

  it('that are on their way out or have ended count for nothing', () => {
    const leaving = pod({ name: 'web-1', ready: false, main: waitsFor('CrashLoopBackOff'), metadata: { deletionTimestamp: ago(1) } });
    const evicted = pod({ name: 'web-2', phase: 'Failed', ready: false, main: waitsFor('CrashLoopBackOff') });

    expect(outcomeOf({ object: rolling, pods: [leaving, evicted] })).toBe('waiting');
  });

  it('make a complete rollout fail when one crashes, and degraded when one was out of memory', () => {
    const complete = deployment({ counts: { spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 } });
    const sidecar = pod({ status: { containerStatuses: [{ name: 'proxy', ...waitsFor('CrashLoopBackOff') }] } });
    const hungry = pod({
      main: { ready: true, restartCount: 1, state: { running: {} }, lastState: { terminated: { reason: 'OOMKilled' } } },
    });

    expect(outcomeOf({ object: complete, pods: [sidecar] })).toBe('failed');
    expect(outcomeOf({ object: complete, pods: [hungry] })).toBe('degraded');
    expect(outcomeOf({ object: complete, pods: [pod()] })).toBe('done');
  });

  it('name the cause of a deadline that is over', () => {
    const late = deployment({ counts: { spec: 1, rep: 1, upd: 1 }, status: conditions('Progressing=False ProgressDeadlineExceeded') });

    const { reasons } = judge({ object: late, pods: [pod({ ready: false, main: waitsFor('CrashLoopBackOff') })] });

    expect(reasons.map(({ reason }) => reason)).toEqual(['CrashLoopBackOff', 'ProgressDeadlineExceeded']);
  });
});

describe('pods that cannot be made', () => {
  const refusal = 'create Pod db-0 in StatefulSet db failed error: pods "db-0" is forbidden: exceeded quota: small, requested: pods=1';
  const set = statefulSet({ counts: { spec: 1, rep: 0 } });

  it('fail a StatefulSet at once, by its Events', () => {
    expect(judge({ object: set, events: [event(set, 'FailedCreate', refusal)] })).toMatchObject({
      outcome: 'failed',
      reasons: [{ reason: 'FailedCreate', message: refusal }],
    });
  });

  it.each([
    ['one was made since', [event(set, 'FailedCreate', refusal, 20), event(set, 'SuccessfulCreate', 'made', 10)]],
    ['it was long ago', [event(set, 'FailedCreate', refusal, 3_600)]],
    ['a webhook did not answer', [event(set, 'FailedCreate', 'failed calling webhook: context deadline exceeded')]],
  ])('do not where %s', (_, events) => {
    expect(outcomeOf({ object: set, events })).toBe('waiting');
  });

  it('fail a Deployment with the words of its ReplicaSet, and not with those of an old one', () => {
    const template = { spec: { containers: [{ name: 'web', image: 'web:2' }] } };
    const refused = {
      conditions: [
        { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message: 'pods "web-" is forbidden: exceeded quota: small' },
      ],
    };
    const object = deployment({ counts: { spec: 1 }, spec: { template }, status: refused });
    const own = replicaSet({ metadata: { name: 'web-new' }, spec: { template }, status: refused });
    const good = replicaSet({ metadata: { name: 'web-new' }, spec: { template } });

    expect(judge({ object, replicaSets: [own] })).toMatchObject({
      outcome: 'failed',
      reasons: [{ resource: 'ReplicaSet/web-new', message: expect.stringContaining('exceeded quota') }],
    });
    expect(judge({ object, replicaSets: [good] })).toMatchObject({
      outcome: 'waiting',
      warnings: [expect.stringContaining('exceeded quota')],
    });
  });
});
