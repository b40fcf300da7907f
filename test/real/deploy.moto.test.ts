import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFunction } from '../../build/bundles.ts';
import { policyDocumentSchema } from '../../functions/post-deploy-smoke/policy-document.ts';
import { parseSuite } from '../../lib/smoke/suite/parse-suite.ts';
import { readSuite } from '../../lib/smoke/suite/read-suite.ts';
import { compareDeployment, stillThere } from '../support/aws/compare-deployment.ts';
import type { DeployedFunction } from '../support/aws/deployed-function.ts';
import { ASLEEP, AWAKE, DeployedNight, stateBucketOf } from '../support/aws/deployed-night.ts';
import type { DeployedStack } from '../support/aws/deployed-stack.ts';
import {
  AS_UPDATE,
  functionName,
  functionOf,
  hub,
  job,
  jobs,
  SUITE,
  spoke,
  spokeName,
  stackName,
  UNATTENDED,
  Workbench,
} from '../support/aws/deployed-stage.ts';
import { callerIn, type Json, type MotoApi, motoApi, objectIn } from '../support/aws/moto.ts';
import { motoEndpoint } from '../support/aws/moto-endpoint.ts';
import { isPassedOver } from '../support/aws/passed-over.ts';
import { s3Of } from '../support/aws/s3-of.ts';
import { createSchedules, deleteScheduleGroup, readSchedule, scheduleProblems } from '../support/aws/schedule-calls.ts';
import { hasRuntimeClient, installRuntimeClient } from '../support/runtime-client.ts';

const endpoint = motoEndpoint();
const canRun = endpoint !== undefined && (await hasRuntimeClient());
/** A call of the CLI takes seconds on an idle machine. */
const DEPLOY_MS = 300_000;
const firstNight = 'd32c5kddcf5bb8c3';

