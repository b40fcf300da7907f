import { randomBytes } from 'node:crypto';
import { type Clock, systemClock } from '../../lib/platform/clock.ts';
import type { WireRequest } from '../aws/authenticate.ts';
import type { OpenSession } from '../aws/sessions.ts';
import { type Endpoint, type EndpointAnswer, startEndpoint } from './endpoint.ts';

/** A role that a person may take on in an account. */
export interface SsoAssignment {
  readonly accountId: string;
  /** Name of the permission set, as profiles have it. */
  readonly roleName: string;
  /** Of the role that IAM Identity Center made of it in the account. */
  readonly roleArn: string;
}

export interface SsoPortalOptions {
  readonly openSession: OpenSession;
  readonly assignments: readonly SsoAssignment[];
  readonly user: string;
  readonly clock?: Pick<Clock, 'now'>;
}

/** A login as `aws sso login` gets it. */
export interface SsoLogin {
  readonly accessToken: string;
  /** ISO 8601 */
  readonly expiresAt: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

export interface SsoPortal extends Pick<Endpoint, 'requests' | 'close'> {
  env(): Record<string, string>;
  /** Signs the person in. */
  signIn(lifeMs: number): SsoLogin;
  /** Ends every login, as an administrator does; tokens on disk do not know. */
  signOutEverywhere(): void;
}

const KEYS_LIFE_MS = 3_600_000;
const LOGIN_SECONDS = 3600;

const unauthorised: EndpointAnswer = {
  status: 401,
  headers: { 'x-amzn-errortype': 'UnauthorizedException' },
  json: { message: 'Session token not found or invalid', __type: 'com.amazonaws.switchboard.portal#UnauthorizedException' },
};

/** IAM Identity Center as far as credentials need it: GetRoleCredentials of the portal and CreateToken of its OIDC service, by the refresh token. */
export async function startSsoPortal(options: SsoPortalOptions): Promise<SsoPortal> {
  const clock = options.clock ?? systemClock;
  const logins = new Map<string, number>();
  const refreshTokens = new Set<string>();
  const signIn = (lifeMs: number): SsoLogin => {
    const [accessToken, refreshToken] = [secret('access'), secret('refresh')];
    logins.set(accessToken, clock.now() + lifeMs);
    refreshTokens.add(refreshToken);
    const expiresAt = new Date(clock.now() + lifeMs).toISOString();
    return { accessToken, refreshToken, expiresAt, clientId: 'nightshift-sandbox', clientSecret: 'sandbox-client-secret' };
  };
  const isSignedIn = (token: string | undefined): boolean => (logins.get(token ?? '') ?? 0) > clock.now();
  const { url, requests, close } = await startEndpoint((request) => {
    if (request.rawPath === '/token') return renew(request, refreshTokens, () => signIn(LOGIN_SECONDS * 1000));
    if (request.rawPath !== '/federation/credentials') return { status: 404 };
    return isSignedIn(request.headers['x-amz-sso_bearer_token']) ? roleKeys(request, options, clock.now()) : unauthorised;
  });
  return {
    requests,
    close,
    signIn,
    env: () => ({ AWS_ENDPOINT_URL_SSO: url, AWS_ENDPOINT_URL_SSO_OIDC: url }),
    signOutEverywhere: () => {
      logins.clear();
      refreshTokens.clear();
    },
  };
}

function roleKeys({ query }: WireRequest, { assignments, openSession, user }: SsoPortalOptions, now: number): EndpointAnswer {
  const asked = Object.fromEntries(query);
  const found = assignments.find(({ accountId, roleName }) => accountId === asked.account_id && roleName === asked.role_name);
  if (!found) return { status: 403, headers: { 'x-amzn-errortype': 'ForbiddenException' }, json: { message: 'No access' } };
  const session = openSession({ roleArn: found.roleArn, sessionName: user, expiresAt: now + KEYS_LIFE_MS });
  const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = session;
  return { status: 200, json: { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt } } };
}

/** A refresh token is good for one renewal. */
function renew({ body }: WireRequest, refreshTokens: Set<string>, signIn: () => SsoLogin): EndpointAnswer {
  const { refreshToken } = JSON.parse(body.toString()) as { readonly refreshToken?: string };
  if (!refreshTokens.delete(refreshToken ?? '')) {
    return { status: 400, headers: { 'x-amzn-errortype': 'InvalidGrantException' }, json: { error: 'invalid_grant' } };
  }
  const { accessToken, refreshToken: next } = signIn();
  return { status: 200, json: { accessToken, expiresIn: LOGIN_SECONDS, tokenType: 'Bearer', refreshToken: next } };
}

function secret(kind: string): string {
  return `sso-${kind}-${randomBytes(24).toString('base64url')}`;
}
