import type { V1Deployment } from '@kubernetes/client-node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError } from '../../../bin/errors.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { type CliOptions, type CliResult, runCli } from '../../unit/cli/run-cli.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';

const FIRST = `sha256:${'1'.repeat(64)}`;
const OTHER = `sha256:${'9'.repeat(64)}`;

function web(name: string, image: string, spec: Partial<V1Deployment['spec']> = {}): V1Deployment {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { namespace: 'shop', name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'web', image }] } },
      ...spec,
    },
  };
}

describe('nightshift rollout wait', () => {
  let sandbox: KubernetesSandbox;
  beforeAll(async () => {
    sandbox = await startKubernetesSandbox({
      objects: [
        web('web', `example.org/shop/web@${FIRST}`),
        web('bad', 'example.org/shop/web:crash'),
        web('slow', 'example.org/shop/web:unready', { progressDeadlineSeconds: 900 }),
        web('paused', 'example.org/shop/web:1', { paused: true }),
        {
          apiVersion: 'v1',
          kind: 'Service',
          metadata: { namespace: 'shop', name: 'web' },
          ...{ spec: { selector: { app: 'web' }, ports: [{ port: 80 }] } },
        },
      ],
    });
    await sandbox.settled();
  });
  afterAll(() => sandbox.close());
  beforeEach(() => {
    sandbox.faults.clear();
    sandbox.requests.reset();
  });

  const wait = async (workload: string, more: readonly string[] = [], options: CliOptions = {}): Promise<CliResult> => {
    const folder = await folderWith({ kubeconfig: sandbox.kubeconfig() });
    const argv = ['rollout', 'wait', workload, '-n', 'shop', '--kubeconfig', `${folder}/kubeconfig`, ...more];
    return runCli(argv, { now: new Date().toISOString(), ...options });
  };

  it('ends with 0 for a workload that is out, after three calls', async () => {
    const result = await wait('deployment/web', ['-o', 'json']);

    expect(result.exitCode).toBe(0);
    expect(result.json()).toEqual({
      status: 'done',
      kind: 'Deployment',
      namespace: 'shop',
      name: 'web',
      reasons: [{ resource: 'Deployment/web', reason: 'Available', message: '2/2 replicas updated and available' }],
      warnings: [],
      pods: { total: 2, ready: 2 },
      elapsedMs: expect.any(Number),
    });
    expect(sandbox.requests.total).toBe(3);
  });

  it('says so in one line for people', async () => {
    const { exitCode, stdout, stderr } = await wait('deploy/web');

    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Deployment\/web in shop is rolled out: 2\/2 replicas updated and available \(\d+\.\d s\)\n$/);
  });

  it('ends with 1 as soon as a container crashes, and names it', async () => {
    const { exitCode, stdout } = await wait('deploy/bad');

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(
      /^Deployment\/bad in shop failed: Pod\/bad-\S+: 2\/2 pods CrashLoopBackOff: exited with code 1, 2 restarts, container web \(/,
    );
  });

  it('ends with 1 for one that is paused half-way', async () => {
    const result = await wait('deploy/paused', ['-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ status: 'blocked', reasons: [{ reason: 'Paused' }] });
  });

  it('ends with 1 when the time is over, tells how far it came, and that the time was short', async () => {
    const { exitCode, stdout, stderr } = await wait('deploy/slow', ['--timeout', '300ms']);

    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^Deployment\/slow in shop was not rolled out in time: 0 of 2 pods ready \(/);
    expect(stderr).toContain('Deployment/slow: 0 of 2 pods ready; Pod/slow-');
    expect(stderr).toContain('warning: Deployment/slow may take 900 s between two steps (progressDeadlineSeconds)');
  });

  it('waits for the image that it is told, and says which one is there', async () => {
    const result = await wait('deploy/web', ['--image', 'example.org/shop/web:2', '--timeout', '200ms', '-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({
      status: 'timeout',
      reasons: [{ reason: 'OldTemplate', message: expect.stringContaining(FIRST) }],
    });
  });

  it('proves that the pods run the digest, and that the Service leads to them alone', async () => {
    const { exitCode, stdout } = await wait('deploy/web', ['--digest', FIRST]);

    expect(exitCode).toBe(0);
    expect(stdout).toContain('proven: 2 pods run the digest, and 2 addresses behind web lead to them alone');
  });

  it('ends with 1 when they run another', async () => {
    const result = await wait('deploy/web', ['--digest', OTHER, '-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ status: 'done', identity: { proven: false, reasons: [{ reason: 'OtherImage' }, {}] } });
  });

  // kubectl waits for the Deployment's own deadline; kstatus's poller sees the crash loop of a pod.
  it.each([
    ['kubectl', 'timeout'],
    ['kstatus', 'failed'],
  ])('takes the rules of %s instead', async (mode, status) => {
    const good = await wait('deploy/web', ['--mode', mode, '-o', 'json']);
    const crashing = await wait('deploy/bad', ['--mode', mode, '--timeout', '200ms', '-o', 'json']);

    expect(good.json()).toMatchObject({ status: 'done' });
    expect(crashing.json()).toMatchObject({ status });
    expect([good.exitCode, crashing.exitCode]).toEqual([0, 1]);
  });

  it('tells of a workload that does not exist, with 1', async () => {
    const result = await wait('deploy/gone', ['-o', 'json']);

    expect(result.exitCode).toBe(1);
    expect(result.json()).toMatchObject({ error: { code: 'kubernetes_not_found', message: expect.stringContaining('shop/gone') } });
  });

  it('does without what it may not read, and says so', async () => {
    sandbox.faults.add({ verb: 'list', resource: 'pods', status: 403, times: Number.POSITIVE_INFINITY });

    const { exitCode, stderr } = await wait('deploy/web');

    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/warning: pods may not be listed, so failures are told later and with less: .*\(403\)/);
  });

  it('goes on when the server does not answer for a moment', async () => {
    sandbox.faults.add({ verb: 'get', resource: 'deployments', status: 503, times: 20 });

    const { exitCode, stderr } = await wait('deploy/web', ['--timeout', '10s']);

    expect(exitCode).toBe(0);
    expect(stderr).toContain('Deployment/web: cannot get deployments shop/web');
  });

  it('ends at Ctrl-C', async () => {
    const controller = new AbortController();
    controller.abort(new InterruptedError('the command was interrupted'));

    const { exitCode, stderr } = await wait('deploy/slow', [], { signal: controller.signal });

    expect(exitCode).toBe(1);
    expect(stderr).toContain('the command was interrupted');
  });

  it.each([
    [['rollout', 'wait', 'web'], 'KIND/NAME'],
    [['rollout', 'wait', 'cronjob/web'], 'cannot be waited for'],
    [['rollout', 'wait', 'deploy.example.org/web'], 'cannot be waited for'],
    [['rollout', 'wait', 'deploy/web', '--digest', 'sha256:1'], '64 hexadecimal digits'],
    [['rollout', 'wait', 'deploy/web', '--container', 'web'], 'add --digest'],
    [['rollout', 'wait', 'job/import', '--digest', FIRST], 'answer to nobody'],
    [['rollout', 'wait', 'deploy/web', '--mode', 'helm'], 'Allowed choices'],
    [['rollout', 'wait', 'deploy/web', '-n', 'shop,other'], 'in one namespace'],
  ])('refuses %j with 2', async (argv, words) => {
    const folder = await folderWith({ kubeconfig: sandbox.kubeconfig() });

    const { exitCode, stderr } = await runCli([...argv, '--kubeconfig', `${folder}/kubeconfig`]);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(words);
  });
});
