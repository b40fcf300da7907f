import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from 'vitest';
import { secretsManagerSecrets } from '../../../lib/aws/secrets-manager.ts';
import { SecretError } from '../../../lib/platform/secret-error.ts';
import type { SecretReference, SecretSource } from '../../../lib/platform/secret-source.ts';
import { type AwsSandbox, type AwsSandboxOptions, startAwsSandbox } from '../../../sandbox/aws/server.ts';

let sandbox: AwsSandbox | undefined;
let client: SecretsManagerClient | undefined;
afterEach(async () => {
  client?.destroy();
  await sandbox?.close();
});

const KEY = 'arn:aws:kms:eu-central-1:000000000000:key/4f2c';

async function secrets(options: AwsSandboxOptions = {}): Promise<SecretSource> {
  sandbox = await startAwsSandbox({
    secrets: {
      'shop/api': '{"key":"planted-key","port":5432,"nested":{"a":1},"none":null}',
      'shop/plain': 'planted-text',
      'shop/list': '["planted"]',
      'shop/rotated': { values: { AWSCURRENT: 'planted-new', AWSPREVIOUS: 'planted-old' } },
      'shop/binary': { values: { AWSCURRENT: Buffer.from('planted') } },
      'shop/keyed': { values: { AWSCURRENT: 'planted-keyed' }, kmsKey: KEY },
      'shop/deleted': { values: { AWSCURRENT: 'planted' }, deleted: true },
    },
    ...options,
  });
  const { endpoint, region, credentials } = sandbox;
  client = new SecretsManagerClient({ endpoint, region, credentials, maxAttempts: 2 });
  return secretsManagerSecrets(region, client);
}

async function failing(source: SecretSource, reference: SecretReference): Promise<SecretError> {
  const error = await source.secret(reference).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SecretError)) throw new Error('no SecretError');
  return error;
}

describe('secretsManagerSecrets', () => {
  it.each<[SecretReference, string]>([
    [{ name: 'shop/plain' }, 'planted-text'],
    [{ name: 'shop/api', jsonKey: 'key' }, 'planted-key'],
    [{ name: 'shop/api', jsonKey: 'port' }, '5432'],
    [{ name: 'shop/rotated' }, 'planted-new'],
    [{ name: 'shop/rotated', stage: 'AWSPREVIOUS' }, 'planted-old'],
    [{ name: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:shop/plain' }, 'planted-text'],
  ])('reads %j', async (reference, value) => {
    const secret = await (await secrets()).secret(reference);

    expect(secret.reveal()).toBe(value);
    expect(inspect({ secret })).not.toContain(value);
  });

  it.each<[SecretReference, string, string]>([
    [{ name: 'shop/none' }, 'missing', 'it does not exist in eu-central-1'],
    [{ name: 'shop/plain', stage: 'AWSPENDING' }, 'missing', 'it, or its version AWSPENDING, does not exist'],
    [{ name: 'shop/plain', jsonKey: 'key' }, 'unusable', 'it is no JSON object, and the field key is asked for'],
    [{ name: 'shop/list', jsonKey: '0' }, 'unusable', 'it is no JSON object'],
    [{ name: 'shop/api', jsonKey: 'secret' }, 'unusable', 'it has no field secret'],
    [{ name: 'shop/api', jsonKey: 'toString' }, 'unusable', 'it has no field toString'],
    [{ name: 'shop/api', jsonKey: 'nested' }, 'unusable', 'its field nested is neither text nor number'],
    [{ name: 'shop/api', jsonKey: 'none' }, 'unusable', 'its field none is neither text nor number'],
    [{ name: 'shop/binary' }, 'unusable', 'it is binary'],
    [{ name: 'shop/deleted' }, 'unusable', 'it is marked for deletion'],
  ])('says why %j cannot be had', async (reference, trouble, why) => {
    const error = await failing(await secrets(), reference);

    expect(error).toMatchObject({
      code: 'secret',
      secret: reference.name,
      trouble,
      retryable: false,
      message: expect.stringContaining(why),
    });
    expect(error.hint).toBeTruthy();
    expect(inspect(error, { depth: 9 })).not.toContain('planted');
  });

  it('tells a refusal of the secret from one of its key', async () => {
    const own = 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:shop/keyed-??????';
    const source = await secrets({
      policies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: own } }],
    });

    const denied = await failing(source, { name: 'shop/plain' });
    const keyed = await failing(source, { name: 'shop/keyed' });

    expect(denied).toMatchObject({
      trouble: 'denied',
      hint: 'allow secretsmanager:GetSecretValue on the secret shop/plain for the credentials in use',
    });
    expect(keyed).toMatchObject({ trouble: 'key', hint: expect.stringContaining('kms:Decrypt') });
  });

  it('reads a secret with a key that it may use', async () => {
    const allow = (Action: string, Resource: string) => ({ Effect: 'Allow' as const, Action, Resource });
    const any = 'arn:aws:secretsmanager:*:*:secret:shop/*';
    const Statement = [allow('secretsmanager:GetSecretValue', any), allow('kms:Decrypt', KEY)];
    const source = await secrets({ policies: [{ Version: '2012-10-17', Statement }] });

    expect((await source.secret({ name: 'shop/keyed' })).reveal()).toBe('planted-keyed');
  });

  it.each([
    ['DecryptionFailure', 'key', false],
    ['InternalServiceError', 'unavailable', true],
  ])('understands %s', async (code, trouble, retryable) => {
    const source = await secrets();
    sandbox?.faults.add({
      service: 'secretsmanager',
      times: 2,
      effect: { kind: 'error', code, status: code === 'InternalServiceError' ? 500 : 400 },
    });

    expect(await failing(source, { name: 'shop/plain' })).toMatchObject({ trouble, retryable });
  });

  it('ends with the reason of the signal', async () => {
    const source = await secrets();

    await expect(source.secret({ name: 'shop/plain' }, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
