import { describe, expect, it } from 'vitest';
import { FUNCTIONS } from '../../infra/functions/all.ts';
import { evaluateFor, type Verdict } from '../../sandbox/aws/iam/evaluate.ts';
import { readTrustPolicy } from '../../sandbox/aws/iam/read-resource-policy.ts';
import { rolePolicies } from '../support/iam/policies-in-template.ts';
import { grantsOf } from '../support/iam/tally.ts';
import { hub, hubResources, one, prefix, propertiesOf, spoke, spokeResources } from './whole-stage.ts';

const entering = FUNCTIONS.flatMap(({ job, kubernetesGroup }) => (kubernetesGroup === undefined ? [] : [{ job, kubernetesGroup }]));

interface Target {
  readonly name: string;
  readonly roleArn: string;
  readonly externalId: string;
}

/** What the stage tells a function of the cluster in the other account. */
function toldOf(job: string): Target {
  const { Value } = one(hubResources, 'AWS::SSM::Parameter', 'Name', `/${prefix}/${job}/policy`);
  const { clusters } = JSON.parse(String(Value)) as { readonly clusters: readonly Target[] };
  const far = clusters.find(({ name }) => name === 'far');
  if (!far) throw new Error(`the policy of ${job} has no cluster far`);
  return far;
}

describe('the stack in the account of another cluster', () => {
  it('has a role for each function that enters clusters, and for no other', () => {
    expect(propertiesOf(spokeResources, 'AWS::IAM::Role').map(({ RoleName }) => RoleName)).toEqual(
      entering.map(({ job }) => `${prefix}-${job}-${spoke.region}`),
    );
  });

  describe.each(entering)('the role of $job', ({ job, kubernetesGroup }) => {
    const roleName = `${prefix}-${job}-${spoke.region}`;
    const role = one(spokeResources, 'AWS::IAM::Role', 'RoleName', roleName);
    const functionRole = `arn:aws:iam::${hub.account}:role/${prefix}-${job}`;

    function trusts(roleArn: string, externalId: string | undefined): Verdict {
      const arn = roleArn.replace(':iam:', ':sts:').replace(/:role\/(.*)$/, ':assumed-role/$1/session');
      const trust = readTrustPolicy(role.AssumeRolePolicyDocument, roleName);
      const context = { 'aws:PrincipalArn': roleArn, ...(externalId !== undefined && { 'sts:ExternalId': externalId }) };
      return evaluateFor({ kind: 'identity', arn, roleArn }, trust, { action: 'sts:AssumeRole', resource: '*', context });
    }

    it('is the one that the function is told of, and lets it in with the external id that it is told', () => {
      const { roleArn, externalId } = toldOf(job);

      expect(roleArn).toBe(`arn:aws:iam::${spoke.account}:role/${roleName}`);
      expect(externalId).toBe(prefix);
      expect(trusts(functionRole, externalId)).toBe('allowed');
    });

    it.each([
      ['the function with another external id', functionRole, 'wrong'],
      ['the function without one', functionRole, undefined],
      ['another role of its account', `arn:aws:iam::${hub.account}:role/nobody`, prefix],
      ['a role whose name begins like that of the function', `${functionRole}-2`, prefix],
      ['a role of the same name in its own account', functionRole.replace(hub.account, spoke.account), prefix],
      ['a role of the same name in any other', functionRole.replace(hub.account, '999988887777'), prefix],
    ])('keeps out %s', (_, roleArn, externalId) => {
      expect(trusts(roleArn, externalId)).toBe('not allowed');
    });

    it('may describe the cluster, and nothing else', () => {
      expect(grantsOf(rolePolicies(spokeResources, roleName))).toEqual([
        { action: 'eks:DescribeCluster', resource: `arn:aws:eks:${spoke.region}:${spoke.account}:cluster/far` },
      ]);
    });

    it('is its group in the cluster', () => {
      const entries = propertiesOf(spokeResources, 'AWS::EKS::AccessEntry');

      expect(entries.filter(({ PrincipalArn }) => PrincipalArn === toldOf(job).roleArn)).toEqual([
        { ClusterName: 'far', PrincipalArn: toldOf(job).roleArn, KubernetesGroups: [kubernetesGroup], Type: 'STANDARD' },
      ]);
    });
  });
});
