import { accountOf, clusterArn } from './arns.ts';
import { AwsFault } from './fault.ts';
import { type JsonObject, jsonAnswer, jsonCode } from './json-front.ts';
import type { AwsRequest, AwsResponse, ServiceFront } from './service.ts';

export interface SandboxCluster {
  /** `https://127.0.0.1:port` */
  readonly endpoint: string;
  readonly caPem: string;
  /** @default ACTIVE */
  readonly status?: string;
}

export type SandboxClusters = Readonly<Record<string, SandboxCluster>>;

interface Place {
  readonly region: string;
  readonly account: string;
}

/** Accounts have 100 clusters; the API pages by that too. */
const PAGE = 100;

/** Whoever assumed a role looks for the cluster in that role's account, and finds it there. */
function clusterJson(name: string, { endpoint, caPem, status = 'ACTIVE' }: SandboxCluster, { region, account }: Place): JsonObject {
  const creating = status === 'CREATING' || status === 'PENDING';
  return {
    name,
    arn: clusterArn(region, account, name),
    createdAt: 1_767_225_600,
    version: '1.36',
    platformVersion: 'eks.1',
    roleArn: `arn:aws:iam::${account}:role/eks-${name}`,
    resourcesVpcConfig: {
      endpointPublicAccess: true,
      endpointPrivateAccess: false,
      publicAccessCidrs: ['0.0.0.0/0'],
      subnetIds: [],
      securityGroupIds: [],
    },
    accessConfig: { authenticationMode: 'API' },
    status,
    // Neither exists before the control plane does.
    certificateAuthority: creating ? undefined : { data: Buffer.from(caPem).toString('base64') },
    endpoint: creating ? undefined : endpoint,
    tags: {},
  };
}

/** DescribeCluster and ListClusters over REST JSON. `clusters` is read per request, so that a cluster may be added later. */
export function eksFront(clusters: ReadonlyMap<string, SandboxCluster>): ServiceFront {
  const describe = (name: string, place: Place): AwsResponse => {
    const cluster = clusters.get(name);
    if (!cluster) throw new AwsFault(404, 'ResourceNotFoundException', `No cluster found for name: ${name}.`);
    return jsonAnswer('application/json', { cluster: clusterJson(name, cluster, place) });
  };
  const list = (query: URLSearchParams): AwsResponse => {
    const after = Buffer.from(query.get('nextToken') ?? '', 'base64url').toString();
    const limit = Math.min(Number(query.get('maxResults') ?? PAGE), PAGE);
    const names = [...clusters.keys()].sort().filter((name) => name > after);
    const page = names.slice(0, limit);
    const nextToken = names.length > limit ? Buffer.from(page.at(-1) ?? '').toString('base64url') : null;
    return jsonAnswer('application/json', { clusters: page, nextToken });
  };
  return {
    parse({ method, rawPath, query, region, identity }: AwsRequest) {
      const [, collection, encoded, ...rest] = rawPath.split('/');
      if (method !== 'GET' || collection !== 'clusters' || rest.length > 0) {
        throw new AwsFault(501, 'UnknownOperationException', `${method} ${rawPath} is not implemented by this endpoint`);
      }
      if (encoded === undefined) {
        return {
          name: 'ListClusters',
          resource: '*',
          permissions: [{ action: 'eks:ListClusters', resource: '*' }],
          apply: () => list(query),
        };
      }
      const name = decodeURIComponent(encoded);
      const place = { region, account: accountOf(identity.arn) };
      const permissions = [{ action: 'eks:DescribeCluster', resource: clusterArn(region, place.account, name) }];
      return { name: 'DescribeCluster', resource: name, permissions, apply: () => describe(name, place) };
    },
    fail(code, message, status) {
      const type = jsonCode(code);
      // EKS words a refusal with 403 where the JSON 1.1 services use 400.
      const answered = type === 'AccessDeniedException' ? 403 : status;
      return {
        status: answered,
        headers: { 'content-type': 'application/json', 'x-amzn-errortype': type },
        body: JSON.stringify({ message }),
      };
    },
  };
}
