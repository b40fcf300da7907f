import { describe, expect, it } from 'vitest';
import { LONGEST_PREFIX } from '../../../lib/configuration/check-names.ts';
import { type StageConfig, spokeRoleArn, spokeRoleName, stagesOf } from '../../../lib/configuration/stage.ts';
import { configurationOf, problemsIn } from './problems-in.ts';

const file = `version: 1
name: night
stages:
  dev:
    account: "111122223333"
    region: eu-central-1
    sleep: { uptime: always, kinds: [Deployment] }
    routes: { email: [dev@example.com] }
    functions: { scale-dev-nightly: { memoryMb: 512 } }
    logRetentionDays: 7
  anywhere: {}
clusters:
  - { name: own, stage: dev }
  - { name: near, stage: dev, region: eu-central-1, account: "111122223333" }
  - { name: far, eksName: own, stage: dev, region: us-east-1 }
  - { name: theirs, stage: dev, account: "444455556666", accessEntry: none }
  - { name: given, stage: dev, region: cn-north-1, roleArn: "arn:aws-cn:iam::444455556666:role/x", externalId: team-7 }
  - { name: own, stage: anywhere }
sleep: { uptime: never, gracePeriodSeconds: 60, events: none, kinds: [CronJob] }
routes: { email: [ops@example.com], slack: { webhookParameter: /hook } }
prices: { vcpuHour: 0.04, gibHour: 0.005 }
`;

function stage(name: string, text = file): StageConfig {
  const found = stagesOf(configurationOf(text)).find((each) => each.stage === name);
  if (!found) throw new Error(`no stage ${name}`);
  return found;
}

describe('a stage', () => {
  it('comes in the order of the file, with a prefix of its own', () => {
    expect(stagesOf(configurationOf(file)).map(({ prefix }) => prefix)).toEqual(['night-dev', 'night-anywhere']);
  });

  it('replaces the words of sleep that it says, and inherits those that it does not', () => {
    expect(stage('dev').sleep).toMatchObject({ uptime: 'always', kinds: ['Deployment'], gracePeriodSeconds: 60, events: 'none' });
    expect(stage('anywhere').sleep).toMatchObject({ uptime: 'never', kinds: ['CronJob'], gracePeriodSeconds: 60, reconcileMinutes: 15 });
  });

  it('replaces the routes as a whole', () => {
    expect(stage('dev').routes).toEqual({ email: ['dev@example.com'] });
    expect(stage('anywhere').routes).toEqual({ email: ['ops@example.com'], slack: { webhookParameter: '/hook' } });
  });

  it('has what it says of itself, and the prices of the file', () => {
    expect(stage('dev')).toMatchObject({
      account: '111122223333',
      region: 'eu-central-1',
      functions: { 'scale-dev-nightly': { memoryMb: 512 } },
      logRetentionDays: 7,
      prices: { currency: 'USD', vcpuHour: 0.04, gibHour: 0.005 },
    });
  });

  it('has no word at all of what nobody said, so that nothing overrides the credentials that deploy', () => {
    for (const word of ['account', 'region', 'vpc']) expect(stage('anywhere')).not.toHaveProperty(word);
  });
});

describe('a cluster of a stage', () => {
  it('is reached by its own access entry where the stage is', () => {
    const own = { via: 'own' };

    expect(stage('dev').clusters.slice(0, 2)).toEqual([
      { name: 'own', eksName: 'own', accessEntry: 'create', access: own },
      { name: 'near', eksName: 'near', accessEntry: 'create', access: own },
    ]);
    expect(stage('anywhere').clusters).toEqual([{ name: 'own', eksName: 'own', accessEntry: 'create', access: own }]);
  });

  it('is reached by the role of a spoke stack in another region or account', () => {
    expect(stage('dev').clusters.slice(2, 4)).toEqual([
      {
        name: 'far',
        eksName: 'own',
        region: 'us-east-1',
        accessEntry: 'create',
        access: {
          via: 'spoke',
          account: '111122223333',
          region: 'us-east-1',
          externalId: 'night-dev',
        },
      },
      {
        name: 'theirs',
        eksName: 'theirs',
        accessEntry: 'none',
        access: {
          via: 'spoke',
          account: '444455556666',
          region: 'eu-central-1',
          externalId: 'night-dev',
        },
      },
    ]);
  });

  it('is reached by a role that people made, when they name it', () => {
    expect(stage('dev').clusters[4]).toEqual({
      name: 'given',
      eksName: 'given',
      region: 'cn-north-1',
      accessEntry: 'create',
      access: { via: 'role', roleArn: 'arn:aws-cn:iam::444455556666:role/x', externalId: 'team-7' },
    });
  });

  it.each([
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['ap-southeast-2', 'aws'],
  ])('in %s has the ARNs of its partition, %s', (region, partition) => {
    const place = { account: '111122223333', region };

    expect(spokeRoleArn('night-dev', 'scale-dev-nightly', place)).toBe(
      `arn:${partition}:iam::111122223333:role/night-dev-scale-dev-nightly-${region}`,
    );
  });
});

describe('the names of everything that is deployed', () => {
  it('are refused before AWS would refuse them', () => {
    const text = file.replace('name: night', 'name: nightshift').replaceAll('anywhere', 'quite-a-long-stage');

    expect(problemsIn(text)).toEqual([
      '11:3: stages.quite-a-long-stage: the prefix nightshift-quite-a-long-stage would have 29 characters, and 28 are the most; shorten the name or the stage',
    ]);
    expect(problemsIn(text.replaceAll('quite-a-long-stage', 'quite-a-longstage'))).toEqual([]);
  });

  it.each(['scale-dev-nightly', 'post-deploy-smoke', 'artifact-upload-hook', 'health-alarm'])('leave room for %s in a role', (job) => {
    expect(spokeRoleName('p'.repeat(LONGEST_PREFIX), job, 'ap-southeast-2').length).toBeLessThanOrEqual(64);
  });
});
