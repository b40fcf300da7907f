import { afterEach, expect, it, vi } from 'vitest';
import { clientConfig } from '../../../lib/aws/client-config.ts';
import { eksClient } from '../../../lib/aws/eks-client.ts';
import { s3Client } from '../../../lib/aws/s3-client.ts';
import { ssmClient } from '../../../lib/aws/ssm-client.ts';
import { onePerTarget } from '../../../lib/aws/target.ts';

afterEach(() => vi.unstubAllEnvs());

it('fails an attempt at its timeout instead of only warning', () => {
  expect(clientConfig({ region: 'eu-central-1' }, { requestTimeoutMs: 5000 })).toEqual({
    region: 'eu-central-1',
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2000, requestTimeout: 5000, socketTimeout: 5000, throwOnRequestTimeout: true },
  });
});

it('signs as the role when one is configured', () => {
  expect(clientConfig({ region: 'eu-central-1', role: { arn: 'arn:aws:iam::111111111111:role/spoke' } }).credentials).toBeTypeOf(
    'function',
  );
});

it('shares one value per region and role', () => {
  let made = 0;
  const of = onePerTarget(() => ({ number: ++made }));
  const role = { arn: 'arn:aws:iam::111111111111:role/spoke' };

  expect(of({ region: 'eu-central-1' })).toBe(of({ region: 'eu-central-1' }));
  expect(of({ region: 'eu-central-1', role })).toBe(of({ region: 'eu-central-1', role: { ...role } }));
  expect(of({ region: 'eu-west-1' })).not.toBe(of({ region: 'eu-central-1' }));
  expect(of({ region: 'eu-central-1', role: { ...role, externalId: 'x' } })).not.toBe(of({ region: 'eu-central-1', role }));
  expect(made).toBe(4);
});

it.each([
  ['S3', s3Client],
  ['EKS', eksClient],
  ['SSM', ssmClient],
] as const)('makes one %s client per region, with that region', async (_name, clientOf) => {
  const client = clientOf({ region: 'ap-southeast-2' });

  expect(clientOf({ region: 'ap-southeast-2' })).toBe(client);
  expect(await client.config.region()).toBe('ap-southeast-2');
});
