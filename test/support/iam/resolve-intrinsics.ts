/** What a template's resource is after its deployment. */
export interface PhysicalResource {
  /** What `Ref` gives: a name, mostly. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives, by attribute: `Arn`, mostly. */
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface Deployment {
  readonly region: string;
  readonly account: string;
  /** Resources and parameters by logical id. */
  readonly resources: Readonly<Record<string, PhysicalResource>>;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A value of a CloudFormation template as it is after the deployment: Ref, Fn::GetAtt, Fn::Join, Fn::Sub and the pseudo parameters.
 * @throws Error for another intrinsic, and for a resource or attribute that the deployment does not have
 */
export function resolveIntrinsics(value: unknown, deployment: Deployment): unknown {
  if (Array.isArray(value)) return value.map((item) => resolveIntrinsics(item, deployment));
  if (!isObject(value)) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  if (others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'))) return intrinsic(name, argument, deployment);
  const misplaced = Object.keys(value).find((key) => key === 'Ref' || key.startsWith('Fn::'));
  if (misplaced !== undefined) throw new Error(`${misplaced} stands beside other fields: ${JSON.stringify(value)}`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolveIntrinsics(item, deployment)]));
}

function intrinsic(name: string, argument: unknown, deployment: Deployment): string {
  switch (name) {
    case 'Ref':
      return refOf(textOf(argument, name), deployment);
    case 'Fn::GetAtt':
      return attributeOf(argument, deployment);
    case 'Fn::Join':
      return join(argument, deployment);
    case 'Fn::Sub':
      return substitute(argument, deployment);
    default:
      throw new Error(`the intrinsic ${name} is not resolved here: ${JSON.stringify(argument)}`);
  }
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new Error(`${name} takes a text here, not ${JSON.stringify(value)}`);
  return value;
}

function pseudoParameters({ region, account }: Deployment): Readonly<Record<string, string>> {
  return { 'AWS::Partition': 'aws', 'AWS::Region': region, 'AWS::AccountId': account, 'AWS::URLSuffix': 'amazonaws.com' };
}

function refOf(id: string, deployment: Deployment): string {
  const found = pseudoParameters(deployment)[id] ?? deployment.resources[id]?.ref;
  if (found === undefined) throw new Error(`Ref ${id}: the deployment has no such resource`);
  return found;
}

/** `[id, attribute]`, or `id.attribute` as YAML writes it. */
function attributeOf(argument: unknown, deployment: Deployment): string {
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : textOf(argument, 'Fn::GetAtt').split('.');
  const [id, ...attribute] = parts.map((part) => textOf(part, 'Fn::GetAtt'));
  const name = attribute.join('.');
  const found = deployment.resources[id ?? '']?.attributes?.[name];
  if (found === undefined) throw new Error(`Fn::GetAtt ${id}.${name}: the deployment has no such attribute`);
  return found;
}

function join(argument: unknown, deployment: Deployment): string {
  const [delimiter, list] = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
  if (!Array.isArray(list)) throw new Error(`Fn::Join takes a delimiter and a list, not ${JSON.stringify(argument)}`);
  return list.map((item) => textOf(resolveIntrinsics(item, deployment), 'Fn::Join')).join(textOf(delimiter, 'Fn::Join'));
}

/** `${Id}`, `${Id.Attribute}`, `${!literal}`; a second argument has values of its own. */
function substitute(argument: unknown, deployment: Deployment): string {
  const [template, variables] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
  if (variables !== undefined && !isObject(variables)) throw new Error(`Fn::Sub takes a map, not ${JSON.stringify(variables)}`);
  return textOf(template, 'Fn::Sub').replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const given = variables?.[name];
    if (given !== undefined) return textOf(resolveIntrinsics(given, deployment), 'Fn::Sub');
    return name.includes('.') ? attributeOf(name, deployment) : refOf(name, deployment);
  });
}
