/** By what a profile of the AWS configuration comes to credentials: keys in the file, a login, a program, a role, a token. */
export type ProfileWay = 'keys' | 'sso' | 'login' | 'process' | 'role' | 'web-identity';

/** Which provider of the AWS SDK's default chain gave the credentials. */
export type CredentialSource =
  | { readonly kind: 'environment' }
  | { readonly kind: 'profile'; readonly profile: string; readonly way: ProfileWay }
  | { readonly kind: 'web-identity'; readonly tokenFile: string; readonly roleArn: string }
  | { readonly kind: 'container'; readonly service: ContainerService; readonly host: string }
  | { readonly kind: 'instance-metadata' };

/** `container` is any other endpoint that speaks the same protocol, that of CloudShell or of Greengrass. */
export type ContainerService = 'ecs' | 'eks-pod-identity' | 'container';

type Environment = Readonly<Record<string, string | undefined>>;

/** Marks that the SDK's providers leave on credentials (`$source`), the most telling first: a role of a profile has those of its source as well. */
const profileWays: readonly (readonly [mark: string, way: ProfileWay])[] = [
  ['CREDENTIALS_PROFILE_SOURCE_PROFILE', 'role'],
  ['CREDENTIALS_PROFILE_NAMED_PROVIDER', 'role'],
  ['CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN', 'web-identity'],
  ['CREDENTIALS_PROFILE_SSO', 'sso'],
  ['CREDENTIALS_PROFILE_SSO_LEGACY', 'sso'],
  ['CREDENTIALS_PROFILE_LOGIN', 'login'],
  ['CREDENTIALS_PROFILE_PROCESS', 'process'],
  ['CREDENTIALS_PROFILE', 'keys'],
];

/** Where credentials came from, by the marks on them and the environment that the chain was led by. */
export function credentialSource(credentials: object, env: Environment): CredentialSource {
  const marks: unknown = Reflect.get(credentials, '$source');
  const has = (mark: string): boolean => typeof marks === 'object' && marks !== null && mark in marks;
  const way = profileWays.find(([mark]) => has(mark))?.[1];
  if (way) return { kind: 'profile', profile: profileName(env), way };
  if (has('CREDENTIALS_ENV_VARS')) return { kind: 'environment' };
  return (has('CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN') ? webIdentity(env) : container(env)) ?? { kind: 'instance-metadata' };
}

/**
 * Where the chain must have stopped when it gave nothing: what the environment points to is not passed over. `undefined` when it points nowhere, and a default
 * profile and the instance are all that was left to ask.
 */
export function soughtSource(env: Environment): CredentialSource | undefined {
  if (env.AWS_PROFILE) return { kind: 'profile', profile: env.AWS_PROFILE, way: 'keys' };
  if (env.AWS_ACCESS_KEY_ID && env.AWS_SECRET_ACCESS_KEY) return { kind: 'environment' };
  return webIdentity(env) ?? container(env);
}

export function profileName(env: Environment): string {
  return env.AWS_PROFILE || 'default';
}

function webIdentity({ AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: roleArn }: Environment): CredentialSource | undefined {
  return tokenFile && roleArn ? { kind: 'web-identity', tokenFile, roleArn } : undefined;
}

const ECS_HOST = '169.254.170.2';
const POD_IDENTITY_HOSTS: ReadonlySet<string> = new Set(['169.254.170.23', '[fd00:ec2::23]']);
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** The path is left out: in ECS, whoever knows it may ask for the credentials. */
function container({
  AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative,
  AWS_CONTAINER_CREDENTIALS_FULL_URI: full,
}: Environment): CredentialSource | undefined {
  if (relative) return { kind: 'container', service: 'ecs', host: ECS_HOST };
  if (!full) return undefined;
  if (!URL.canParse(full)) return { kind: 'container', service: 'container', host: 'an address that is no URL' };
  const { host, hostname, pathname } = new URL(full);
  return { kind: 'container', service: serviceAt(hostname, pathname), host };
}

/** By the address, or by the path when somebody forwards one of the two to a loopback address. */
function serviceAt(hostname: string, pathname: string): ContainerService {
  const forwarded = LOOPBACK_HOSTS.has(hostname);
  if (POD_IDENTITY_HOSTS.has(hostname) || (forwarded && pathname === '/v1/credentials')) return 'eks-pod-identity';
  return hostname === ECS_HOST || (forwarded && pathname.startsWith('/v2/credentials/')) ? 'ecs' : 'container';
}
