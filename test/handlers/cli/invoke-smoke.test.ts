import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../lib/platform/clock.ts';
import { shop } from '../../../sandbox/dev-cluster/shop.ts';
import { type KubernetesSandbox, startKubernetesSandbox } from '../../../sandbox/kubernetes/server.ts';
import { smokePolicy } from '../../../sandbox/storefront/policy.ts';
import { type StorefrontServer, startStorefrontServer } from '../../../sandbox/storefront/server.ts';
import { pipelineEvent } from '../../../sandbox/story/pipeline-event.ts';
import { type CliResult, runCli } from '../../unit/cli/run-cli.ts';
import { folderWith } from '../../unit/cli/temp-folder.ts';

let kubernetes: KubernetesSandbox;
let storefront: StorefrontServer;

beforeAll(async () => {
  kubernetes = await startKubernetesSandbox({ objects: shop });
  storefront = await startStorefrontServer(() => kubernetes.snapshot());
  await kubernetes.settled();
});
afterAll(() => Promise.all([kubernetes.close(), storefront.close()]));

/** The function on a kubeconfig, as it is configured for a cluster on EKS that this machine cannot reach. */
async function invoke(event: unknown, ...flags: readonly string[]): Promise<CliResult> {
  const folder = await folderWith({ kubeconfig: kubernetes.kubeconfig() });
  const argv = ['invoke', 'post-deploy-smoke', '--event', '-', '--kubeconfig', `${folder}/kubeconfig`, '-o', 'json', ...flags];
  return runCli(argv, {
    stdin: JSON.stringify(event),
    clock: systemClock,
    env: { NIGHTSHIFT_POLICY: JSON.stringify(smokePolicy('prod-eu', storefront.url)) },
  });
}

describe('invoke post-deploy-smoke', () => {
  it('proves the rollout on the kubeconfig, by the name that the suite has for its cluster, and runs the suite', async () => {
    const { exitCode, json } = await invoke({ suite: 'storefront', version: '4.18.2' });

    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({
      job: 'post-deploy-smoke',
      summary: expect.stringMatching(/^storefront 4\.18\.2 is what answers: rolled out, 3 of 3 pods ready; 3 passed/),
    });
  });

  it('takes a target of its own', async () => {
    const target = { cluster: 'wherever', namespace: 'shop', kind: 'Deployment', name: 'cart' };

    const { exitCode, json } = await invoke({ target });

    expect(exitCode).toBe(0);
    expect(json()).toMatchObject({ summary: expect.stringContaining('2 of 2 pods ready') });
  });

  it('runs the event of a pipeline in one call, and says that the pipeline is not answered', async () => {
    const event = pipelineEvent('11111111-1111-4111-8111-111111111111', { suite: 'storefront', version: '4.18.2' });

    const { exitCode, json, stderr } = await invoke(event);

    expect(exitCode).toBe(0);
    expect(stderr).toContain('an event of CodePipeline: it is run in one call, and CodePipeline is not answered\n');
    expect(json()).toMatchObject({ remaining: 0, summary: expect.stringContaining('storefront 4.18.2 is what answers') });
  });

  it('writes its reports where it is told to', async () => {
    const folder = await folderWith({});

    await invoke({ suite: 'storefront', version: '4.18.2' }, '--state-dir', folder);

    const { readdir } = await import('node:fs/promises');
    expect((await readdir(`${folder}/smoke`)).map((file) => file.replace(/^.*\./, '')).sort()).toEqual(['html', 'json', 'xml']);
  });

  it.each([
    ['a suite that nobody configured', { suite: 'storefrnt' }, 'did you mean storefront?'],
    ['an event that says nothing', {}, 'names neither a suite nor a target'],
    ['a pipeline without parameters', { 'CodePipeline.job': { id: 'x', data: {} } }, 'UserParameters of the action is empty'],
    ['a stray request', { rawPath: '/', requestContext: { http: { method: 'GET' } } }, '/flagger/SUITE'],
    ['an unknown field', { suite: 'storefront', verison: '1' }, 'verison'],
  ])('refuses %s', async (_, event, why) => {
    const { exitCode, stderr, stdout } = await invoke(event);

    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(why);
  });
});
