import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import { SANDBOX_ACCOUNT } from '../../sandbox/aws/identities.ts';
import { startAwsSandbox } from '../../sandbox/aws/server.ts';
import { documentedPolicy } from '../support/iam/documented-policy.ts';
import { playScenarios } from '../support/iam/play-scenarios.ts';
import { policiesInTemplate, trustInTemplate } from '../support/iam/policies-in-template.ts';
import { scaleScenarios } from '../support/iam/scale-scenarios.ts';
import { grantsOf, tally, type UnusedGrant } from '../support/iam/tally.ts';
import { roleManifest } from '../support/manifest.ts';
import { synthesise } from './stage.ts';

const region = 'eu-central-1';
const spoke = { account: '222233334444', region: 'us-east-1' };
const name = 'nightshift-dev-scale-dev-nightly';
const stateBucket = 'nightshift-state';

const { app, template } = synthesise(`
version: 1
stages: { dev: { account: "${SANDBOX_ACCOUNT}", region: ${region} } }
clusters:
  - { name: dev, stage: dev }
  - { name: far, stage: dev, account: "${spoke.account}", region: ${spoke.region} }
sleep: { uptime: Mon-Fri 07:00-19:00 Europe/Berlin }
routes: { slack: { webhookParameter: /nightshift/slack-webhook } }
`);
const spokeStack = app.node.children.find((child): child is Stack => child.node.id.includes('spoke'));

const hubPolicies = policiesInTemplate(template, name, { account: SANDBOX_ACCOUNT, region, stateBucket });
const spokeTemplate = Template.fromStack(spokeStack!);
const spokePolicies = policiesInTemplate(spokeTemplate, `${name}-${spoke.region}`, spoke);
const spokeTrust = trustInTemplate(spokeTemplate, `${name}-${spoke.region}`, spoke);
const parameters = Object.fromEntries(
  Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => [String(Properties.Name), String(Properties.Value)]),
);

