import { describe, expect, it, onTestFinished } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../../sandbox/aws/server.ts';
import { startContainerCredentials } from '../../../../sandbox/credentials/container-credentials.ts';
import { type InstanceMetadata, startInstanceMetadata } from '../../../../sandbox/credentials/instance-metadata.ts';
import { startSsoPortal } from '../../../../sandbox/credentials/sso-portal.ts';

const roleArn = 'arn:aws:iam::111122223333:role/app';
const TTL = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN = 'x-aws-ec2-metadata-token';
const KEYS = '/latest/meta-data/iam/security-credentials/';

async function aws(): Promise<AwsSandbox> {
  const sandbox = await startAwsSandbox();
  onTestFinished(() => sandbox.close());
  return sandbox;
}

describe('instance metadata', () => {
  let now = Date.parse('2026-03-30T12:00:00Z');
  const clock = { now: () => now };

  async function metadata(): Promise<{ readonly sandbox: AwsSandbox; readonly service: InstanceMetadata; readonly url: string }> {
    const sandbox = await aws();
    const names = { openSession: sandbox.openSession, roleArn, sessionName: 'i-1', region: 'eu-west-1', lifeMs: 3_600_000, clock };
    const service = await startInstanceMetadata(names);
    onTestFinished(() => service.close());
    return { sandbox, service, url: service.env().AWS_EC2_METADATA_SERVICE_ENDPOINT ?? '' };
  }

  const tokenOf = async (url: string, headers: Record<string, string> = { [TTL]: '60' }): Promise<Response> =>
    fetch(`${url}/latest/api/token`, { method: 'PUT', headers });

  it('answers nothing without a token, with an unknown one, or with one whose time is over', async () => {
    const { url } = await metadata();
    const token = await (await tokenOf(url)).text();
    const status = async (headers: Record<string, string>): Promise<number> => (await fetch(url + KEYS, { headers })).status;

    expect([await status({}), await status({ [TOKEN]: 'x' }), await status({ [TOKEN]: token })]).toEqual([401, 401, 200]);
    now += 61_000;
    expect(await status({ [TOKEN]: token })).toBe(401);
  });

  it.each([
    [{}, 400],
    [{ [TTL]: '0' }, 400],
    [{ [TTL]: '21601' }, 400],
    [{ [TTL]: '60', 'x-forwarded-for': '10.0.0.1' }, 403],
    [{ [TTL]: '21600' }, 200],
  ])('gives a token for %o: %i', async (headers, status) => {
    expect((await tokenOf((await metadata()).url, headers as unknown as Record<string, string>)).status).toBe(status);
  });

  it('names the role, the region, and keys that AWS knows, the same ones until they are about to end', async () => {
    const { sandbox, url } = await metadata();
    const ask = async (path: string): Promise<string> => {
      const token = await (await tokenOf(url)).text();
      return (await fetch(url + path, { headers: { [TOKEN]: token } })).text();
    };

    expect(await ask(KEYS)).toBe('app');
    expect(await ask('/latest/meta-data/placement/region')).toBe('eu-west-1');
    const first = JSON.parse(await ask(`${KEYS}app`));
    expect(first).toMatchObject({ Code: 'Success', Expiration: new Date(now + 3_600_000).toISOString().replace('.000', '') });
    expect(sandbox.identityOf(first.AccessKeyId)).toMatchObject({ roleArn, sessionToken: first.Token });
    expect(JSON.parse(await ask(`${KEYS}app`))).toEqual(first);
    now += 51 * 60_000;
    expect(JSON.parse(await ask(`${KEYS}app`)).AccessKeyId).not.toBe(first.AccessKeyId);
  });

  it('fails as instances do: a token that never comes, no role, metadata that are off', async () => {
    const { service, url } = await metadata();
    const token = await (await tokenOf(url)).text();

    service.setFault('no-role');
    expect((await fetch(url + KEYS, { headers: { [TOKEN]: token } })).status).toBe(404);
    service.setFault('off');
    expect((await tokenOf(url)).status).toBe(403);
    service.setFault('hop-limit');
    await expect(fetch(`${url}/latest/api/token`, { method: 'PUT', signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
    service.setFault(undefined);
    expect((await tokenOf(url)).status).toBe(200);
  });
});

describe('the credentials endpoint of a container', () => {
  it.each(['ecs', 'eks-pod-identity'] as const)('of %s gives keys for its own token only', async (service) => {
    const sandbox = await aws();
    const names = { openSession: sandbox.openSession, roleArn, sessionName: 'task', service, authorization: 'one' };
    const endpoint = await startContainerCredentials(names);
    onTestFinished(() => endpoint.close());
    const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri = '' } = endpoint.env();
    const ask = (authorization: string): Promise<Response> => fetch(uri, { headers: { authorization } });

    const keys = (await (await ask('one')).json()) as { readonly AccessKeyId: string };
    expect(sandbox.identityOf(keys.AccessKeyId)).toMatchObject({ roleArn });
    expect((await ask('two')).ok).toBe(false);
    endpoint.setAuthorization('two');
    expect([(await ask('one')).ok, (await ask('two')).ok]).toEqual([false, true]);
    expect((await fetch(`${uri}/other`, { headers: { authorization: 'two' } })).status).toBe(404);
  });
});

describe('the portal of IAM Identity Center', () => {
  it('gives keys to whom is signed in and assigned, and renews a login once per refresh token', async () => {
    const sandbox = await aws();
    const assignments = [{ accountId: '111122223333', roleName: 'dev', roleArn }];
    const portal = await startSsoPortal({ openSession: sandbox.openSession, assignments, user: 'ada' });
    onTestFinished(() => portal.close());
    const { AWS_ENDPOINT_URL_SSO: url } = portal.env();
    const keys = (token: string, role = 'dev'): Promise<Response> =>
      fetch(`${url}/federation/credentials?account_id=111122223333&role_name=${role}`, { headers: { 'x-amz-sso_bearer_token': token } });
    const renew = (refreshToken: string): Promise<Response> =>
      fetch(`${url}/token`, { method: 'POST', body: JSON.stringify({ refreshToken, grantType: 'refresh_token' }) });
    const login = portal.signIn(60_000);

    expect((await (await keys(login.accessToken)).json()) as object).toMatchObject({ roleCredentials: { expiration: expect.any(Number) } });
    expect([(await keys('other')).status, (await keys(login.accessToken, 'admin')).status]).toEqual([401, 403]);
    const renewed = (await (await renew(login.refreshToken)).json()) as { readonly accessToken: string };
    expect((await keys(renewed.accessToken)).status).toBe(200);
    expect((await renew(login.refreshToken)).status).toBe(400);
    portal.signOutEverywhere();
    expect((await keys(renewed.accessToken)).status).toBe(401);
  });
});
