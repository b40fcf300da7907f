import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { StatusItem } from '../../../lib/rollout/status/status-item.ts';
import { STATUS_VECTORS } from '../../support/vectors/rollout-status.ts';
import { aDeployment, anObject, aPod, aStatefulSet, type Json, NOW } from '../../support/vectors/status-objects.ts';
import { type CliResult, runCli } from './run-cli.ts';
import { folderWith } from './temp-folder.ts';

const AT = new Date(NOW).toISOString();
const healthy = aDeployment({
  spec: 1,
  rep: 1,
  upd: 1,
  rdy: 1,
  avl: 1,
  conditions: ['Progressing=True NewReplicaSetAvailable', 'Available=True'],
});
const waiting = aStatefulSet({ spec: 3, rep: 3, rdy: 2, cur: 3 });
const crashing = aPod('Running', { waiting: ['CrashLoopBackOff'] });
const unreadable = anObject('argoproj.io/v1alpha1 Rollout', {
  metadata: { generation: 2 },
  status: { observedGeneration: '2', phase: 'Healthy' },
});

function told(objects: readonly unknown[], ...flags: readonly string[]): Promise<CliResult> {
  const stdin = objects.map((object) => stringify(JSON.parse(JSON.stringify(object)))).join('---\n');
  return runCli(['status', '-f', '-', '--at', AT, '-o', 'json', ...flags], { stdin });
}

const itemsOf = (result: CliResult): readonly StatusItem[] => (result.json() as { readonly items: readonly StatusItem[] }).items;

describe('the published vectors through status -f', () => {
  it.each(STATUS_VECTORS)('$id: $title, as kstatus', async ({ object, kstatus, around = [] }) => {
    const result = await told([object, ...around], '--mode', 'kstatus');

    const [item] = itemsOf(result);
    const word = item?.status === 'error' || item?.reason === '' ? item.status : `${item?.status} (${item?.reason})`;
    expect(word).toBe(kstatus);
    expect(result.exitCode).toBe(/^(Failed|error)/.test(kstatus) ? 1 : 0);
  });

  it.each(STATUS_VECTORS)('$id: $title, as kubectl', async ({ object, kubectl }) => {
    const result = await told([object], '--mode', 'kubectl');

    expect(itemsOf(result)).toMatchObject([{ status: kubectl === '-' ? 'error' : kubectl }]);
    expect(result.exitCode).toBe(kubectl === 'done' || kubectl === 'wait' ? 0 : 1);
  });

  it.each(STATUS_VECTORS.filter(({ verdict }) => verdict !== undefined))(
    '$id: $title, as a verdict',
    async ({ object, verdict = '', around = [] }) => {
      const result = await told([object, ...around]);

      const [outcome = '', word = ''] = verdict.split(' ');
      const [item] = itemsOf(result);
      expect(item).toMatchObject({ status: outcome, message: expect.stringContaining(word) });
      expect(result.exitCode).toBe(['failed', 'blocked'].includes(outcome) ? 1 : 0);
    },
  );
});

