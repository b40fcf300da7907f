import type { Template } from 'aws-cdk-lib/assertions';
import { type PhysicalResource, resolveIntrinsics } from './resolve-intrinsics.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** By logical id. */
export type TemplateResources = Readonly<Record<string, TemplateResource>>;

/** Where a template is deployed. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  /** What the one versioned bucket of the template is called once it is there. */
  readonly stateBucket?: string;
}

export function resourcesOf(template: Template): TemplateResources {
  const { Resources } = template.toJSON() as { readonly Resources: Readonly<Record<string, Partial<TemplateResource>>> };
  return Object.fromEntries(Object.entries(Resources).map(([id, { Type = '', Properties = {} }]) => [id, { Type, Properties }]));
}

/** The resources with every reference followed, as they are once the template is deployed. @throws Error for an intrinsic that has no rule here */
export function deployedResources(template: Template, surroundings: Surroundings): TemplateResources {
  const resources = resourcesOf(template);
  const deployment = { ...surroundings, resources: physicalResources(resources, surroundings) };
  return Object.fromEntries(
    Object.entries(resources).map(([id, { Type, Properties }]) => [
      id,
      { Type, Properties: resolveIntrinsics(Properties, deployment) as TemplateResource['Properties'] },
    ]),
  );
}

interface Kind {
  /** The property that may hold the name. */
  readonly nameIn: string;
  readonly physical: (name: string, where: Surroundings) => PhysicalResource;
}

const byName = (arn: (name: string, where: Surroundings) => string): Kind['physical'] => {
  return (name, where) => ({ ref: name, attributes: { Arn: arn(name, where) } });
};

/** What `Ref` and `Fn::GetAtt` give for the types that are referred to. */
const kinds: Readonly<Record<string, Kind>> = {
  'AWS::S3::Bucket': { nameIn: 'BucketName', physical: byName((name) => `arn:aws:s3:::${name}`) },
  'AWS::Logs::LogGroup': {
    nameIn: 'LogGroupName',
    physical: byName((name, { account, region }) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`),
  },
  'AWS::Lambda::Function': {
    nameIn: 'FunctionName',
    physical: byName((name, { account, region }) => `arn:aws:lambda:${region}:${account}:function:${name}`),
  },
  'AWS::IAM::Role': { nameIn: 'RoleName', physical: byName((name, { account }) => `arn:aws:iam::${account}:role/${name}`) },
  'AWS::IAM::ManagedPolicy': {
    nameIn: 'ManagedPolicyName',
    physical: (name, { account }) => ({ ref: `arn:aws:iam::${account}:policy/${name}` }),
  },
  'AWS::EC2::SecurityGroup': { nameIn: 'GroupName', physical: (name) => ({ ref: name, attributes: { GroupId: name } }) },
  'AWS::DynamoDB::Table': {
    nameIn: 'TableName',
    physical: byName((name, { account, region }) => `arn:aws:dynamodb:${region}:${account}:table/${name}`),
  },
  'AWS::Events::Rule': {
    nameIn: 'Name',
    physical: byName((name, { account, region }) => `arn:aws:events:${region}:${account}:rule/${name}`),
  },
  'AWS::SNS::Topic': {
    nameIn: 'TopicName',
    physical: (name, { account, region }) => ({ ref: `arn:aws:sns:${region}:${account}:${name}`, attributes: { TopicName: name } }),
  },
  'AWS::SQS::Queue': {
    nameIn: 'QueueName',
    physical: (name, { account, region }) => ({
      ref: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
      attributes: { Arn: `arn:aws:sqs:${region}:${account}:${name}`, QueueName: name },
    }),
  },
};

/** Of those whose name AWS makes up, the logical id stands for it. */
function physicalResources(resources: TemplateResources, where: Surroundings): Readonly<Record<string, PhysicalResource>> {
  return Object.fromEntries(
    Object.entries(resources).map(([id, resource]) => {
      const kind = kinds[resource.Type];
      return [id, kind ? kind.physical(nameOf(id, resource, kind, where), where) : { ref: id }];
    }),
  );
}

function nameOf(id: string, { Type, Properties }: TemplateResource, { nameIn }: Kind, { stateBucket = 'state' }: Surroundings): string {
  const given = Properties[nameIn];
  if (typeof given === 'string') return given;
  if (Type !== 'AWS::S3::Bucket') return id;
  return Properties.VersioningConfiguration ? stateBucket : id.toLowerCase();
}
