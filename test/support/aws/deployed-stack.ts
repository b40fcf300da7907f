import { readFile } from 'node:fs/promises';
import { type Deployment, resolveIntrinsics } from '../iam/resolve-intrinsics.ts';
import { type Json, listIn, type MotoApi } from './moto.ts';

export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Json;
  readonly DeletionPolicy?: string;
}

export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** A resource of the template, with its values as they are after the deployment. */
export interface DeployedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Json;
  /** Nothing when the emulator made nothing. */
  readonly physicalId: string | undefined;
  readonly retained: boolean;
}

export interface DeployedStack {
  readonly resources: readonly DeployedResource[];
  /** As the template has them; the emulator tells them only after an update. */
  readonly outputs: Json;
  /** The one resource of a type that `holds`, or the only one. */
  one(type: string, holds?: (properties: Json) => boolean): DeployedResource;
  all(type: string): readonly DeployedResource[];
}

/** A stack of the emulator beside the template that the CLI has synthesised for it. */
export async function readDeployedStack(moto: MotoApi, name: string, templateFile: string): Promise<DeployedStack> {
  const template = JSON.parse(await readFile(templateFile, 'utf8')) as Template;
  const answer = await moto.query('cloudformation', '2010-05-15', 'DescribeStackResources', { StackName: name });
  const made = listIn(answer, 'StackResources').filter(({ PhysicalResourceId }) => PhysicalResourceId != null);
  const physical = new Map(
    made.map(({ LogicalResourceId, PhysicalResourceId }) => [String(LogicalResourceId), String(PhysicalResourceId)]),
  );
  const deployment = deploymentOf(template, physical, { region: moto.caller.region, account: accountIn(answer) });
  const resources = Object.entries(template.Resources).map(([logicalId, { Type, Properties = {}, DeletionPolicy }]) => ({
    logicalId,
    type: Type,
    properties: resolveIntrinsics(Properties, deployment) as Json,
    physicalId: physical.get(logicalId),
    retained: DeletionPolicy !== undefined && DeletionPolicy !== 'Delete',
  }));
  const all = (type: string): readonly DeployedResource[] => resources.filter((resource) => resource.type === type);
  return {
    resources,
    outputs: Object.fromEntries(
      Object.entries(template.Outputs ?? {}).map(([output, { Value }]) => [output, resolveIntrinsics(Value, deployment)]),
    ),
    all,
    one: (type, holds = () => true) => {
      const [found, ...others] = all(type).filter(({ properties }) => holds(properties));
      if (!found || others.length > 0) throw new Error(`${found ? others.length + 1 : 0} resources of ${type} fit`);
      return found;
    },
  };
}

function accountIn(answer: Json): string {
  return String(listIn(answer, 'StackResources')[0]?.StackId).split(':')[4] ?? '';
}

interface Place {
  readonly region: string;
  readonly account: string;
}

function deploymentOf(template: Template, physical: ReadonlyMap<string, string>, place: Place): Deployment {
  const resources = [...physical].map(([id, ref]) => {
    const attributes = ATTRIBUTES[template.Resources[id]?.Type ?? '']?.(ref, place) ?? {};
    return [id, { ref, attributes }] as const;
  });
  return { ...place, resources: Object.fromEntries(resources) };
}

/**
 * What `Fn::GetAtt` gives, with ARNs in the forms of the service authorization reference. AWS writes `:*` after the ARN of a log group;
 * the emulator does not.
 */
const ATTRIBUTES: Readonly<Record<string, (ref: string, place: Place) => Readonly<Record<string, string>>>> = {
  'AWS::DynamoDB::Table': (ref, { region, account }) => ({ Arn: `arn:aws:dynamodb:${region}:${account}:table/${ref}` }),
  'AWS::IAM::Role': (ref, { account }) => ({ Arn: `arn:aws:iam::${account}:role/${ref}` }),
  'AWS::Lambda::Function': (ref, { region, account }) => ({ Arn: `arn:aws:lambda:${region}:${account}:function:${ref}` }),
  'AWS::Logs::LogGroup': (ref, { region, account }) => ({ Arn: `arn:aws:logs:${region}:${account}:log-group:${ref}` }),
  'AWS::S3::Bucket': (ref) => ({ Arn: `arn:aws:s3:::${ref}` }),
  'AWS::SQS::Queue': (ref, { region, account }) => {
    const QueueName = ref.split('/').at(-1) ?? '';
    return { QueueName, Arn: `arn:aws:sqs:${region}:${account}:${QueueName}` };
  },
};
