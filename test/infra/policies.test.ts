import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { foreignPolicies, identityPolicies } from '../support/iam/policies-in-template.ts';
import { deployedResources } from '../support/iam/template-resources.ts';
import { leastFile, synthesise, vpcFile } from './stage.ts';
import { app, hub, hubResources, jobs, prefix, spokeResources, stacks } from './whole-stage.ts';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

const listOf = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
const isWild = (pattern: string): boolean => /[*?]/.test(pattern);

function statementsIn(resources: Parameters<typeof identityPolicies>[0]): readonly Statement[] {
  return identityPolicies(resources).flatMap(({ document }) => listOf(document.Statement) as readonly Statement[]);
}

/** Every stack of every kind of stage: hubs, spokes, what lies beside them. */
const everyStack = [app, synthesise(vpcFile).app, synthesise(leastFile).app]
  .flatMap(({ node }) => node.children)
  .filter((child): child is Stack => child instanceof Stack)
  .map((stack) => [stack.node.path, deployedResources(Template.fromStack(stack), hub)] as const);

describe('the stacks whose policies are read', () => {
  it('are hubs and spokes', () => {
    expect(everyStack.map(([path]) => path)).toEqual(
      expect.arrayContaining(['nightshift-dev', 'nightshift-dev-spoke-222233334444-us-east-1', 'nightshift-prod']),
    );
    expect(everyStack.filter(([, resources]) => statementsIn(resources).length > 0).length).toBeGreaterThanOrEqual(4);
  });
});

describe.each(everyStack)('the policies of %s', (_, resources) => {
  const allowing = statementsIn(resources).filter(({ Effect }) => Effect === 'Allow');

  it('allow no action by a wildcard, and none by leaving others out', () => {
    expect(allowing.flatMap(({ Action }) => listOf(Action)).filter(isWild)).toEqual([]);
    expect(allowing.filter((statement) => 'NotAction' in statement || 'NotResource' in statement)).toEqual([]);
  });

  it('are all to be read here: nobody has a policy of AWS or of another stack', () => {
    expect(foreignPolicies(resources)).toEqual([]);
  });
});

describe('the resources that a statement names by a wildcard', () => {
  const wild = statementsIn({ ...hubResources, ...spokeResources }).filter(
    ({ Effect, Resource }) => Effect === 'Allow' && listOf(Resource).some(isWild),
  );
  const permissions = stacks.flatMap(({ automations }) => automations.flatMap(({ role }) => role.permissions));

  it('are these', () => {
    const logs = jobs.map((job) => `WriteLog arn:aws:logs:${hub.region}:${hub.account}:log-group:/aws/lambda/${prefix}-${job}:*`);
    const named = wild.flatMap(({ Sid, Resource }) => listOf(Resource).map((resource) => `${Sid} ${resource}`));

    expect([...new Set(named)].sort()).toEqual([
      'AnswerCodeDeploy *',
      'AnswerCodePipeline *',
      'CallVpcLatticeSvcs arn:aws:vpc-lattice-svcs:eu-central-1:111122223333:service/svc-0a1b2c3d4e5f6a7b8/*',
      'EnterRegistry *',
      'KeepOriginalsAndReports arn:aws:s3:::state/reports/*',
      'KeepOriginalsAndReports arn:aws:s3:::state/runs/*',
      'KeepReports arn:aws:s3:::state/reports/*',
      'KeepReports arn:aws:s3:::state/smoke/*',
      'ReadSecrets arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/api-??????',
      'ReadSecrets arn:aws:secretsmanager:eu-central-1:111122223333:secret:shop/pass-a1B2c3',
      'SendTraces *',
      ...logs.sort(),
    ]);
  });

  it('have a reason each', () => {
    expect(wild.length).toBeGreaterThan(3);
    for (const { Sid = 'a statement without a name', Action } of wild) {
      const known = permissions.filter(({ sid, actions }) => sid === Sid && listOf(Action).every((action) => actions.includes(action)));

      expect(known.length, Sid).toBeGreaterThan(0);
      for (const { wildcardReason } of known) expect(wildcardReason, Sid).toMatch(/\w+ \w+ \w+/);
    }
  });

  it('are no reason to go without one: every statement has its own', () => {
    expect(permissions.length).toBeGreaterThan(5);
    for (const { sid, reason } of permissions) expect(reason, sid).toMatch(/\w+ \w+ \w+/);
  });
});
