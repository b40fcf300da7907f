import { DescribeClusterCommand, EKSClient, ListClustersCommand } from '@aws-sdk/client-eks';
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, GetParametersByPathCommand, GetParametersCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from 'vitest';
import { InvalidPolicyError } from '../../../../../sandbox/aws/iam/invalid-policy-error.ts';
import type { PolicyDocument, PolicyStatement } from '../../../../../sandbox/aws/iam/policy-document.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../../../sandbox/aws/server.ts';

const ROLE = 'arn:aws:iam::111122223333:role/spoke';
const USER = 'arn:aws:iam::000000000000:user/nightshift';
let sandbox: AwsSandbox | undefined;

afterEach(async () => sandbox?.close());

const document = (...statements: readonly PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });
const allow = (action: string, resource: string): PolicyStatement => ({ Effect: 'Allow', Action: action, Resource: resource });

async function clientsUnder(statements: readonly PolicyStatement[] | undefined, rolePolicies?: readonly PolicyDocument[]) {
  sandbox = await startAwsSandbox({
    buckets: ['state'],
    clusters: { dev: { endpoint: 'https://127.0.0.1:1', caPem: 'pem' } },
    parameters: { '/nightshift/policy': 'v', bare: 'v', '/nightshift/webhook': { value: 'w', type: 'SecureString' } },
    roles: { [ROLE]: { externalId: 'x', ...(rolePolicies && { policies: rolePolicies }) } },
    ...(statements && { policies: [document(...statements)] }),
  });
  const { endpoint, region, credentials } = sandbox;
  const options = { endpoint, region, credentials, maxAttempts: 1 };
  return {
    s3: new S3Client({ ...options, forcePathStyle: true }),
    ssm: new SSMClient(options),
    sts: new STSClient(options),
    eks: new EKSClient(options),
    options,
  };
}

type Clients = Awaited<ReturnType<typeof clientsUnder>>;

const KEY = { Bucket: 'state', Key: 'runs/1.json' };
const PARAMETER = 'arn:aws:ssm:eu-central-1:000000000000:parameter';

/** Every operation of the endpoint with the permissions that the service authorisation reference names for it. */
const operations: readonly (readonly [string, (clients: Clients) => Promise<unknown>, readonly (readonly [string, string])[]])[] = [
  ['PutObject', ({ s3 }) => s3.send(new PutObjectCommand({ ...KEY, Body: 'x' })), [['s3:PutObject', 'arn:aws:s3:::state/runs/1.json']]],
  [
    'PutObject if the key is new',
    ({ s3 }) => s3.send(new PutObjectCommand({ ...KEY, Body: 'x', IfNoneMatch: '*' })),
    [['s3:PutObject', 'arn:aws:s3:::state/runs/1.json']],
  ],
  ['DeleteObject', ({ s3 }) => s3.send(new DeleteObjectCommand(KEY)), [['s3:DeleteObject', 'arn:aws:s3:::state/runs/1.json']]],
  ['ListObjectsV2', ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket: 'state' })), [['s3:ListBucket', 'arn:aws:s3:::state']]],
  ['HeadBucket', ({ s3 }) => s3.send(new HeadBucketCommand({ Bucket: 'state' })), [['s3:ListBucket', 'arn:aws:s3:::state']]],
  ['ListBuckets', ({ s3 }) => s3.send(new ListBucketsCommand({})), [['s3:ListAllMyBuckets', '*']]],
  [
    'CreateBucket',
    ({ s3 }) => s3.send(new CreateBucketCommand({ Bucket: 'other', CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' } })),
    [['s3:CreateBucket', 'arn:aws:s3:::other']],
  ],
  [
    'GetParameter',
    ({ ssm }) => ssm.send(new GetParameterCommand({ Name: '/nightshift/policy' })),
    [['ssm:GetParameter', `${PARAMETER}/nightshift/policy`]],
  ],
  [
    'GetParameter of a version',
    ({ ssm }) => ssm.send(new GetParameterCommand({ Name: 'bare:1' })),
    [['ssm:GetParameter', `${PARAMETER}/bare`]],
  ],
  [
    'GetParameter with decryption',
    ({ ssm }) => ssm.send(new GetParameterCommand({ Name: '/nightshift/webhook', WithDecryption: true })),
    [['ssm:GetParameter', `${PARAMETER}/nightshift/webhook`]],
  ],
  [
    'GetParameters',
    ({ ssm }) => ssm.send(new GetParametersCommand({ Names: ['/nightshift/policy', 'bare'] })),
    [
      ['ssm:GetParameters', `${PARAMETER}/nightshift/policy`],
      ['ssm:GetParameters', `${PARAMETER}/bare`],
    ],
  ],
  [
    'GetParametersByPath',
    ({ ssm }) => ssm.send(new GetParametersByPathCommand({ Path: '/nightshift/' })),
    [['ssm:GetParametersByPath', `${PARAMETER}/nightshift`]],
  ],
  [
    'PutParameter',
    ({ ssm }) => ssm.send(new PutParameterCommand({ Name: '/new', Value: 'v', Type: 'String' })),
    [['ssm:PutParameter', `${PARAMETER}/new`]],
  ],
  [
    'DescribeCluster',
    ({ eks }) => eks.send(new DescribeClusterCommand({ name: 'dev' })),
    [['eks:DescribeCluster', 'arn:aws:eks:eu-central-1:000000000000:cluster/dev']],
  ],
  ['ListClusters', ({ eks }) => eks.send(new ListClustersCommand({})), [['eks:ListClusters', '*']]],
  [
    'AssumeRole',
    ({ sts }) => sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'night', ExternalId: 'x' })),
    [['sts:AssumeRole', ROLE]],
  ],
];

