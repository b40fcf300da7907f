import { expect, it } from 'vitest';
import { eksToken } from '../../../../lib/kubernetes/eks-token.ts';
import type { Identity } from '../../../../sandbox/aws/identities.ts';
import { verifyEksToken } from '../../../../sandbox/aws/verify-eks-token.ts';

const now = Date.parse('2026-11-24T00:00:00Z');
const identity: Identity = {
  accessKeyId: 'AKIATEST',
  secretAccessKey: 'secret',
  arn: 'arn:aws:iam::000000000000:user/nightshift',
  userId: 'AIDATEST',
};
const lookup = (id: string): Identity | undefined => (id === identity.accessKeyId ? identity : undefined);
const request = { clusterName: 'dev', region: 'eu-central-1', credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }, now };
const verify = (token: string, more: object = {}) => verifyEksToken(token, { clusterName: 'dev', lookup, now, ...more });

const urlOf = (token: string): string => Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString();
const tokenOf = (url: string): string => `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
const changed = async (change: (url: string) => string): Promise<string> => tokenOf(change(urlOf(await eksToken(request))));

it('accepts the token that Nightshift signs, and says who it is', async () => {
  expect(verify(await eksToken(request))).toEqual({ ok: true, arn: identity.arn });
});

it('accepts it for 15 minutes, whatever X-Amz-Expires says', async () => {
  const token = await eksToken(request);

  expect(verify(token, { now: now + 15 * 60_000 })).toMatchObject({ ok: true });
  expect(verify(token, { now: now + 15 * 60_000 + 1 })).toEqual({ ok: false, reason: 'it has expired' });
  expect(verify(token, { now: now - 16 * 60_000 })).toEqual({ ok: false, reason: 'it was signed in the future' });
});

it('accepts session credentials with their token, until they end', async () => {
  const session = { ...identity, sessionToken: 'session/token+with=signs', expiresAt: now + 60_000 };
  const token = await eksToken({ ...request, credentials: { ...request.credentials, sessionToken: session.sessionToken } });

  expect(verify(token, { lookup: () => session })).toMatchObject({ ok: true });
  expect(verify(token, { lookup: () => session, now: now + 60_000 })).toEqual({
    ok: false,
    reason: 'the credentials that signed it have expired',
  });
  expect(verify(await eksToken(request), { lookup: () => session })).toMatchObject({ ok: false });
});

it.each([
  ['another cluster', { clusterName: 'prod' }, /its signature is wrong/],
  ['another secret key', { lookup: () => ({ ...identity, secretAccessKey: 'other' }) }, /its signature is wrong/],
  ['an unknown access key', { lookup: () => undefined }, /its access key is unknown/],
])('refuses it for %s', async (_what, options, reason) => {
  expect(verify(await eksToken(request), options)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
});

it.each<[string, (url: string) => string, RegExp]>([
  ['plain http', (url) => url.replace('https:', 'http:'), /its scheme is not https/],
  ['another path', (url) => url.replace('/?', '/x?'), /its path is not/],
  ['another host', (url) => url.replace('sts.eu-central-1.amazonaws.com', 'sts.evil.example'), /is no STS endpoint/],
  ['a port', (url) => url.replace('.com/', '.com:8443/'), /is no STS endpoint/],
  ['the STS of another region', (url) => url.replace('sts.eu-central-1', 'sts.eu-west-1'), /it is signed for eu-central-1/],
  ['a user in the URL', (url) => url.replace('https://', 'https://me@'), /more than host, path and query/],
  ['x-id', (url) => `${url}&x-id=GetCallerIdentity`, /the query name x-id is not allowed/],
  ['a payload hash', (url) => `${url}&X-Amz-Content-Sha256=e3b0`, /X-Amz-Content-Sha256 is not allowed/],
  ['a repeated name', (url) => `${url}&Version=2011-06-15`, /Version is repeated/],
  ['another action', (url) => url.replace('GetCallerIdentity', 'AssumeRole'), /its action is not/],
  ['another version', (url) => url.replace('2011-06-15', '2010-05-08'), /its API version/],
  ['another algorithm', (url) => url.replace('AWS4-HMAC-SHA256', 'AWS4-HMAC-SHA512'), /its algorithm/],
  ['a life of an hour', (url) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=3600'), /X-Amz-Expires is not 0 to 900/],
  ['a life it was not signed with', (url) => url.replace('X-Amz-Expires=60', 'X-Amz-Expires=900'), /its signature is wrong/],
  ['no date', (url) => url.replace(/X-Amz-Date=[^&]+/, 'X-Amz-Date=today'), /X-Amz-Date is not a date/],
  ['fewer signed headers', (url) => url.replace('host%3Bx-k8s-aws-id', 'host'), /its signed headers/],
  ['another service', (url) => url.replace('%2Fsts%2F', '%2Fs3%2F'), /its credential is not for STS/],
])('refuses %s', async (_what, change, reason) => {
  expect(verify(await changed(change))).toEqual({ ok: false, reason: expect.stringMatching(reason) });
});

it.each([
  ['another prefix', 'k8s-aws-v2.abc', /does not start with/],
  ['padding', 'k8s-aws-v1.YQ==', /not base64url without padding/],
  ['no URL', tokenOf('not a url'), /holds no URL/],
  ['more than 4096 bytes', `k8s-aws-v1.${'A'.repeat(4090)}`, /longer than 4096 bytes/],
])('refuses a token with %s', (_what, token, reason) => {
  expect(verify(token)).toEqual({ ok: false, reason: expect.stringMatching(reason) });
});
