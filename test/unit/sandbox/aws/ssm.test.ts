import { GetParameterCommand, GetParametersByPathCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../../sandbox/aws/server.ts';

let sandbox: AwsSandbox;
let client: SSMClient;

beforeAll(async () => {
  sandbox = await startAwsSandbox({
    parameters: {
      '/nightshift/policy': '{"v":1}',
      '/nightshift/slack': { value: 'https://hooks.example/T/B/x', type: 'SecureString' },
      ...Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`/many/p${String(i).padStart(2, '0')}`, String(i)])),
      '/many/deep/er': 'deep',
    },
  });
  const { endpoint, region, credentials } = sandbox;
  client = new SSMClient({ endpoint, region, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

const get = async (Name: string, WithDecryption?: boolean) =>
  (await client.send(new GetParameterCommand({ Name, ...(WithDecryption === undefined ? {} : { WithDecryption }) }))).Parameter;

it('gives a parameter with its version and ARN', async () => {
  expect(await get('/nightshift/policy')).toMatchObject({
    Name: '/nightshift/policy',
    Type: 'String',
    Value: '{"v":1}',
    Version: 1,
    ARN: 'arn:aws:ssm:eu-central-1:000000000000:parameter/nightshift/policy',
    LastModifiedDate: expect.any(Date),
  });
});

it('shows a SecureString only to those who ask for decryption', async () => {
  expect((await get('/nightshift/slack', true))?.Value).toBe('https://hooks.example/T/B/x');
  expect((await get('/nightshift/slack'))?.Value).not.toContain('hooks.example');
});

it('says when a parameter or version is missing', async () => {
  await expect(get('/none')).rejects.toMatchObject({ name: 'ParameterNotFound', $metadata: { httpStatusCode: 400 } });
  await expect(get('/nightshift/policy:7')).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  expect((await get('/nightshift/policy:1'))?.Value).toBe('{"v":1}');
});

it('answers several names, and lists those it does not know', async () => {
  const { Parameters, InvalidParameters } = await client.send(new GetParametersCommand({ Names: ['/nightshift/policy', '/none'] }));

  expect(Parameters?.map(({ Name }) => Name)).toEqual(['/nightshift/policy']);
  expect(InvalidParameters).toEqual(['/none']);
  await expect(client.send(new GetParametersCommand({ Names: Array.from({ length: 11 }, (_, i) => `/p${i}`) }))).rejects.toMatchObject({
    name: 'ValidationException',
  });
});

it('pages through a path, and goes deeper only when asked', async () => {
  const first = await client.send(new GetParametersByPathCommand({ Path: '/many' }));
  const second = await client.send(new GetParametersByPathCommand({ Path: '/many', NextToken: first.NextToken }));
  const deep = await client.send(new GetParametersByPathCommand({ Path: '/many', Recursive: true, MaxResults: 1 }));

  expect(first.Parameters).toHaveLength(10);
  expect(second.Parameters?.map(({ Name }) => Name)).toEqual(['/many/p10', '/many/p11']);
  expect(second.NextToken).toBeUndefined();
  expect(deep.Parameters?.map(({ Name }) => Name)).toEqual(['/many/deep/er']);
});

it('stores a new parameter, and overwrites only when told to', async () => {
  const put = (more: object) => client.send(new PutParameterCommand({ Name: '/new', Value: 'one', ...more }));

  await expect(put({})).rejects.toMatchObject({ name: 'ValidationException' });
  expect((await put({ Type: 'String' })).Version).toBe(1);
  await expect(put({ Type: 'String' })).rejects.toMatchObject({ name: 'ParameterAlreadyExists' });
  expect((await put({ Overwrite: true, Value: 'two' })).Version).toBe(2);
  await expect(put({ Overwrite: true, Value: 'x'.repeat(4097) })).rejects.toMatchObject({ name: 'ValidationException' });

  expect(await get('/new')).toMatchObject({ Value: 'two', Version: 2 });
});

it('words a wrong signature as SSM does', async () => {
  const { endpoint, region, credentials } = sandbox;
  const stranger = new SSMClient({ endpoint, region, credentials: { ...credentials, secretAccessKey: 'wrong' }, maxAttempts: 1 });

  await expect(stranger.send(new GetParameterCommand({ Name: '/nightshift/policy' }))).rejects.toMatchObject({
    name: 'InvalidSignatureException',
  });
  stranger.destroy();
});