describe.runIf(endpoint)('a stage, deployed by the CDK to an AWS emulator', () => {
  const moto = motoApi(endpoint ?? '', { region: hub.region, accessKeyId: 'testing', secretAccessKey: 'testing' });
  let folder: string;
  let bench: Workbench;
  let stack: DeployedStack;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deploy-'));
    bench = new Workbench(moto, folder);
    // What an earlier run left behind that did not come to its end.
    await moto.query('cloudformation', '2010-05-15', 'DeleteStack', { StackName: stackName });
    await bench.cdk('bootstrap', `aws://${hub.account}/${hub.region}`);
    await bench.run('first', {}, 'deploy', stackName, ...UNATTENDED);
    stack = await bench.stack(moto, stackName, 'first');
  }, DEPLOY_MS);

  afterAll(() => rm(folder, { recursive: true }));

  describe('what exists afterwards', () => {
    it('is what the template says, resource by resource', async () => {
      const { template, emulator } = await compareDeployment(moto, stack);

      expect(Object.keys(template).length).toBeGreaterThan(10);
      expect(emulator).toEqual(template);
    });

    it('lacks what the emulator is known to pass over, and nothing else', () => {
      const missing = stack.resources.filter(({ physicalId }) => physicalId === undefined).map(({ logicalId }) => logicalId);

      expect(missing).toEqual(stack.resources.filter(({ type }) => isPassedOver(type)).map(({ logicalId }) => logicalId));
    });
  });

  describe('its schedules, by calls of the Scheduler', () => {
    const schedules = (): readonly Json[] => stack.all('AWS::Scheduler::Schedule').map(({ properties }) => properties);

    beforeAll(() => deleteScheduleGroup(moto, functionName));
    afterAll(() => deleteScheduleGroup(moto, functionName));

    it('are taken as the template has them', async () => {
      const group = String(stack.one('AWS::Scheduler::ScheduleGroup').properties.Name);

      await createSchedules(moto, group, schedules());

      expect(schedules().map(({ GroupName }) => GroupName)).toEqual([group, group, group]);
      expect(schedules().flatMap(scheduleProblems)).toEqual([]);
      for (const schedule of schedules()) expect(await readSchedule(moto, schedule)).toEqual(schedule);
    });

    it('ask the function that was deployed, with a role and a queue that were', () => {
      const queue = stack.one('AWS::SQS::Queue', ({ QueueName }) => QueueName === `${functionName}-undelivered`);
      const roles = stack.all('AWS::IAM::Role').map(({ physicalId }) => `arn:aws:iam::${hub.account}:role/${physicalId}`);

      for (const { Target } of schedules()) {
        const { Arn, DeadLetterConfig, RoleArn } = Target as Readonly<Record<string, Json>>;
        expect(Arn).toBe(`arn:aws:lambda:${hub.region}:${hub.account}:function:${functionName}`);
        expect(DeadLetterConfig?.Arn).toBe(`arn:aws:sqs:${hub.region}:${hub.account}:${queue.physicalId?.split('/').at(-1)}`);
        expect(roles).toContain(RoleArn);
      }
    });
  });

  describe('its functions, taken back out', () => {
    it.each(jobs)('are the bundles that the project builds, byte by byte: %s', async (of) => {
      const { files } = await functionOf(moto, stack, of);
      const built = await filesIn((await buildFunction(of, join(folder, 'bundle'))).folder);

      expect([...files.keys()].sort()).toEqual([...built.keys()].sort());
      expect([...built].filter(([path, content]) => !files.get(path)?.equals(content)).map(([path]) => path)).toEqual([]);
    });
  });

  describe('its smoke suites', () => {
    it('are in the parameters that the function is led to, as the file has them', async () => {
      const parameter = async (Name: string): Promise<string> =>
        String(objectIn(await moto.json('ssm', 'AmazonSSM.GetParameter', { Name }), 'Parameter').Value);
      const document = policyDocumentSchema.parse(JSON.parse(await parameter(`/${stackName}/post-deploy-smoke/policy`)));
      const pieces = await Promise.all((document.suites.shop?.parameters ?? []).map(parameter));

      expect(await parseSuite(JSON.parse(pieces.join('')), 'shop')).toEqual(await readSuite(SUITE, { name: 'shop' }));
    });
  });

  describe.runIf(canRun)("a night of its function, under AWS's runtime client", () => {
    // Monday and Tuesday, at the very edges of the schedule.
    const evening = '2026-03-30T19:00:00+02:00';
    const morning = '2026-03-31T07:00:00+02:00';
    let night: DeployedNight;

    beforeAll(async () => {
      night = await DeployedNight.start({ client: await installRuntimeClient(), moto, stack, folder: join(folder, 'task') });
    }, DEPLOY_MS);

    afterAll(() => night?.stop());

    const atEvening = (executionId: string): Json => night.eventOf('edge-1900-Europe-Berlin', { executionId, at: evening });

    it('sleeps at the evening edge, with its originals in the deployed bucket', async () => {
      const report = await night.invoke(atEvening(firstNight));

      expect(report).toMatchObject({ job, status: 'ok', runId: firstNight, counts: { slept: 4, failed: 0 } });
      expect(night.sizes()).toEqual(ASLEEP);
      expect(await originals(moto, stack)).toContain('web');
    });

    it('is the same night when the Scheduler delivers twice', async () => {
      const report = await night.invoke(atEvening(firstNight));

      expect(report.counts).toMatchObject({ changed: 0, failed: 0 });
      expect(night.sizes()).toEqual(ASLEEP);
    });

    it('wakes at the morning edge, as it was', async () => {
      const report = await night.invoke(night.eventOf('edge-0700-Europe-Berlin', { executionId: 'a7f0e1d2c3b4a596', at: morning }));

      expect(report).toMatchObject({ status: 'ok', counts: { woken: 4, failed: 0 } });
      expect(night.sizes()).toEqual(AWAKE);
    });

    it('is restored from the ledger', async () => {
      const runId = 'e5d4c3b2a1908f7e';
      await night.invoke(atEvening(runId));
      expect(night.sizes()).toEqual(ASLEEP);

      const report = await night.invoke({ action: 'restore', runId });

      expect(report).toMatchObject({ status: 'ok', counts: { failed: 0 } });
      expect(night.sizes()).toEqual(AWAKE);
    });

    it('asks the AWS of the cluster for the cluster alone', () => {
      expect(night.calls()).toEqual(['eks:DescribeCluster 200']);
    });
  });

  describe('a change of nightshift.yaml, deployed', () => {
    const changed = { uptime: '08:00-20:00', reconcileMinutes: 30 };
    let before: DeployedFunction;
    let after: DeployedStack;

    beforeAll(async () => {
      before = await functionOf(moto, stack);
      const update = ['--outputs-file', bench.outputsFile('second'), ...UNATTENDED, ...AS_UPDATE];
      await bench.run('second', changed, 'deploy', stackName, ...update);
      after = await bench.stack(moto, stackName, 'second');
    }, DEPLOY_MS);

    it('reaches the policy that the function reads, and the schedules', async () => {
      const answer = await moto.json('ssm', 'AmazonSSM.GetParameter', { Name: `/${stackName}/${job}/policy` });
      const schedules = after.all('AWS::Scheduler::Schedule').map(({ properties }) => [properties.Name, properties.ScheduleExpression]);

      expect(JSON.parse(String(objectIn(answer, 'Parameter').Value))).toMatchObject({
        policy: { scopes: [{ uptime: 'Mon-Fri 08:00-20:00 Europe/Berlin' }] },
      });
      expect(schedules).toEqual([
        ['edge-0800-Europe-Berlin', 'cron(0 8 ? * MON,TUE,WED,THU,FRI *)'],
        ['edge-2000-Europe-Berlin', 'cron(0 20 ? * MON,TUE,WED,THU,FRI *)'],
        ['reconcile', 'cron(15/30 * ? * * *)'],
      ]);
    });

    it('leaves the code, the buckets and the table alone, and everything as its template says', async () => {
      const { template, emulator } = await compareDeployment(moto, after);

      expect(emulator).toEqual(template);
      expect((await functionOf(moto, after)).configuration.CodeSha256).toBe(before.configuration.CodeSha256);
      for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table']) {
        expect(after.all(type).map(({ physicalId }) => physicalId)).toEqual(stack.all(type).map(({ physicalId }) => physicalId));
      }
    });

    it.runIf(canRun)('is what the function goes by, with the code that it had', async () => {
      const night = await DeployedNight.start({ client: await installRuntimeClient(), moto, stack: after, folder: join(folder, 'task') });
      const planned = async (at: string): Promise<unknown> => (await night.invoke({ action: 'plan', at })).counts.planned;

      const atTheOldEdge = await planned('2026-03-30T19:00:00+02:00');
      const atTheNewEdge = await planned('2026-03-30T20:00:00+02:00');
      await night.stop();

      expect([atTheOldEdge, atTheNewEdge]).toEqual([0, 4]);
    });

    it('tells where the state is', async () => {
      expect(await bench.outputs('second')).toEqual({ [stackName]: after.outputs });
      expect(after.outputs).toMatchObject({
        StateBucketName: stateBucketOf(stack),
        AlertsTopicArn: expect.stringMatching(/^arn:aws:sns:/),
      });
    });

    it(
      'is all: nothing is left to deploy',
      async () => {
        // By the templates: the change set that the CLI would rather ask, the emulator does not make.
        const difference = await bench.run('third', changed, 'diff', stackName, '--fail', '--method', 'template');
        const again = await bench.cdk('deploy', stackName, '--app', bench.assembly('third'), ...UNATTENDED);

        expect(difference).toContain('There were no differences');
        expect(again).toContain(`${stackName} (no changes)`);
      },
      DEPLOY_MS,
    );
  });

  describe('the spoke of a cluster in another account', () => {
    let there: MotoApi;
    let spokeStack: DeployedStack;

    beforeAll(async () => {
      there = motoApi(moto.endpoint, await callerIn(spoke.account, spoke.region, moto));
      const trust = ['--trust', hub.account, '--cloudformation-execution-policies', 'arn:aws:iam::aws:policy/AdministratorAccess'];
      await new Workbench(there, folder).cdk('bootstrap', `aws://${spoke.account}/${spoke.region}`, ...trust);
      await bench.run('spoke', { withSpoke: true }, 'deploy', spokeName, ...UNATTENDED);
      spokeStack = await bench.stack(there, spokeName, 'spoke');
    }, DEPLOY_MS);

    it('is deployed there with the credentials of the stage, as the template says', async () => {
      const { template, emulator } = await compareDeployment(there, spokeStack);

      expect(Object.keys(template)).toHaveLength(2 * jobs.length);
      expect(emulator).toEqual(template);
    });

    it.each(jobs)('lets in %s of this stage alone, to describe its clusters there and nothing else', async (of) => {
      const name = `${stackName}-${of}`;
      const { physicalId: role } = spokeStack.one('AWS::IAM::Role', ({ RoleName }) => RoleName === `${name}-${spoke.region}`);
      const { emulator } = await compareDeployment(there, spokeStack);
      const its = Object.values(emulator).filter(
        ({ RoleName, Roles }) => RoleName === role || (Roles as readonly unknown[] | undefined)?.includes(role),
      );
      const statements = its.map((each) => objectIn(each, each.Roles ? 'PolicyDocument' : 'AssumeRolePolicyDocument').Statement);

      expect(role).toBe(`${name}-${spoke.region}`);
      expect(statements).toEqual([
        [
          {
            Action: 'sts:AssumeRole',
            Effect: 'Allow',
            Principal: { AWS: `arn:aws:iam::${hub.account}:root` },
            Condition: {
              StringEquals: { 'sts:ExternalId': stackName },
              ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${hub.account}:role/${name}` },
            },
          },
        ],
        [
          {
            Sid: 'FindClusters',
            Action: 'eks:DescribeCluster',
            Effect: 'Allow',
            Resource: `arn:aws:eks:${spoke.region}:${spoke.account}:cluster/far`,
          },
        ],
      ]);
    });
  });

  describe('its removal', () => {
    beforeAll(async () => {
      await bench.keepInItsWords(moto, stackName, 'third');
      await bench.cdk('destroy', stackName, '--force', '--app', bench.assembly('first'));
    }, DEPLOY_MS);

    it('keeps the state and takes everything else', async () => {
      const there = await stillThere(moto, stack.resources);

      const kept = stack.resources.filter(({ logicalId }) => there[logicalId]);
      expect(kept.map(({ type }) => type)).toEqual(['AWS::S3::Bucket', 'AWS::S3::Bucket', 'AWS::DynamoDB::Table']);
      expect(kept).toEqual(stack.resources.filter(({ type, retained }) => retained && !isPassedOver(type)));
      expect(Object.values(there).filter((present) => !present).length).toBeGreaterThan(8);
    });

    it.runIf(canRun)('keeps the originals of the night', async () => {
      expect(await originals(moto, stack)).toContain('web');
    });
  });
});

/** All that the state bucket holds of the first night, as text. */
async function originals(moto: MotoApi, stack: DeployedStack): Promise<string> {
  const [s3, Bucket] = [s3Of(moto), stateBucketOf(stack)];
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'runs/' }));
  const keys = Contents.flatMap(({ Key }) => (Key?.includes(firstNight) ? [Key] : []));
  const texts = keys.map(async (Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString());
  return (await Promise.all(texts)).join('\n');
}

/** Every file of a folder, by its path in there. */
async function filesIn(folder: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [relative(folder, path), await readFile(path)] as const)));
}