/** What Lambda does with the function's role, around the function: no call of ours, so no call that the sandbox sees. */
const byLambda = 'Lambda itself does it with the role of the function';
const unusedForAReason: readonly UnusedGrant[] = [
  ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
    action,
    resource: `arn:aws:logs:${region}:${SANDBOX_ACCOUNT}:log-group:/aws/lambda/${name}:*`,
    reason: byLambda,
  })),
  ...['xray:PutTraceSegments', 'xray:PutTelemetryRecords'].map((action) => ({ action, resource: '*', reason: byLambda })),
  { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${region}:${SANDBOX_ACCOUNT}:${name}-failures`, reason: byLambda },
];

const [policyParameter = ''] = Object.keys(parameters);
const places = {
  roleArn: `arn:aws:iam::${SANDBOX_ACCOUNT}:role/${name}`,
  cluster: 'dev',
  stateBucket,
  statePrefix: '',
  policyParameter,
  slackParameter: '/nightshift/slack-webhook',
  spoke: {
    cluster: 'far',
    region: spoke.region,
    roleArn: `arn:aws:iam::${spoke.account}:role/${name}-${spoke.region}`,
    externalId: 'nightshift-dev',
  },
};

describe('the synthesised policies, enforced while scale-dev-nightly does all that it can', () => {
  it('allow every call, and nothing that no call needs, in the own account and in the spoke', async () => {
    const played = await playScenarios({ places, parameters, spokeTrust, policies: { hub: hubPolicies, spoke: spokePolicies } });

    expect(played.failed).toBeUndefined();
    expect(played.calls.hub.length).toBeGreaterThan(20);
    expect(tally(hubPolicies, played.calls.hub, unusedForAReason)).toEqual({ denied: [], unused: [], wrongReasons: [] });
    expect(tally(spokePolicies, played.calls.spoke)).toEqual({ denied: [], unused: [], wrongReasons: [] });
  });

  it('fail a scenario as soon as one of them is missing', async () => {
    const needed = grantsOf(hubPolicies).filter(
      (grant) => !unusedForAReason.some(({ action, resource }) => action === grant.action && resource === grant.resource),
    );
    expect(needed.length).toBeGreaterThan(6);

    for (const missing of needed) {
      const statements = grantsOf(hubPolicies).filter(({ action, resource }) => action !== missing.action || resource !== missing.resource);
      const hub = [
        {
          Version: '2012-10-17' as const,
          Statement: statements.map(({ action, resource }) => ({ Effect: 'Allow' as const, Action: action, Resource: resource })),
        },
      ];
      const played = await playScenarios({ places, parameters, spokeTrust, policies: { hub, spoke: spokePolicies } });

      expect(played.failed, `without ${missing.action} on ${missing.resource}`).toBeDefined();
    }
  });
});

describe('the synthesised trust of the role in the other account', () => {
  const { roleArn, externalId } = places.spoke;

  /** What STS answers to somebody whose own policies forbid nothing. */
  async function answerTo(caller: string, input: { readonly ExternalId?: string }): Promise<string> {
    const sandbox = await startAwsSandbox({ roles: { [roleArn]: { trust: spokeTrust, policies: spokePolicies } } });
    onTestFinished(() => sandbox.close());
    const { endpoint } = sandbox;
    const credentials = sandbox.openSession({ roleArn: caller, sessionName: name, expiresAt: Date.now() + 600_000 });
    const sts = new STSClient({ endpoint, region, credentials, maxAttempts: 1 });
    return sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: name, ...input })).then(
      ({ AssumedRoleUser }) => String(AssumedRoleUser?.Arn),
      (error: Error) => error.name,
    );
  }

  it('lets a session of the function in, with the external id', async () => {
    expect(await answerTo(places.roleArn, { ExternalId: externalId })).toBe(
      `arn:aws:sts::${spoke.account}:assumed-role/${name}-${spoke.region}/${name}`,
    );
  });

  it.each([
    ['the function with another external id', places.roleArn, { ExternalId: 'nightshift-prod' }],
    ['the function without an external id', places.roleArn, {}],
    ['another role of the account', `arn:aws:iam::${SANDBOX_ACCOUNT}:role/nightshift-prod-scale-dev-nightly`, { ExternalId: externalId }],
    ['a role whose name begins like that of the function', `${places.roleArn}-2`, { ExternalId: externalId }],
    ['a role of that name in another account', `arn:aws:iam::999988887777:role/${name}`, { ExternalId: externalId }],
    ['a role of that name in its own account', `arn:aws:iam::${spoke.account}:role/${name}`, { ExternalId: externalId }],
  ])('keeps out %s', async (_, caller, input) => {
    expect(await answerTo(caller, input)).toBe('AccessDenied');
  });

  it('keeps the function from its night as soon as it is another function', async () => {
    const other = { ...places, roleArn: `${places.roleArn}-2` };

    const played = await playScenarios({ places: other, parameters, spokeTrust, policies: { hub: hubPolicies, spoke: spokePolicies } });

    expect(played.failed?.scenario).toBe(scaleScenarios[0]?.name);
    expect(played.calls.spoke).toEqual([]);
  });
});

describe('the policy on the page of scale-dev-nightly', () => {
  it('asks for the very actions that the stack grants', () => {
    const page = documentedPolicy({ BUCKET: stateBucket, PREFIX: '', CLUSTER: 'dev', ROLEARN: places.spoke.roleArn });
    const byTheStack = grantsOf(hubPolicies).filter(({ action }) => !unusedForAReason.some((unused) => unused.action === action));

    expect(new Set(grantsOf([page]).map(({ action }) => action))).toEqual(new Set(byTheStack.map(({ action }) => action)));
  });
});

describe('the group of the access entries', () => {
  it.each(FUNCTIONS)('of $job is the one that its manifest binds', ({ job, kubernetesGroup }) => {
    const { binding } = roleManifest(job);

    expect(binding.subjects).toEqual([{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: kubernetesGroup }]);
  });
});
