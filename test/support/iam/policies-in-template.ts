import type { Template } from 'aws-cdk-lib/assertions';
import type { PolicyDocument } from '../../../sandbox/aws/iam/policy-document.ts';
import { resolveIntrinsics } from './resolve-intrinsics.ts';

export interface Surroundings {
  readonly account: string;
  readonly region: string;
  /** What the one versioned bucket of the template is called once it is there. */
  readonly stateBucket?: string;
}

interface Resource {
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The policies of the role of that name in a synthesised template, as IAM would get them. */
export function policiesInTemplate(template: Template, roleName: string, surroundings: Surroundings): readonly PolicyDocument[] {
  const find = (type: string): [string, Resource][] => Object.entries(template.findResources(type) as Record<string, Resource>);
  const role = find('AWS::IAM::Role').find(([, { Properties }]) => Properties.RoleName === roleName)?.[0];
  if (role === undefined) throw new Error(`the template has no role called ${roleName}`);
  return find('AWS::IAM::Policy')
    .filter(([, { Properties }]) => (Properties.Roles as readonly { readonly Ref?: string }[]).some(({ Ref }) => Ref === role))
    .map(
      ([, { Properties }]) =>
        resolveIntrinsics(Properties.PolicyDocument, { ...surroundings, resources: physical(find, surroundings) }) as PolicyDocument,
    );
}

type Find = (type: string) => readonly [string, Resource][];

/** Names and ARNs that the resources would have; of those whose name AWS makes up, the logical id stands for it. */
function physical(
  find: Find,
  { account, region, stateBucket = 'state' }: Surroundings,
): Record<string, { ref: string; attributes: { Arn: string } }> {
  const named = (type: string, name: (id: string, resource: Resource) => string, arn: (name: string) => string) =>
    find(type).map(([id, resource]) => [id, { ref: name(id, resource), attributes: { Arn: arn(name(id, resource)) } }] as const);
  const property =
    (key: string) =>
    (id: string, { Properties }: Resource) =>
      typeof Properties[key] === 'string' ? Properties[key] : id;
  return Object.fromEntries([
    ...named(
      'AWS::S3::Bucket',
      (id, { Properties }) => (Properties.VersioningConfiguration ? stateBucket : id.toLowerCase()),
      (name) => `arn:aws:s3:::${name}`,
    ),
    ...named('AWS::Logs::LogGroup', property('LogGroupName'), (name) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`),
    ...named('AWS::SQS::Queue', property('QueueName'), (name) => `arn:aws:sqs:${region}:${account}:${name}`),
  ]);
}
