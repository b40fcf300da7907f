import { describe, expect, it } from 'vitest';
import { ForbiddenError } from '../../../../lib/kubernetes/errors.ts';
import { type Identity, type IdentityOptions, proveIdentity, UnseenPodsError } from '../../../../lib/rollout/live/identity.ts';
import type { RolloutTarget } from '../../../../lib/rollout/live/target.ts';
import { deployment, pod } from '../verdict/objects.ts';
import { type Found, fakeCluster, fakeTime } from './fake-cluster.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const target: RolloutTarget = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'example.org/web:2' }] } };
const web = deployment({
  counts: { spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 },
  spec: { selector: { matchLabels: { app: 'web' } }, template },
});
const set = { metadata: { name: 'web-new', labels: { 'pod-template-hash': 'new' } }, spec: { template } };
const service = { metadata: { name: 'front' }, spec: { selector: { app: 'web' } } };
const stranger = { metadata: { name: 'api' }, spec: { selector: { app: 'api' } } };

const newPod = (imageID = `example.org/web@${DIGEST}`) =>
  pod({ name: 'web-new-1', labels: { app: 'web', 'pod-template-hash': 'new' }, main: { ready: true, imageID, state: { running: {} } } });
const slice = (...endpoints: readonly object[]) => ({
  metadata: { name: 'front-x', labels: { 'kubernetes.io/service-name': 'front' } },
  endpoints,
});
const endpoint = (name: string, conditions: object = { ready: true, serving: true, terminating: false }) => ({
  addresses: ['10.0.0.1'],
  conditions,
  targetRef: { kind: 'Pod', name },
});
const own = endpoint('web-new-1');
const draining = endpoint('web-old-1', { ready: false, serving: true, terminating: true });

function world(endpointslices: readonly object[], more: Found = {}): Found {
  return { deployments: web, replicasets: [set], pods: [newPod()], services: [service, stranger], endpointslices, ...more };
}

async function prove(
  worlds: readonly Found[],
  options: Partial<IdentityOptions> = {},
): Promise<{ identity: Identity; slept: number; asked: readonly string[] }> {
  const { client, asked } = fakeCluster(...worlds);
  const { clock, deadline, slept } = fakeTime(3_600_000);
  const identity = await proveIdentity(target, { client, clock, deadline, expected: [{ digests: [DIGEST] }], ...options });
  return { identity, slept: slept.length, asked };
}

describe('the proof of what answers', () => {
  it('is given by the digests of the new pods, and by who is behind the Services that select them', async () => {
    const { identity, slept, asked } = await prove([world([slice(own)])]);

    expect(identity).toEqual({
      proven: true,
      reasons: [],
      warnings: [],
      images: [{ pod: 'web-new-1', container: 'web', digest: DIGEST, expected: true }],
      services: ['front'],
      endpoints: 1,
    });
    expect(slept).toBe(0);
    expect(asked.at(-1)).toBe('list endpointslices kubernetes.io/service-name in (front)');
  });

  it('waits for old pods to drain', async () => {
    const { identity, slept } = await prove([world([slice(own, draining)]), world([slice(own, draining)]), world([slice(own)])]);

    expect([identity.proven, slept]).toEqual([true, 2]);
  });

  it('is not given while an old pod answers for longer than pods may drain, which it names', async () => {
    const { identity, slept } = await prove([world([slice(own, endpoint('web-old-1'))])], { drainMs: 10_000 });

    expect(identity).toMatchObject({ proven: false, reasons: [{ resource: 'Pod/web-old-1', reason: 'OldPodAnswers' }], endpoints: 1 });
    expect(slept).toBe(9);
  });

  it('is refused at once where the pods run something else', async () => {
    const { identity, slept } = await prove([world([slice(own)], { pods: [newPod(`example.org/web@${OTHER}`)] })]);

    expect(identity).toMatchObject({ proven: false, reasons: [{ resource: 'Pod/web-new-1', container: 'web', reason: 'OtherImage' }] });
    expect(identity.reasons[0]?.message).toBe(`container web runs ${OTHER}, and not ${DIGEST}`);
    expect(slept).toBe(0);
  });

  it('waits for a node that does not say yet what it runs', async () => {
    const { identity, slept } = await prove([world([slice(own)], { pods: [newPod('')] }), world([slice(own)])]);

    expect([identity.proven, slept]).toEqual([true, 1]);
  });

  it('does without Services where there are none', async () => {
    const { identity } = await prove([world([], { services: [stranger] })]);

    expect(identity).toMatchObject({ proven: true, services: [], endpoints: 0 });
  });

  it('is not given by a Service that leads nowhere, nor by no pods at all', async () => {
    const silent = await prove([world([slice()])], { drainMs: 0 });
    const empty = await prove([world([slice()], { pods: [] })], { drainMs: 0 });

    expect(silent.identity.reasons).toMatchObject([{ resource: 'Service/front', reason: 'NoEndpoint' }]);
    expect(empty.identity.reasons).toMatchObject([{ reason: 'NoPods' }]);
  });

  it('waits for the controller where somebody changes the workload after its rollout, as an autoscaler does', async () => {
    const resized = { ...web, metadata: { ...web.metadata, generation: 2 } };
    const { identity, slept } = await prove([world([slice(own)], { deployments: resized }), world([slice(own)])]);

    expect([identity.proven, slept]).toEqual([true, 1]);
  });

  it('is not given where the controller never sees a change', async () => {
    const resized = { ...web, metadata: { ...web.metadata, generation: 2 } };
    const { identity } = await prove([world([slice(own)], { deployments: resized })], { drainMs: 5_000 });

    expect(identity).toMatchObject({ proven: false, reasons: [{ resource: 'Deployment/web', reason: 'NotObserved' }] });
  });

  it('is not tried where pods may not be listed', async () => {
    const permission = { apiGroup: '', resource: 'pods', verb: 'list' } as const;
    const forbidden = new ForbiddenError('cannot list pods (403)', { cluster: 'demo', status: 403, permission });

    await expect(prove([world([], { pods: forbidden })])).rejects.toThrow(UnseenPodsError);
  });
});
