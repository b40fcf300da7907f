import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { podRequests } from '../../../lib/sleep/pod-requests.ts';

const MI = 1_048_576;

/** `250m/256Mi`; either side may be empty. */
type Ask = `${string}/${string}`;

function listOf(ask: Ask): Record<string, string> {
  const [cpu = '', memory = ''] = ask.split('/');
  return { ...(cpu && { cpu }), ...(memory && { memory }) };
}

const container = (requests: Ask, more: Partial<V1Container> = {}): V1Container => ({
  name: 'c',
  resources: { requests: listOf(requests) },
  ...more,
});
const sidecar = (requests: Ask): V1Container => container(requests, { restartPolicy: 'Always' });

interface Case {
  readonly name: string;
  readonly spec: V1PodSpec;
  readonly expected: readonly [milliCpu: number, mebibytes: number] | undefined;
}

const cases: readonly Case[] = [
  {
    name: 'is the sum of its containers',
    spec: { containers: [container('250m/256Mi'), container('1/1Gi')] },
    expected: [1_250, 1_280],
  },
  {
    name: 'is its hungriest init container where that is more, for each resource alone',
    spec: { containers: [container('500m/1Gi')], initContainers: [container('2/128Mi'), container('1/2Gi')] },
    expected: [2_000, 2_048],
  },
  {
    name: 'counts sidecars beside the containers',
    spec: { containers: [container('500m/512Mi')], initContainers: [sidecar('100m/64Mi')] },
    expected: [600, 576],
  },
  {
    name: 'counts an init container beside the sidecars that started before it, and no later ones',
    spec: { containers: [container('100m/64Mi')], initContainers: [sidecar('100m/64Mi'), container('1/1Gi'), sidecar('200m/32Mi')] },
    expected: [1_100, 1_088],
  },
  {
    name: 'takes the limit of a container that has no request, as its Pods do',
    spec: { containers: [{ name: 'c', resources: { requests: listOf('100m/'), limits: listOf('2/256Mi') } }] },
    expected: [100, 256],
  },
  {
    name: 'is what the Pod asks for as a whole, where it does',
    spec: { containers: [container('100m/64Mi')], resources: { requests: listOf('2/') } },
    expected: [2_000, 64],
  },
  {
    name: 'has the overhead of its runtime on top',
    spec: { containers: [container('100m/64Mi')], overhead: listOf('250m/120Mi') },
    expected: [350, 184],
  },
  { name: 'may be of one resource only', spec: { containers: [container('/64Mi')] }, expected: [0, 64] },
  {
    name: 'counts as none what cannot be read',
    spec: { containers: [container('lots/64Mi'), container('100m/64MiB')] },
    expected: [100, 64],
  },
  {
    name: 'does not take the limit for a request that cannot be read',
    spec: { containers: [{ name: 'c', resources: { requests: listOf('lots/64Mi'), limits: listOf('2/') } }] },
    expected: [0, 64],
  },
  { name: 'is none when nothing is asked for', spec: { containers: [{ name: 'c' }, container('/')] }, expected: undefined },
  { name: 'is none when all of it is zero', spec: { containers: [container('0/0')] }, expected: undefined },
];

describe('what a Pod asks a node for', () => {
  it.each(cases)('$name', ({ spec, expected }) => {
    expect(podRequests(spec)).toEqual(expected && { milliCpu: expected[0], memoryBytes: expected[1] * MI });
  });

  it.each([
    undefined,
    null,
    'spec',
    {},
    { containers: null },
    { containers: 'all' },
    {
      containers: [null, 1, { resources: 'few' }, { resources: { requests: 3, limits: null } }, { resources: { requests: { cpu: null } } }],
    },
    { containers: [], initContainers: { a: 1 }, overhead: 'much', resources: [] },
  ])('is none of a manifest that says %j', (spec) => {
    expect(podRequests(spec as unknown as V1PodSpec)).toBeUndefined();
  });

  it('takes plain numbers, as YAML has them', () => {
    const spec = { containers: [{ name: 'c', resources: { requests: { cpu: 0.5, memory: 1_000 } } }] };

    expect(podRequests(spec as unknown as V1PodSpec)).toEqual({ milliCpu: 500, memoryBytes: 1_000 });
  });

  it('is at least what runs, and what any one init container asks for', () => {
    const milli = fc.nat(4_000);
    const containers = fc.array(fc.record({ milli, always: fc.boolean() }), { maxLength: 5 });
    fc.assert(
      fc.property(containers, containers, (running, starting) => {
        const spec = {
          containers: running.map(({ milli: own }) => container(`${own}m/`)),
          initContainers: starting.map(({ milli: own, always }) => (always ? sidecar(`${own}m/`) : container(`${own}m/`))),
        };

        const { milliCpu } = podRequests(spec) ?? { milliCpu: 0 };

        const sum = (list: typeof running): number => list.reduce((total, { milli: own }) => total + own, 0);
        expect(milliCpu).toBeGreaterThanOrEqual(sum(running) + sum(starting.filter(({ always }) => always)));
        expect(milliCpu).toBeGreaterThanOrEqual(Math.max(0, ...starting.map(({ milli: own }) => own)));
        expect(milliCpu).toBeLessThanOrEqual(sum(running) + sum(starting));
      }),
    );
  });

  it('is two whole numbers or none, whatever a manifest holds', () => {
    const amounts = fc.record({ cpu: fc.anything(), memory: fc.anything() }, { requiredKeys: [] });
    const resources = fc.record({ requests: fc.oneof(amounts, fc.anything()), limits: fc.oneof(amounts, fc.anything()) });
    const containers = fc.oneof(fc.array(fc.oneof(fc.record({ resources }), fc.anything()), { maxLength: 3 }), fc.anything());
    const manifest = fc.record({ containers, initContainers: containers, resources, overhead: fc.oneof(amounts, fc.anything()) });
    fc.assert(
      fc.property(fc.oneof(manifest, fc.anything()), (spec) => {
        const { milliCpu, memoryBytes } = podRequests(spec as V1PodSpec) ?? { milliCpu: 1, memoryBytes: 0 };

        expect(Number.isInteger(milliCpu) && Number.isInteger(memoryBytes) && milliCpu + memoryBytes > 0).toBe(true);
      }),
    );
  });
});
