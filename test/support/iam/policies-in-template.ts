import type { Template } from 'aws-cdk-lib/assertions';
import type { PolicyDocument, TrustPolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import { deployedResources, type Surroundings, type TemplateResource, type TemplateResources } from './template-resources.ts';

/** An identity-based policy of a template. */
export interface TemplatePolicy {
  /** Logical id of the resource that it is, or that it stands in. */
  readonly id: string;
  readonly document: PolicyDocument;
}

interface Inline {
  readonly PolicyDocument: PolicyDocument;
}

const listOf = <T>(value: unknown): readonly T[] => (value === undefined ? [] : Array.isArray(value) ? value : [value as T]);

/** Every policy that a template gives to anybody, of whatever kind: AWS::IAM::Policy, ManagedPolicy, RolePolicy and the like, and those within a role, user or group. */
export function identityPolicies(resources: TemplateResources): readonly TemplatePolicy[] {
  return Object.entries(resources)
    .filter(([, { Type }]) => Type.startsWith('AWS::IAM::'))
    .flatMap(([id, { Properties }]) => [
      ...listOf<PolicyDocument>(Properties.PolicyDocument).map((document) => ({ id, document })),
      ...listOf<Inline>(Properties.Policies).map(({ PolicyDocument: document }) => ({ id, document })),
    ]);
}

/** The ARNs of policies that resources have and the template does not show: AWS's own, or made elsewhere. */
export function foreignPolicies(resources: TemplateResources): readonly string[] {
  return Object.values(resources)
    .filter(({ Type }) => Type.startsWith('AWS::IAM::'))
    .flatMap(({ Properties }) => [...listOf<string>(Properties.ManagedPolicyArns), ...listOf<string>(Properties.PermissionsBoundary)])
    .filter((arn) => managed(resources, arn) === undefined);
}

/** The policies of the role of that name, as IAM would get them. @throws Error for a role that has some that the template does not show */
export function rolePolicies(resources: TemplateResources, roleName: string): readonly PolicyDocument[] {
  const [roleId, role] = roleIn(resources, roleName);
  const foreign = foreignPolicies({ [roleId]: role, ...ofType(resources, 'AWS::IAM::ManagedPolicy') });
  if (foreign.length > 0) throw new Error(`${roleName} has policies that the template does not show: ${foreign.join(', ')}`);
  const attached = listOf<string>(role.Properties.ManagedPolicyArns).map((arn) => managed(resources, arn));
  return identityPolicies(resources)
    .filter(({ id }) => id === roleId || attached.includes(id) || isGivenTo(resources[id]?.Properties ?? {}, roleId, roleName))
    .map(({ document }) => document);
}

/** {@link rolePolicies} of a template that is not deployed yet. */
export function policiesInTemplate(template: Template, roleName: string, surroundings: Surroundings): readonly PolicyDocument[] {
  return rolePolicies(deployedResources(template, surroundings), roleName);
}

/** The trust policy of the role of that name. */
export function trustInTemplate(template: Template, roleName: string, surroundings: Surroundings): TrustPolicyDocument {
  const [, { Properties }] = roleIn(deployedResources(template, surroundings), roleName);
  return Properties.AssumeRolePolicyDocument as TrustPolicyDocument;
}

function roleIn(resources: TemplateResources, roleName: string): [string, TemplateResource] {
  const found = Object.entries(ofType(resources, 'AWS::IAM::Role')).find(
    ([id, { Properties }]) => (Properties.RoleName ?? id) === roleName,
  );
  if (found === undefined) throw new Error(`the template has no role called ${roleName}`);
  return found;
}

function ofType(resources: TemplateResources, type: string): TemplateResources {
  return Object.fromEntries(Object.entries(resources).filter(([, { Type }]) => Type === type));
}

/** The logical id of a managed policy of the template. */
function managed(resources: TemplateResources, arn: string): string | undefined {
  return Object.entries(ofType(resources, 'AWS::IAM::ManagedPolicy')).find(([id, { Properties }]) =>
    arn.endsWith(`:policy/${Properties.ManagedPolicyName ?? id}`),
  )?.[0];
}

function isGivenTo({ Roles, RoleName }: TemplateResource['Properties'], roleId: string, roleName: string): boolean {
  const names = [...listOf<string>(Roles), ...listOf<string>(RoleName)];
  return names.includes(roleName) || names.includes(roleId);
}
