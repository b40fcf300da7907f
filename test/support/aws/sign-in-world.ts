import { createHash } from 'node:crypto';
import type { KubernetesObject } from '@kubernetes/client-node';
import { onTestFinished } from 'vitest';
import type { OpenSession } from '../../../sandbox/aws/sessions.ts';
import { type ContainerService, startContainerCredentials } from '../../../sandbox/credentials/container-credentials.ts';
import { startInstanceMetadata } from '../../../sandbox/credentials/instance-metadata.ts';
import { createServiceAccountIssuer } from '../../../sandbox/credentials/service-account-issuer.ts';
import { startSsoPortal } from '../../../sandbox/credentials/sso-portal.ts';
import { type SandboxWorld, startSandboxWorld } from '../../../sandbox/world.ts';
import { aDeployment } from '../workloads.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-central-1';
export const SUBJECT = 'system:serviceaccount:ops:nightshift';
const PERMISSION_SET = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_dev_0123456789abcdef';
const roleArn = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const HOUR_MS = 3_600_000;

const team: KubernetesObject = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
const api = aDeployment({ namespace: 'shop', name: 'api', size: 3 });

/** A place to run the CLI in: its environment, and the files of its home. */
export interface Place {
  readonly env: Readonly<Record<string, string>>;
  /** By path from the home. */
  readonly files: Readonly<Record<string, string>>;
}

/** An AWS with every endpoint that hands out credentials, each for a role of its own. Gone when the test is over. */
export class SignInWorld {
  readonly sandbox: SandboxWorld;
  /** Everything that must be in no output: keys, tokens, and what they were got for. */
  readonly secrets = new Set<string>();
  readonly issuer: ReturnType<typeof createServiceAccountIssuer>;

  constructor(sandbox: SandboxWorld, issuer: ReturnType<typeof createServiceAccountIssuer>) {
    this.sandbox = sandbox;
    this.issuer = issuer;
    this.secrets.add(sandbox.aws.credentials.secretAccessKey);
  }

  static async start(issuer = createServiceAccountIssuer()): Promise<SignInWorld> {
    const sandbox = await startSandboxWorld({
      objects: [team, api],
      roles: {
        [roleArn('irsa')]: { webIdentity: { issuer: issuer.issuer, subject: SUBJECT } },
        [roleArn('spoke')]: { externalId: 'x-1' },
        [roleArn('target')]: {},
      },
      oidcProviders: { [issuer.issuer]: issuer.publicKey },
    });
    onTestFinished(() => sandbox.close());
    return new SignInWorld(sandbox, issuer);
  }

  /** Where AWS is, and nothing of who asks it. */
  get base(): Record<string, string> {
    return { AWS_ENDPOINT_URL: this.sandbox.aws.endpoint, AWS_REGION: REGION, AWS_EC2_METADATA_DISABLED: 'true' };
  }

  readonly openSession: OpenSession = (request) => {
    const session = this.sandbox.aws.openSession(request);
    this.secrets.add(session.secretAccessKey).add(session.sessionToken);
    return session;
  };

