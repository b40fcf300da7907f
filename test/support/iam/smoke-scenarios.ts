import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { Report } from '../../../lib/platform/report.ts';
import type { SmokeInvocation } from './fresh-smoke-function.ts';
import { DIGEST, REGISTRY, type SmokeWorld, URL_TOKEN } from './smoke-world.ts';

/** One thing that post-deploy-smoke does with AWS. `play` rejects when it did not go as it should. */
export interface SmokeScenario {
  readonly name: string;
  readonly play: (world: SmokeWorld) => Promise<void>;
}

/** A whole proof: no warning, so nothing that could have been read or kept was not. */
function proved({ answer, error, logged }: SmokeInvocation): Report {
  expect(error).toBeUndefined();
  expect(logged).not.toMatch(/could not be (?:stored|read|written)|not kept|not recorded/);
  const report = answer as Report;
  expect(report, JSON.stringify(report)).toMatchObject({ status: 'ok', remaining: 0 });
  return report;
}

function jobOf(world: SmokeWorld, userParameters: string, continuationToken?: string): { readonly id: string; readonly event: unknown } {
  const id = randomUUID();
  world.aws.addPipelineJob(id);
  const actionConfiguration = { configuration: { FunctionName: 'post-deploy-smoke', UserParameters: userParameters } };
  return { id, event: { 'CodePipeline.job': { id, accountId: '123456789012', data: { actionConfiguration, continuationToken } } } };
}

const target = (name: string, cluster: string): object => ({ cluster, namespace: 'shop', kind: 'Deployment', name });

/** The whole of what the function asks of AWS: run them all, and every call that it can make has been made. */
export const smokeScenarios: readonly SmokeScenario[] = [
  {
    name: 'proves a recorded version by the suite, and keeps reports and records',
    play: async (world) => {
      const report = proved(await world.invoke({ suite: 'shop', version: '2.4.1' }));

      expect(report.summary).toContain('every pod runs the expected digest');
      expect(world.shop.requests.length).toBeGreaterThan(0);
      expect(world.keys(`smoke/${report.runId}`)).toEqual(['html', 'json', 'xml'].map((ending) => `smoke/${report.runId}.${ending}`));
      expect(world.keys(`reports/${report.runId}`)).toHaveLength(1);
      const [deploy] = world.records('app#shop').filter(({ runId }) => runId !== undefined && 'S' in runId && runId.S === report.runId);
      expect(deploy).toMatchObject({ version: { S: '2.4.1' }, digest: { S: DIGEST }, verdict: { S: 'ok' } });
    },
  },
  {
    name: 'proves a rollout in the cluster of the other account',
    play: async (world) => {
      const { cluster } = world.places.spoke;

      proved(await world.invoke({ target: { ...target('web', cluster), image: `${REGISTRY}/shop@${DIGEST}` } }));
    },
  },
  {
    name: 'tells a pipeline that the release is what answers',
    play: async (world) => {
      const { id, event } = jobOf(world, '{"suite":"shop","version":"2.4.1"}');

      const { error, logged } = await world.invoke(event);

      expect(error).toBeUndefined();
      expect(logged).not.toMatch(/journal could not/);
      expect(world.aws.pipelineJob(id)).toMatchObject({ status: 'succeeded' });
      expect(world.records(`journal#post-deploy-smoke#${id}`)).toMatchObject([{ outcome: { S: 'answered' } }]);
    },
  },
  {
    name: 'tells a pipeline that its action is configured wrongly',
    play: async (world) => {
      const { id, event } = jobOf(world, 'shpo');

      await world.invoke(event);

      expect(world.aws.pipelineJob(id)).toMatchObject({ status: 'failed', answer: { failureDetails: { type: 'ConfigurationError' } } });
    },
  },
  {
    name: 'answers a hook of CodeDeploy by the suite of its application',
    play: async (world) => {
      const hook = { deploymentId: `d-${hookId()}`, executionId: randomUUID() };
      world.aws.addLifecycleHook({ ...hook, group: 'shop/blue' });

      const { error } = await world.invoke({ DeploymentId: hook.deploymentId, LifecycleEventHookExecutionId: hook.executionId });

      expect(error).toBeUndefined();
      expect(world.aws.lifecycleHook(hook.executionId)).toMatchObject({ status: 'Succeeded' });
    },
  },
  {
    name: 'opens the gate of Flagger to who shows the token, and to nobody else',
    play: async (world) => {
      const ask = (token: string): Promise<SmokeInvocation> =>
        world.invoke({
          rawPath: '/flagger/shop',
          requestContext: { http: { method: 'POST' } },
          headers: { authorization: `Bearer ${token}` },
          body: JSON.stringify({ name: 'web', namespace: 'shop', phase: 'Progressing', metadata: { version: '2.4.1' } }),
        });

      expect((await ask('guessed')).answer).toMatchObject({ statusCode: 401 });
      expect((await ask(URL_TOKEN)).answer).toMatchObject({ statusCode: 200 });
    },
  },
  {
    name: 'asks ECR for the digest of a tag',
    play: async (world) => {
      const image = `${REGISTRY}/shop:2.4.1`;

      const report = proved(await world.invoke({ target: { ...target('tagged', world.places.cluster), image } }));

      expect(report.summary).toContain('every pod runs the expected digest');
    },
  },
  ...lostAnswers(),
  {
    name: 'tells Slack of a release that is not what answers',
    play: async (world) => {
      const told = world.slack.requests.length;

      const { answer } = await world.invoke({ suite: 'shop', version: '2.4.1', digest: `sha256:${'b2'.repeat(32)}` });

      expect(answer).toMatchObject({ status: 'failed' });
      expect(world.slack.requests.slice(told)).toMatchObject([{ path: '/services/webhook', body: expect.stringContaining('not proved') }]);
    },
  },
  {
    name: 'asks a pipeline to call again while a rollout goes on, and goes on then',
    play: async (world) => {
      const words = JSON.stringify({ target: target('unready', world.places.cluster), timeoutSeconds: 600 });
      const first = jobOf(world, words);

      await world.invoke(first.event, 600);

      const continued = world.aws.pipelineJob(first.id);
      expect(continued).toMatchObject({ status: 'continued' });
      const second = jobOf(world, words, String(continued?.answer?.continuationToken));
      await world.invoke(second.event, 600);
      expect(world.aws.pipelineJob(second.id)).toMatchObject({ status: 'continued' });
    },
  },
];

/** S3 did the write and its answer was lost: the repeated write meets the first one, and reads whose it is. */
function lostAnswers(): readonly SmokeScenario[] {
  const lost = ({ aws }: SmokeWorld): void =>
    aws.faults.add({ service: 's3', operation: 'PutObject', effect: { kind: 'drop', when: 'after' } });
  return [
    {
      name: 'knows its own report of a suite after a lost answer',
      play: async (world) => {
        lost(world);

        const { runId } = proved(await world.invoke({ suite: 'shop', version: '2.4.1' }));

        expect(world.keys(`smoke/${runId}`)).toHaveLength(3);
      },
    },
    {
      name: 'knows its own report after a lost answer',
      play: async (world) => {
        lost(world);

        const image = `${REGISTRY}/shop@${DIGEST}`;
        const { runId } = proved(await world.invoke({ target: { ...target('web', world.places.cluster), image } }));

        expect(world.keys(`reports/${runId}`)).toEqual([`reports/${runId}.json`]);
      },
    },
  ];
}

function hookId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 9).toUpperCase();
}
