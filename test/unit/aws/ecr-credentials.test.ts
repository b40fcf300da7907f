import { inspect } from 'node:util';
import { ECRClient } from '@aws-sdk/client-ecr';
import { afterEach, describe, expect, it } from 'vitest';
import { type EcrCredentialsOptions, ecrCredentials, ecrRegion } from '../../../lib/aws/ecr-credentials.ts';
import { type AwsSandbox, type AwsSandboxOptions, startAwsSandbox } from '../../../sandbox/aws/server.ts';

const REGISTRY = '000000000000.dkr.ecr.eu-central-1.amazonaws.com';
let sandbox: AwsSandbox | undefined;
afterEach(() => sandbox?.close());

async function world(
  options: AwsSandboxOptions = {},
): Promise<{ readonly sandbox: AwsSandbox; readonly client: EcrCredentialsOptions['client'] }> {
  const started = await startAwsSandbox({ registryPassword: 'planted:password', ...options });
  sandbox = started;
  const { endpoint, region, credentials } = started;
  return { sandbox: started, client: () => new ECRClient({ endpoint, region, credentials, maxAttempts: 1 }) };
}

describe('ecrRegion', () => {
  it.each([
    [REGISTRY, 'eu-central-1'],
    ['000000000000.dkr.ecr-fips.us-gov-west-1.amazonaws.com', 'us-gov-west-1'],
    ['000000000000.dkr.ecr.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['000000000000.dkr-ecr.eu-central-1.on.aws', 'eu-central-1'],
    ['public.ecr.aws', undefined],
    ['docker.io', undefined],
    [`${REGISTRY}.example.com`, undefined],
    [`x${REGISTRY}`, undefined],
    [`${REGISTRY}:443`, undefined],
  ])('of %s is %s', (registry, region) => {
    expect(ecrRegion(registry)).toBe(region);
  });
});

describe('ecrCredentials', () => {
  it('are for registries of ECR', async () => {
    const { client, sandbox: aws } = await world();
    const credentials = ecrCredentials({ ...(client && { client }) });

    const login = await credentials(REGISTRY);

    expect([login?.username, login?.password.reveal()]).toEqual(['AWS', 'planted:password']);
    expect(inspect(login, { depth: 9 })).not.toContain('planted');
    expect(await credentials('ghcr.io')).toBeUndefined();
    expect(aws.requests).toHaveLength(1);
  });

  it('are kept until shortly before they end', async () => {
    const clock = { ms: Date.now(), now: () => clock.ms };
    const { client, sandbox: aws } = await world();
    const credentials = ecrCredentials({ ...(client && { client }), clock });

    await credentials(REGISTRY);
    clock.ms += 11 * 3600_000;
    await credentials(REGISTRY);
    clock.ms += 3600_000;
    await credentials(REGISTRY);

    expect(aws.requests).toHaveLength(2);
  });

  it('name the permission that is missing', async () => {
    const Statement = { Effect: 'Allow', Action: 'ecr:BatchGetImage', Resource: '*' } as const;
    const { client } = await world({ policies: [{ Version: '2012-10-17', Statement }] });

    await expect(ecrCredentials({ ...(client && { client }) })(REGISTRY)).rejects.toMatchObject({
      code: 'aws',
      hint: expect.stringContaining('allow ecr:GetAuthorizationToken on *'),
    });
  });
});
