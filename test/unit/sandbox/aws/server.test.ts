import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AwsSandbox, startAwsSandbox } from '../../../../sandbox/aws/server.ts';

const role = 'arn:aws:iam::111111111111:role/spoke';
const clock = { at: 0, now: () => clock.at };
let sandbox: AwsSandbox;

beforeEach(async () => {
  clock.at = Date.now();
  sandbox = await startAwsSandbox({
    credentials: { accessKeyId: 'AKIATEST', secretAccessKey: 'secret', sessionToken: 'token' },
    clusters: { dev: { endpoint: 'https://127.0.0.1:1', caPem: 'pem' } },
    roles: { [role]: { externalId: 'x' } },
    parameters: { '/p': 'v' },
    clock,
  });
});
afterEach(() => sandbox.close());

const sts = (credentials: AwsSandbox['credentials'] = sandbox.credentials, maxAttempts = 1) =>
  new STSClient({ endpoint: sandbox.endpoint, region: sandbox.region, credentials, maxAttempts });

const whoAmI = (client: STSClient) => client.send(new GetCallerIdentityCommand({}));

describe('STS', () => {
  it('says who signed', async () => {
    expect(await whoAmI(sts())).toMatchObject({ Arn: 'arn:aws:iam::000000000000:user/nightshift', Account: '000000000000' });
  });

  it('gives a role to those who know its external id, for as long as asked', async () => {
    const { Credentials } = await sts().send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'night', ExternalId: 'x', DurationSeconds: 900 }),
    );
    const session = sts({
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    });

    expect((await whoAmI(session)).Arn).toBe('arn:aws:sts::111111111111:assumed-role/spoke/night');
    expect(Credentials!.Expiration?.getTime()).toBe(clock.at + 900_000);
    expect(sandbox.identityOf(Credentials!.AccessKeyId!)?.expiresAt).toBe(clock.at + 900_000);

    clock.at += 900_000;
    await expect(sts({ ...(await session.config.credentials()) }, 3).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
  });

  it.each([
    ['a wrong external id', { ExternalId: 'y' }, 'AccessDenied'],
    ['no external id', {}, 'AccessDenied'],
    ['an unknown role', { RoleArn: `${role}2`, ExternalId: 'x' }, 'AccessDenied'],
    ['a role name alone', { RoleArn: 'spoke', ExternalId: 'x' }, 'ValidationError'],
    ['a session of a day', { ExternalId: 'x', DurationSeconds: 86_400 }, 'ValidationError'],
    ['a session name with a space', { ExternalId: 'x', RoleSessionName: 'a b' }, 'ValidationError'],
  ])('refuses %s', async (_what, input, name) => {
    await expect(sts().send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'night', ...input }))).rejects.toMatchObject({ name });
  });

  it('refuses an unknown key and a missing session token', async () => {
    await expect(whoAmI(sts({ accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' }))).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(whoAmI(sts({ accessKeyId: 'AKIATEST', secretAccessKey: 'secret' }))).rejects.toMatchObject({
      name: 'InvalidClientTokenId',
    });
  });
});

describe('EKS', () => {
  it('lists clusters, those added later included', async () => {
    const { endpoint, region, credentials } = sandbox;
    const client = new EKSClient({ endpoint, region, credentials });
    sandbox.setCluster('ci', { endpoint: 'https://127.0.0.1:2', caPem: 'pem' });

    const first = await client.send(new ListClustersCommand({ maxResults: 1 }));
    const second = await client.send(new ListClustersCommand({ nextToken: first.nextToken }));

    expect(first.clusters).toEqual(['ci']);
    expect(second.clusters).toEqual(['dev']);
  });
});

describe('faults', () => {
  it('hit the operation and resource they name, as often as told', async () => {
    sandbox.faults.add({
      service: 'ssm',
      operation: 'GetParameter',
      resource: '/p',
      times: 2,
      effect: { kind: 'error', code: 'ThrottlingException' },
    });
    const { endpoint, region, credentials } = sandbox;
    const client = new SSMClient({ endpoint, region, credentials, maxAttempts: 1 });
    const get = (Name: string) => client.send(new GetParameterCommand({ Name }));

    await expect(get('/q')).rejects.toMatchObject({ name: 'ParameterNotFound' });
    await expect(get('/p')).rejects.toMatchObject({ name: 'ThrottlingException' });
    await expect(get('/p')).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect((await get('/p')).Parameter?.Value).toBe('v');
    expect((await whoAmI(sts())).Account).toBeDefined();
  });

  it('cut the connection without an answer', async () => {
    sandbox.faults.add({ service: 'sts', effect: { kind: 'drop', when: 'before' } });

    await expect(whoAmI(sts())).rejects.toMatchObject({ code: 'ECONNRESET' });

    expect(sandbox.requests.at(-1)).toMatchObject({ operation: 'GetCallerIdentity', status: 0 });
  });

  it('can be taken back', async () => {
    sandbox.faults.add({ service: 'sts', times: 9, effect: { kind: 'error', code: 'InternalError' } });
    sandbox.faults.clear();

    expect((await whoAmI(sts())).Account).toBe('000000000000');
  });
});

it('logs each request with the operation as IAM names it', async () => {
  await whoAmI(sts());
  await sts()
    .send(new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'night' }))
    .catch(() => undefined);

  expect(sandbox.requests).toEqual([
    { at: clock.at, service: 'sts', operation: 'GetCallerIdentity', resource: '*', accessKeyId: 'AKIATEST', authorised: [], status: 200 },
    {
      at: clock.at,
      service: 'sts',
      operation: 'AssumeRole',
      resource: role,
      accessKeyId: 'AKIATEST',
      // IAM lets everybody without a policy; it is the trust policy of the role that refuses.
      authorised: [expect.objectContaining({ action: 'sts:AssumeRole', resource: role, allowed: true })],
      status: 403,
      errorCode: 'AccessDenied',
    },
  ]);
});

it("lets the SDK correct its clock by the sandbox's", async () => {
  clock.at += 3_600_000;

  expect((await whoAmI(sts(sandbox.credentials, 2))).Account).toBe('000000000000');
});

it('answers unsigned requests and unknown services with an error, not a crash', async () => {
  const unsigned = await fetch(`${sandbox.endpoint}/bucket/key`);
  expect(unsigned.status).toBe(403);
  expect(await unsigned.text()).toContain('<Code>MissingAuthenticationToken</Code>');

  const broken = await fetch(`${sandbox.endpoint}/%ZZ?x=%ZZ`).then(
    () => 'answered',
    () => 'cut',
  );
  expect(broken).toBe('cut');
  expect((await whoAmI(sts())).Account).toBe('000000000000');
});

it('gives a child process all it needs, whatever profile its user has', async () => {
  const program = `
    import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
    const { Arn } = await new STSClient({}).send(new GetCallerIdentityCommand({}));
    process.stdout.write(Arn);`;

  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
    env: { ...process.env, AWS_PROFILE: 'someone', ...sandbox.env() },
  });

  expect(stdout).toBe('arn:aws:iam::000000000000:user/nightshift');
});

it('closes while a request is under way', async () => {
  sandbox.faults.add({ service: 'sts', effect: { kind: 'delay', ms: 200 } });
  const pending = whoAmI(sts()).catch((error: unknown) => error);
  await new Promise((resolve) => setTimeout(resolve, 30));

  await sandbox.close();

  expect(await pending).toMatchObject({ code: 'ECONNRESET' });
  sandbox = await startAwsSandbox();
});
