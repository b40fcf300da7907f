import { describe, expect, it } from 'vitest';
import { eksToken } from '../../../lib/kubernetes/eks-token.ts';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' };
const session = { ...keys, sessionToken: 'IQoJb3JpZ2luX2VjE+/=abc' };
const now = Date.UTC(2026, 10, 24, 1, 2, 3);

function urlOf(token: string): URL {
  expect(token).toMatch(/^k8s-aws-v1\.[A-Za-z0-9_-]+$/);
  return new URL(Buffer.from(token.slice('k8s-aws-v1.'.length), 'base64url').toString());
}

describe('eksToken', () => {
  // The signatures were made by botocore, which signs `aws eks get-token`, for the same keys, time and cluster.
  it.each([
    ['long-term keys', keys, 'eu-central-1', 'dev-1', 'cbc38e4310b2699add90b433c573f18199a416b305aeeaa6a8d3d8a090bd0ca8'],
    ['a session', session, 'eu-central-1', 'dev-1', 'ae92c1c023492cb8783b461e74c5024ecaadb2218874688d0d3b900d6fa91d9c'],
    ['a session in China', session, 'cn-north-1', 'Dev_2', 'fe9770aa928bbb09fe69856d136eb685b5375c9ac83efc0cc5270f28ec29725e'],
  ])('signs for %s as AWS does', async (_, credentials, region, clusterName, signature) => {
    const url = urlOf(await eksToken({ clusterName, region, credentials, now }));

    expect(url.searchParams.get('X-Amz-Signature')).toBe(signature);
  });

  it('carries exactly the nine names that the verifier knows, on an STS host of the partition', async () => {
    const url = urlOf(await eksToken({ clusterName: 'dev-1', region: 'eu-central-1', credentials: session, now }));

    expect([...url.searchParams.keys()].sort()).toEqual([
      'Action',
      'Version',
      'X-Amz-Algorithm',
      'X-Amz-Credential',
      'X-Amz-Date',
      'X-Amz-Expires',
      'X-Amz-Security-Token',
      'X-Amz-Signature',
      'X-Amz-SignedHeaders',
    ]);
    expect(url.origin + url.pathname).toBe('https://sts.eu-central-1.amazonaws.com/');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      Action: 'GetCallerIdentity',
      Version: '2011-06-15',
      'X-Amz-Date': '20261124T010203Z',
      'X-Amz-Expires': '60',
      'X-Amz-SignedHeaders': 'host;x-k8s-aws-id',
    });
  });

  it.each([
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['cn-northwest-1', 'sts.cn-northwest-1.amazonaws.com.cn'],
    ['us-iso-east-1', 'sts.us-iso-east-1.c2s.ic.gov'],
    ['us-isob-east-1', 'sts.us-isob-east-1.sc2s.sgov.gov'],
    ['eusc-de-east-1', 'sts.eusc-de-east-1.amazonaws.eu'],
  ])('asks the STS of %s', async (region, host) => {
    expect(urlOf(await eksToken({ clusterName: 'dev-1', region, credentials: keys, now })).host).toBe(host);
  });

  it('refuses a token that EKS would refuse for its length', async () => {
    const credentials = { ...keys, sessionToken: 'x'.repeat(3000) };

    await expect(eksToken({ clusterName: 'dev-1', region: 'eu-central-1', credentials, now })).rejects.toThrow(/EKS accepts 4096/);
  });

  it('refuses a region that would sign for another host', async () => {
    await expect(eksToken({ clusterName: 'dev-1', region: 'evil.example/', credentials: keys, now })).rejects.toThrow(
      'is not an AWS region',
    );
  });
});
