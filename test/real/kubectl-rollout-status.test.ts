import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kubectlRolloutStatus } from '../../lib/rollout/kubectl/kubectl-rollout-status.ts';
import { assetsFolder, findPrograms } from '../support/control-plane/assets.ts';
import { type Kubectl, kubectlWith } from '../support/kubectl.ts';
import { type OneObjectApi, startOneObjectApi } from '../support/one-object-api.ts';
import { hasControlPlane } from '../support/real-parts.ts';
import { STATUS_VECTORS } from '../support/vectors/rollout-status.ts';
import { aDaemonSet, aDeployment, aStatefulSet, type Counts, type Json, withPartition } from '../support/vectors/status-objects.ts';

const three: Counts = { spec: 3, rep: 3, upd: 3, rdy: 3, avl: 3, cur: 3 };
const status = { currentRevision: 'web-1', updateRevision: 'web-2' };
const late = 'Progressing=False ProgressDeadlineExceeded';
const NEIGHBOURS: readonly Json[] = [
  ...[
    three,
    { ...three, upd: 2 },
    { ...three, rep: 5 },
    { ...three, avl: 1 },
    { ...three, g: 2 },
    { ...three, g: 1, o: 3 },
    {},
    { rep: 1 },
  ].map((counts) => aDeployment(counts)),
  ...[[late], ['Progressing=True', late], ['Available=False x', 'ReplicaFailure=True y']].map((conditions) =>
    aDeployment({ ...three, conditions }),
  ),
  aDeployment(three, { spec: { replicas: null } }),
  aDeployment(three, { spec: { replicas: '3' } }),
  aDeployment(three, { status: { observedGeneration: '1' } }),
  aDeployment(three, { status: { conditions: [null] } }),
  ...[{ desired: 3 }, { desired: 3, upd: 3 }, { desired: 3, upd: 3, avl: 3 }, {}].map((counts) => aDaemonSet(counts)),
  aDaemonSet({ desired: 3 }, { metadata: { generation: 2 } }),
  aDaemonSet({}, { spec: { updateStrategy: null } }),
  ...[three, { ...three, o: 0 }, { ...three, g: 2 }, { ...three, rdy: 1 }, { ...three, rep: 4 }].map((counts) => aStatefulSet(counts)),
  ...[0, 2, 9, null].map((partition) => aStatefulSet({ ...three, upd: 1 }, withPartition(partition))),
  aStatefulSet(three, { status }),
  aStatefulSet(three, { ...withPartition(0), status }),
  aStatefulSet(three, { spec: { updateStrategy: { type: 'RollingUpdate', rollingUpdate: null } }, status }),
];

/** Some kubectl says a word of its own before the error. */
const ERROR = /^error: /;

describe.runIf(hasControlPlane())('kubectl rollout status --watch=false', () => {
  let api: OneObjectApi;
  let home: string;
  let kubectl: Kubectl;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'nightshift-kubectl-'));
    api = await startOneObjectApi();
    kubectl = kubectlWith(findPrograms(assetsFolder(), ['kubectl']).kubectl, join(home, 'none'), home);
  });

  afterAll(async () => {
    await api.close();
    await rm(home, { recursive: true, force: true });
  });

  const published = STATUS_VECTORS.filter(({ kubectl: told }) => told !== '-').map(({ id, object }) => [`vector ${id}`, object] as const);
  const neighbours = NEIGHBOURS.map((object, index) => [`neighbour ${index}`, object] as const);

  it.each([...published, ...neighbours])('says of %s what we say', async (_, object) => {
    api.serve(object);

    const { code, stdout, stderr } = await kubectl([
      '--server',
      api.url,
      '-n',
      'shop',
      'rollout',
      'status',
      `${String(object.kind)}/web`,
      '--watch=false',
    ]);

    const ours = kubectlRolloutStatus(object);
    expect(code).toBe(ours.status === 'error' ? 1 : 0);
    if (ours.status !== 'error') expect(stdout.trimEnd()).toBe(ours.message);
    else if (ours.reason === 'InvalidField') expect(stderr).toMatch(/cannot|unrecognized|failed to convert/);
    else expect(stderr.trimEnd().replace(ERROR, '')).toBe(ours.message);
  });
});