describe('status -f', () => {
  it('has exactly the promised fields, and those of a verdict with a reason', async () => {
    const asKubectl = await told([healthy], '--mode', 'kubectl');
    const asVerdict = await told([healthy]);

    expect(asKubectl.json()).toEqual({
      items: [
        {
          kind: 'Deployment',
          namespace: 'shop',
          name: 'web',
          status: 'done',
          reason: '',
          message: 'deployment "web" successfully rolled out',
        },
      ],
    });
    expect(Object.keys(itemsOf(asVerdict)[0] ?? {})).toEqual([
      'kind',
      'namespace',
      'name',
      'status',
      'reason',
      'message',
      'reasons',
      'warnings',
    ]);
  });

  it('keeps the order of the input, also of lists in lists and of typed lists', async () => {
    const named = (kind: string, name: string): Json => ({ ...anObject(`v1 ${kind}`), metadata: { name } });
    const inner = { apiVersion: 'v1', kind: 'List', items: [named('Secret', 'b'), named('ConfigMap', 'c')] };
    const typed = { apiVersion: 'apps/v1', kind: 'DeploymentList', items: [{ metadata: { name: 'd' } }] };
    const list = { apiVersion: 'v1', kind: 'List', items: [named('Secret', 'a'), inner, typed] };

    const result = await told([list, named('Secret', 'e')], '--mode', 'kstatus');

    expect(itemsOf(result).map(({ kind, name, status }) => `${kind}/${name} ${status}`)).toEqual([
      'Secret/a Current',
      'Secret/b Current',
      'ConfigMap/c Current',
      'Deployment/d InProgress',
      'Secret/e Current',
    ]);
  });

  it('reads JSON, several documents and folders', async () => {
    const folder = await folderWith({
      'a.json': JSON.stringify(healthy),
      'b/c.yaml': `${stringify(crashing)}---\n${stringify(waiting)}`,
      'values.yaml': 'replicas: 3\n',
    });

    const result = await runCli(['status', '-f', folder, '--mode', 'kstatus', '--at', AT, '-o', 'json']);

    expect(itemsOf(result).map(({ status }) => status)).toEqual(['Current', 'Failed', 'InProgress']);
    expect(result).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/^warning: .*values\.yaml.* passed over: it is an object without kind/),
    });
  });

  it.each([
    ['kstatus', [healthy, waiting], 0],
    ['kstatus', [healthy, crashing], 1],
    ['kstatus', [healthy, unreadable], 1],
    ['kubectl', [healthy, waiting], 0],
    ['kubectl', [healthy, crashing], 1],
    ['verdict', [healthy, waiting], 0],
    ['verdict', [healthy, crashing], 1],
    ['verdict', [healthy, unreadable], 0],
  ])('in the mode %s of %#', async (mode, objects, exitCode) => {
    expect((await told(objects, '--mode', mode)).exitCode).toBe(exitCode);
  });

  it('tells the time by --at, and by the clock without it', async () => {
    const pod = aPod('Pending', { conditions: ['PodScheduled=False Unschedulable'], metadata: { creationTimestamp: AT } });
    const stdin = stringify(pod);
    const at = async (flags: readonly string[], now: string) =>
      itemsOf(await runCli(['status', '-f', '-', '--mode', 'kstatus', '-o', 'json', ...flags], { stdin, now }));

    expect(await at([], new Date(NOW + 14_000).toISOString())).toMatchObject([{ reason: 'PodNotScheduled' }]);
    expect(await at([], new Date(NOW + 15_000).toISOString())).toMatchObject([{ reason: 'PodUnschedulable' }]);
    expect(await at(['--at', AT], new Date(NOW + 60_000).toISOString())).toMatchObject([{ reason: 'PodNotScheduled' }]);
  });

  it('prints a table and a sum', async () => {
    const result = await runCli(['status', '-f', '-', '--mode', 'kstatus', '--at', AT], {
      stdin: [healthy, waiting, waiting].map((each) => stringify(each)).join('---\n'),
    });

    const lines = result.stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^NAMESPACE +OBJECT +STATUS +REASON +MESSAGE$/);
    expect(lines[1]).toMatch(/^shop +Deployment\/web +Current +Deployment is available\. Replicas: 1$/);
    expect(lines[2]).toMatch(/^shop +StatefulSet\/web +InProgress +LessReady +Ready: 2\/3$/);
    expect(lines.at(-1)).toBe('1 Current, 2 InProgress');
  });

  it('answers an empty list', async () => {
    const empty = { apiVersion: 'v1', kind: 'List', items: [] };

    expect((await told([empty])).json()).toEqual({ items: [] });
    expect((await runCli(['status', '-f', '-'], { stdin: stringify(empty) })).stdout).toBe('no objects\n');
    expect((await told([{ ...empty, items: null }])).exitCode).toBe(0);
  });
});

describe('a bad object among others', () => {
  it.each([
    ['whose status is a text', { ...healthy, status: 'x' }, 'status is a text, not a mapping'],
    ['whose metadata is a list', { ...healthy, metadata: [] }, 'metadata is a list, not a mapping'],
    ['whose generation is a text', unreadable, 'status.observedGeneration is a text, not an integer'],
    ['in a phase that there is not', aPod('Gone'), 'there is no phase "Gone" of a Pod'],
  ])('%s is an error in its place', async (_, object, why) => {
    const result = await told([waiting, object, healthy], '--mode', 'kstatus');

    expect(itemsOf(result)).toMatchObject([
      { status: 'InProgress' },
      { status: 'error', reason: expect.stringMatching(/^(InvalidField|UnknownPhase)$/), message: `the status cannot be told: ${why}` },
      { status: 'Current' },
    ]);
    expect(result.exitCode).toBe(1);
  });

  it.each(['kstatus', 'kubectl', 'verdict'])('that is none is an error that says where it stands, in the mode %s', async (mode) => {
    const list = { kind: 'List', items: [healthy, 'text', { metadata: { name: 'x' } }, null, ['y']] };

    const result = await told([list, { kind: 'FooList', items: 'x' }], '--mode', mode);

    const [first, ...others] = itemsOf(result);
    expect(first).toMatchObject({ name: 'web' });
    expect(others.map(({ status, message }) => `${status}: ${message}`)).toEqual([
      expect.stringMatching(/^error: standard input, document 1 .*items\[1\] is a string, not a Kubernetes object$/),
      expect.stringMatching(/items\[2\] is an object without kind/),
      expect.stringMatching(/items\[3\] is an? object, not/),
      expect.stringMatching(/items\[4\] is a list without kind/),
      expect.stringMatching(/document 2 .*, items is a string, not a list of/),
    ]);
    expect(result.exitCode).toBe(1);
  });

  it('does not bring the program down, however deep the lists are', async () => {
    let deep: unknown = healthy;
    for (let level = 0; level < 40; level += 1) deep = { kind: 'List', items: [deep] };

    const result = await told([healthy, deep], '--mode', 'kstatus');

    expect(itemsOf(result)).toMatchObject([{ status: 'Current' }, { status: 'error', reason: 'NotAnObject' }]);
  });
});