describe('the operation', () => {
  it.each(operations)('%s needs just its permissions', async (_, call, needed) => {
    await call(await clientsUnder(needed.map(([action, resource]) => allow(action, resource))));

    expect(sandbox?.requests[0]?.authorised.map(({ action, resource, allowed }) => [action, resource, allowed])).toEqual(
      needed.map(([action, resource]) => [action, resource, true]),
    );
  });

  it.each(operations)('%s is refused without the last of them', async (_, call, needed) => {
    const clients = await clientsUnder([
      allow('s3:Nothing', '*'),
      ...needed.slice(0, -1).map(([action, resource]) => allow(action, resource)),
    ]);

    const error: unknown = await call(clients).catch((thrown: unknown) => thrown);

    expect((error as { $metadata: object }).$metadata).toMatchObject({
      httpStatusCode: sandbox?.requests[0]?.service === 'ssm' ? 400 : 403,
    });
    expect(sandbox?.requests[0]?.authorised.at(-1)).toMatchObject({
      action: needed.at(-1)?.[0],
      resource: needed.at(-1)?.[1],
      allowed: false,
    });
  });

  it('GetCallerIdentity is refused to nobody, not even by a Deny', async () => {
    const { sts } = await clientsUnder([{ Effect: 'Deny', Action: '*', Resource: '*' }]);

    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Arn: USER });
  });
});