  environment({ lifeMs = HOUR_MS } = {}): Place {
    const session = this.openSession({ roleArn: roleArn('env'), sessionName: 'me', expiresAt: Date.now() + lifeMs });
    const { accessKeyId, secretAccessKey, sessionToken } = session;
    const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken };
    return { env: { ...this.base, ...keys }, files: {} };
  }

  /** Profiles `own` (keys), `default` (the same), `chain` (a role) and `stranger` (a role that may not be assumed). */
  keys(profile?: string): Place {
    const { accessKeyId, secretAccessKey } = this.sandbox.aws.credentials;
    const keys = `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`;
    const role = (name: string): string => `role_arn = ${roleArn(name)}\nrole_session_name = me\nsource_profile = own\n`;
    const config = `[profile chain]\n${role('target')}[profile stranger]\n${role('nope')}[profile own]\nregion = eu-west-1\n`;
    return {
      env: { ...this.base, ...(profile && { AWS_PROFILE: profile }) },
      files: { '.aws/credentials': `[default]\n${keys}[own]\n${keys}`, '.aws/config': config },
    };
  }

  process(): Place {
    const session = this.openSession({ roleArn: roleArn('vault'), sessionName: 'me', expiresAt: Date.now() + HOUR_MS });
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
    const document = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: new Date(expiresAt).toISOString(),
    };
    return {
      env: { ...this.base, AWS_PROFILE: 'vault' },
      files: { '.aws/config': '[profile vault]\ncredential_process = cat "$HOME/.vault.json"\n', '.vault.json': JSON.stringify(document) },
    };
  }

  /** Signed in with IAM Identity Center by `aws sso login`; the login has `lifeMs` left. */
  async sso({
    lifeMs = HOUR_MS,
    renewable = false,
  } = {}): Promise<Place & { readonly portal: Awaited<ReturnType<typeof startSsoPortal>> }> {
    const assignments = [{ accountId: ACCOUNT, roleName: 'dev', roleArn: PERMISSION_SET }];
    const portal = await startSsoPortal({ openSession: this.openSession, assignments, user: 'ada' });
    onTestFinished(() => portal.close());
    const { clientId, clientSecret, refreshToken, ...login } = portal.signIn(lifeMs);
    this.secrets.add(login.accessToken).add(refreshToken).add(clientSecret);
    const session = `[sso-session corp]\nsso_region = ${REGION}\nsso_start_url = https://corp.awsapps.com/start\nsso_registration_scopes = sso:account:access\n`;
    const profile = `[profile dev]\nsso_session = corp\nsso_account_id = ${ACCOUNT}\nsso_role_name = dev\nregion = ${REGION}\n`;
    const token = { ...login, ...(renewable && { clientId, clientSecret, refreshToken }) };
    return {
      portal,
      env: { ...this.base, ...portal.env(), AWS_PROFILE: 'dev' },
      files: { '.aws/config': session + profile, [ssoTokenPath('corp')]: JSON.stringify(token) },
    };
  }

  webIdentity({ expiresAt = Date.now() + HOUR_MS, subject = SUBJECT } = {}): Place {
    const token = this.issuer.token({ subject, expiresAt });
    this.secrets.add(token);
    const role = { AWS_ROLE_ARN: roleArn('irsa'), AWS_ROLE_SESSION_NAME: 'nightshift-pod' };
    return { env: { ...this.base, ...role, AWS_WEB_IDENTITY_TOKEN_FILE: '$HOME/irsa-token' }, files: { 'irsa-token': token } };
  }

  async container(
    service: ContainerService,
  ): Promise<Place & { readonly endpoint: Awaited<ReturnType<typeof startContainerCredentials>> }> {
    const authorization = this.issuer.token({ subject: SUBJECT, expiresAt: Date.now() + HOUR_MS, audience: 'pods.eks.amazonaws.com' });
    this.secrets.add(authorization);
    const names = { openSession: this.openSession, roleArn: roleArn(service), sessionName: 'task' };
    const endpoint = await startContainerCredentials({ ...names, service, authorization });
    onTestFinished(() => endpoint.close());
    const env = { ...this.base, ...endpoint.env() };
    return service === 'ecs'
      ? { endpoint, env: { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization }, files: {} }
      : { endpoint, env: { ...env, AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '$HOME/pod-token' }, files: { 'pod-token': authorization } };
  }

  /** An instance with a role; nothing but its metadata says who and where it is. */
  async instance({ lifeMs = HOUR_MS } = {}): Promise<Place & { readonly metadata: Awaited<ReturnType<typeof startInstanceMetadata>> }> {
    const names = { openSession: this.openSession, roleArn: roleArn('instance'), sessionName: 'i-0abc', region: REGION, lifeMs };
    const metadata = await startInstanceMetadata(names);
    onTestFinished(() => metadata.close());
    return { metadata, env: { AWS_ENDPOINT_URL: this.sandbox.aws.endpoint, ...metadata.env() }, files: {} };
  }
}

/** Where the AWS CLI keeps the token of an sso-session. */
export function ssoTokenPath(session: string): string {
  return `.aws/sso/cache/${createHash('sha1').update(session).digest('hex')}.json`;
}
