import { describe, expect, it } from 'vitest';
import { foreignPolicies, identityPolicies, rolePolicies } from '../../../support/iam/policies-in-template.ts';
import type { TemplateResources } from '../../../support/iam/template-resources.ts';

const policy = (Action: string) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });
const arn = 'arn:aws:iam::111122223333:policy/Managed';

const resources: TemplateResources = {
  Role: {
    Type: 'AWS::IAM::Role',
    Properties: { RoleName: 'hub', Policies: [{ PolicyName: 'p', PolicyDocument: policy('s3:Inline') }], ManagedPolicyArns: [arn] },
  },
  Other: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy('sts:AssumeRole') } },
  Plain: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['hub'], PolicyDocument: policy('s3:Plain') } },
  Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: policy('s3:ByArn') } },
  Given: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: ['hub'], PolicyDocument: policy('s3:ByRoles') } },
  Own: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'hub', PolicyDocument: policy('s3:Own') } },
  Strange: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['Other'], PolicyDocument: policy('s3:Strange') } },
  Group: { Type: 'AWS::IAM::Group', Properties: { Policies: [{ PolicyName: 'p', PolicyDocument: policy('s3:Group') }] } },
  Topic: { Type: 'AWS::SNS::TopicPolicy', Properties: { PolicyDocument: policy('sns:Publish') } },
};

const actionsOf = (documents: readonly { readonly Statement: unknown }[]) =>
  documents.map(({ Statement }) => (Statement as { Action: string }).Action);

describe('the policies of a template', () => {
  it('are found in every kind of resource that gives one to an identity, and trust and resource policies are none of them', () => {
    expect(actionsOf(identityPolicies(resources).map(({ document }) => document))).toEqual([
      's3:Inline',
      's3:Plain',
      's3:ByArn',
      's3:ByRoles',
      's3:Own',
      's3:Strange',
      's3:Group',
    ]);
  });

  it('of one role are all that it has, in whatever way it got them', () => {
    expect(actionsOf(rolePolicies(resources, 'hub'))).toEqual(['s3:Inline', 's3:Plain', 's3:ByArn', 's3:ByRoles', 's3:Own']);
    expect(actionsOf(rolePolicies(resources, 'Other'))).toEqual(['s3:Strange']);
  });

  it('do not show what a policy of somebody else allows, so a role that has one is refused', () => {
    const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
    const widened = { ...resources, Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'hub', ManagedPolicyArns: [admin, arn] } } };

    expect(foreignPolicies(resources)).toEqual([]);
    expect(foreignPolicies(widened)).toEqual([admin]);
    expect(() => rolePolicies(widened, 'hub')).toThrow(`hub has policies that the template does not show: ${admin}`);
    expect(() => rolePolicies(resources, 'nobody')).toThrow('no role called nobody');
  });
});