describe('an object', () => {
  const readOnly = [allow('s3:PutObject', 'arn:aws:s3:::state/*'), allow('s3:GetObject', 'arn:aws:s3:::state/*')];

  it('is read and headed with s3:GetObject alone', async () => {
    const { s3 } = await clientsUnder(readOnly);
    await s3.send(new PutObjectCommand({ ...KEY, Body: 'kept' }));

    const read = await s3.send(new GetObjectCommand(KEY));
    await s3.send(new HeadObjectCommand(KEY));

    expect(await read.Body?.transformToString()).toBe('kept');
  });

  it('that is missing is 403 for those who may not list the bucket', async () => {
    const { s3 } = await clientsUnder(readOnly);

    await expect(s3.send(new GetObjectCommand(KEY))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User: ${USER} is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::state" because no identity-based policy allows the s3:ListBucket action`,
      $metadata: { httpStatusCode: 403 },
    });
    await expect(s3.send(new HeadObjectCommand(KEY))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('that is missing is 404 for those who may', async () => {
    const { s3 } = await clientsUnder([...readOnly, allow('s3:ListBucket', 'arn:aws:s3:::state')]);

    await expect(s3.send(new GetObjectCommand(KEY))).rejects.toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    await expect(s3.send(new HeadObjectCommand(KEY))).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  });

  it('that was not to be written is not there', async () => {
    const { s3 } = await clientsUnder([allow('s3:GetObject', '*')]);

    await expect(s3.send(new PutObjectCommand({ ...KEY, Body: 'x' }))).rejects.toMatchObject({ name: 'AccessDenied' });

    expect(sandbox?.objectsIn('state')?.size).toBe(0);
  });
});

describe('a listing', () => {
  it('can be narrowed to a prefix', async () => {
    const onlyRuns = { ...allow('s3:ListBucket', 'arn:aws:s3:::state'), Condition: { StringLike: { 's3:prefix': 'runs/*' } } };
    const { s3 } = await clientsUnder([onlyRuns]);
    const list = (input: object) => s3.send(new ListObjectsV2Command({ Bucket: 'state', ...input }));

    expect((await list({ Prefix: 'runs/night-1/' })).KeyCount).toBe(0);
    await expect(list({ Prefix: 'reports/' })).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(list({})).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});

describe('a refusal', () => {
  const why = (action: string, resource: string): string =>
    `User: ${USER} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;

  it('reads as each service words it', async () => {
    const { ssm, eks, sts } = await clientsUnder([allow('s3:GetObject', '*')]);

    await expect(ssm.send(new GetParameterCommand({ Name: 'bare' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: why('ssm:GetParameter', `${PARAMETER}/bare`),
      $metadata: { httpStatusCode: 400 },
    });
    await expect(eks.send(new DescribeClusterCommand({ name: 'dev' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: why('eks:DescribeCluster', 'arn:aws:eks:eu-central-1:000000000000:cluster/dev'),
      $metadata: { httpStatusCode: 403 },
    });
    await expect(sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'night', ExternalId: 'x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
      message: why('sts:AssumeRole', ROLE),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('does not tell whether the thing is there', async () => {
    const { ssm, eks } = await clientsUnder([allow('s3:GetObject', '*')]);

    await expect(ssm.send(new GetParameterCommand({ Name: 'gone' }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(eks.send(new DescribeClusterCommand({ name: 'gone' }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('by a Deny says so', async () => {
    const { ssm } = await clientsUnder([allow('*', '*'), { Effect: 'Deny', Action: 'ssm:*', Resource: `${PARAMETER}/bare` }]);

    await expect(ssm.send(new GetParameterCommand({ Name: 'bare' }))).rejects.toMatchObject({
      message: expect.stringContaining('with an explicit deny in an identity-based policy'),
    });
    expect((await ssm.send(new GetParameterCommand({ Name: '/nightshift/policy' }))).Parameter?.Value).toBe('v');
  });
});

describe('the session of a role', () => {
  const assume = allow('sts:AssumeRole', ROLE);
  const describeSpoke = allow('eks:DescribeCluster', 'arn:aws:eks:eu-central-1:111122223333:cluster/dev');

  async function spokeOf({ sts, options }: Clients) {
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'night', ExternalId: 'x' }));
    const credentials = {
      accessKeyId: Credentials!.AccessKeyId!,
      secretAccessKey: Credentials!.SecretAccessKey!,
      sessionToken: Credentials!.SessionToken!,
    };
    return { eks: new EKSClient({ ...options, credentials }), ssm: new SSMClient({ ...options, credentials }) };
  }

  it('may do what the role may, in its own account, and not what its caller may', async () => {
    const clients = await clientsUnder([assume, allow('ssm:GetParameter', '*')], [document(describeSpoke)]);
    const spoke = await spokeOf(clients);

    const { cluster } = await spoke.eks.send(new DescribeClusterCommand({ name: 'dev' }));

    expect(cluster?.arn).toBe('arn:aws:eks:eu-central-1:111122223333:cluster/dev');
    await expect(spoke.ssm.send(new GetParameterCommand({ Name: 'bare' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('User: arn:aws:sts::111122223333:assumed-role/spoke/night is not authorized'),
    });
    await expect(clients.eks.send(new DescribeClusterCommand({ name: 'dev' }))).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it('may do everything when nobody says what its role may', async () => {
    const spoke = await spokeOf(await clientsUnder([assume]));

    expect((await spoke.ssm.send(new GetParameterCommand({ Name: 'bare' }))).Parameter?.Value).toBe('v');
  });

  it.each([
    ['its external id', { StringEquals: { 'sts:ExternalId': 'x' } }, true],
    ['another external id', { StringEquals: { 'sts:ExternalId': 'y' } }, false],
    ['the organisation of its account', { StringEquals: { 'aws:ResourceOrgID': 'o-sandbox00' } }, true],
    ['another organisation', { StringEquals: { 'aws:ResourceOrgID': 'o-stranger0' } }, false],
    ['its account', { StringEquals: { 'aws:ResourceAccount': '111122223333' } }, true],
  ])('is opened on condition of %s: %s', async (_, Condition, opens) => {
    const clients = await clientsUnder([{ ...assume, Condition }]);

    expect(
      await spokeOf(clients).then(
        () => true,
        () => false,
      ),
    ).toBe(opens);
  });

  it('is its role to conditions about the principal', async () => {
    const mine = { ...describeSpoke, Condition: { ArnLike: { 'aws:PrincipalArn': ROLE }, Bool: { 'aws:SecureTransport': 'true' } } };
    const spoke = await spokeOf(await clientsUnder(undefined, [document(mine)]));

    expect((await spoke.eks.send(new DescribeClusterCommand({ name: 'dev' }))).cluster?.name).toBe('dev');
  });
});

describe('a policy that cannot be weighed', () => {
  it('keeps the endpoint from starting, and is named', async () => {
    const broken = { Version: '2012-10-17', Statement: { Effect: 'Allow', NotAction: '*', Resource: '*' } } as unknown as PolicyDocument;

    const ofCaller = startAwsSandbox({ policies: [document(allow('*', '*')), broken] });
    const ofRole = startAwsSandbox({ roles: { [ROLE]: { policies: [broken] } } });

    await expect(ofCaller).rejects.toThrow(InvalidPolicyError);
    await expect(ofCaller).rejects.toThrow(`policy 2 of ${USER}, statement 1: NotAction is not supported`);
    await expect(ofRole).rejects.toThrow(`policy 1 of ${ROLE}, statement 1: NotAction is not supported`);
  });
});