describe('input that cannot be used', () => {
  it.each([
    ['kind: [', /line 1, column/],
    ['', /there is nothing in it/],
    ['replicas: 3\n', /it is an object without kind|is an object without kind, not a Kubernetes object/],
    ['just text\n', /is a string, not a Kubernetes object/],
    ['[1, 2]', /is a list without kind/],
  ])('%j ends with exit code 2', async (stdin, message) => {
    const result = await runCli(['status', '-f', '-', '-o', 'json'], { stdin });

    expect(result.exitCode).toBe(2);
    expect(result.json()).toMatchObject({ error: { code: 'bad_input', message: expect.stringMatching(message) } });
  });

  it('names a file that is not there', async () => {
    const result = await runCli(['status', '-f', '/nowhere/x.yaml']);

    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('/nowhere/x.yaml cannot be read: there is no such file') });
  });
});

describe('objects of one input, as a verdict takes them', () => {
  const owner = (kind: string, name: string, uid?: string) => ({
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name, controller: true, ...(uid !== undefined && { uid }) }],
  });
  const selector = { matchLabels: { app: 'web' } };
  const annotations = { 'deployment.kubernetes.io/revision': '2' };
  const rolling = aDeployment(
    { spec: 1, rep: 1, upd: 1, rdy: 0, avl: 0, conditions: ['Progressing=True ReplicaSetUpdated'] },
    { metadata: { uid: 'd', annotations }, spec: { selector } },
  );
  const replicaSet = anObject('apps/v1 ReplicaSet', {
    metadata: { name: 'web-1', uid: 'rs', annotations, ...owner('Deployment', 'web', 'd') },
    spec: { replicas: 1 },
    status: { replicas: 1, fullyLabeledReplicas: 1, observedGeneration: 1 },
  });
  const pod = aPod('Running', {
    waiting: ['CrashLoopBackOff'],
    metadata: { name: 'web-1-a', labels: { app: 'web' }, ...owner('ReplicaSet', 'web-1', 'rs') },
  });

  it('a Deployment has failed by the pod that its ReplicaSet owns', async () => {
    const [item] = itemsOf(await told([rolling, replicaSet, pod]));

    expect(item).toMatchObject({ kind: 'Deployment', status: 'failed', reason: 'CrashLoopBackOff' });
    expect(item?.reasons?.[0]).toMatchObject({ resource: expect.stringContaining('web'), container: 'c0' });
  });

  it('also where what stands between them was left out', async () => {
    expect(itemsOf(await told([rolling, pod]))[0]).toMatchObject({ status: 'failed', reason: 'CrashLoopBackOff' });
  });

  it('but not by the pod of another, and not as kstatus takes objects', async () => {
    const other = { ...pod, metadata: { ...(pod.metadata as Json), namespace: 'elsewhere', ...owner('ReplicaSet', 'web-1', 'another') } };

    expect(itemsOf(await told([rolling, replicaSet, other]))[0]).toMatchObject({ status: 'waiting' });
    expect(itemsOf(await told([rolling, replicaSet, pod], '--mode', 'kstatus'))[0]).toMatchObject({
      status: 'InProgress',
      reason: 'LessAvailable',
    });
  });

  it('warns on standard error of what people should know', async () => {
    const ahead = aDeployment({ ...{ spec: 1, rep: 1, upd: 1, rdy: 1, avl: 1 }, g: 1, o: 2 });

    const result = await told([ahead]);

    expect(result.stderr).toMatch(/^warning: shop\/Deployment\/web: /);
    expect(result.exitCode).toBe(0);
  });
});
