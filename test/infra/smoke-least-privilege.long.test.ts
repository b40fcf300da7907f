import type { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import { SANDBOX_ACCOUNT } from '../../sandbox/aws/identities.ts';
import { playSmokeScenarios } from '../support/iam/play-scenarios.ts';
import { policiesInTemplate, trustInTemplate } from '../support/iam/policies-in-template.ts';
import { grantsOf, tally, type UnusedGrant } from '../support/iam/tally.ts';
import { suitesIn, synthesise } from './stage.ts';

const region = 'eu-central-1';
const spoke = { account: '222233334444', region: 'us-east-1' };
const name = 'nightshift-dev-post-deploy-smoke';
const stateBucket = 'nightshift-state';
const repository = `arn:aws:ecr:${region}:${SANDBOX_ACCOUNT}:repository/shop`;

const file = `
version: 1
stages: { dev: { account: "${SANDBOX_ACCOUNT}", region: ${region} } }
clusters:
  - { name: dev, stage: dev }
  - { name: far, stage: dev, account: "${spoke.account}", region: ${spoke.region} }
sleep: { uptime: always }
routes: { slack: { webhookParameter: /nightshift/slack-webhook } }
smoke:
  suites:
    shop: { file: shop.yaml, app: shop, target: { cluster: dev, namespace: shop, name: web }, codeDeploy: [shop] }
  allow: [127.0.0.1]
  url: { tokenParameter: /nightshift/smoke-token }
  repositories: ["${repository}"]
`;
const suite = `
version: 1
allow: [127.0.0.1]
variables:
  base: { from: ssm /shop/base, secret: false }
  token: { from: ssm /shop/token }
  key: { from: "secretsManager shop/api#key" }
defaults: { retry: { attempts: 1 } }
checks:
  - name: home
    http: { url: "{{base}}/", headers: { x-token: "{{token}}", x-key: "{{key}}" } }
    assert: [{ body: { contains: "2.4.1" } }]
`;

const { app, template } = synthesise(file, FUNCTIONS, await suitesIn(file, { 'shop.yaml': suite }));
const spokeStack = app.node.children.find((child): child is Stack => child.node.id.includes('spoke'));
const spokeTemplate = Template.fromStack(spokeStack!);
const hubPolicies = policiesInTemplate(template, name, { account: SANDBOX_ACCOUNT, region, stateBucket });
const spokePolicies = policiesInTemplate(spokeTemplate, `${name}-${spoke.region}`, spoke);
const spokeTrust = trustInTemplate(spokeTemplate, `${name}-${spoke.region}`, spoke);
const parameters = Object.fromEntries(
  Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => [String(Properties.Name), String(Properties.Value)]),
);
const [recordsTable = ''] = Object.keys(template.findResources('AWS::DynamoDB::Table'));

const byLambda = 'Lambda itself does it with the role of the function';
const unusedForAReason: readonly UnusedGrant[] = [
  ...['logs:CreateLogStream', 'logs:PutLogEvents'].map((action) => ({
    action,
    resource: `arn:aws:logs:${region}:${SANDBOX_ACCOUNT}:log-group:/aws/lambda/${name}:*`,
    reason: byLambda,
  })),
  ...['xray:PutTraceSegments', 'xray:PutTelemetryRecords'].map((action) => ({ action, resource: '*', reason: byLambda })),
  { action: 'sqs:SendMessage', resource: `arn:aws:sqs:${region}:${SANDBOX_ACCOUNT}:${name}-failures`, reason: byLambda },
  {
    action: 'ecr:BatchGetImage',
    resource: repository,
    reason: 'the registry asks for it when the password is shown, which is no call of AWS',
  },
];

const options = {
  places: {
    roleArn: `arn:aws:iam::${SANDBOX_ACCOUNT}:role/${name}`,
    cluster: 'dev',
    stateBucket,
    recordsTable,
    policyParameter: '/nightshift-dev/post-deploy-smoke/policy',
    slackParameter: '/nightshift/slack-webhook',
    tokenParameter: '/nightshift/smoke-token',
    spoke: { cluster: 'far', roleArn: `arn:aws:iam::${spoke.account}:role/${name}-${spoke.region}` },
  },
  parameters,
  spokeTrust,
};

describe('the synthesised policies, enforced while post-deploy-smoke does all that it can', () => {
  it('allow every call, and nothing that no call needs, in the own account and in the spoke', async () => {
    const played = await playSmokeScenarios({ ...options, policies: { hub: hubPolicies, spoke: spokePolicies } });

    expect(played.failed).toBeUndefined();
    expect(played.calls.hub.length).toBeGreaterThan(30);
    expect(tally(hubPolicies, played.calls.hub, unusedForAReason)).toEqual({ denied: [], unused: [], wrongReasons: [] });
    expect(tally(spokePolicies, played.calls.spoke)).toEqual({ denied: [], unused: [], wrongReasons: [] });
  });

  const needed = grantsOf(hubPolicies).filter(
    (grant) => !unusedForAReason.some(({ action, resource }) => action === grant.action && resource === grant.resource),
  );

  it('are many', () => {
    expect(needed.length).toBeGreaterThan(15);
  });

  it.each(needed)('fail a scenario without $action on $resource', async (missing) => {
    const Statement = grantsOf(hubPolicies)
      .filter(({ action, resource }) => action !== missing.action || resource !== missing.resource)
      .map(({ action, resource }) => ({ Effect: 'Allow' as const, Action: action, Resource: resource }));

    const played = await playSmokeScenarios({
      ...options,
      policies: { hub: [{ Version: '2012-10-17', Statement }], spoke: spokePolicies },
    });

    expect(played.failed).toBeDefined();
  });
});
