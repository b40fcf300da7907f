import { SignatureV4 } from '@smithy/signature-v4';
import type { AwsCredentials } from '../aws/credentials.ts';
import { NodeSha256 } from '../aws/node-sha256.ts';
import { encodeStrictly } from '../platform/encode-strictly.ts';
import { BadInputError } from '../platform/errors.ts';

export interface EksTokenRequest {
  /** The cluster's name, not its ARN: the server compares. */
  readonly clusterName: string;
  readonly region: string;
  readonly credentials: AwsCredentials;
  /** Epoch ms; the server accepts the token for 15 minutes from here. */
  readonly now: number;
}

/** The verifier ignores it within 0 to 900 and counts from X-Amz-Date; 60 is what every client sends. */
const EXPIRES_SECONDS = 60;
/** The verifier refuses longer tokens. */
const MAX_TOKEN_BYTES = 4096;

/** STS lives under the domain of its partition; the verifier knows no others. */
const PARTITION_DOMAINS: readonly (readonly [prefix: string, domain: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['us-iso-', 'c2s.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['eusc-', 'amazonaws.eu'],
];

/**
 * The bearer token of an EKS cluster: a presigned STS GetCallerIdentity that names the cluster in a signed header. Made locally, nothing is sent.
 * Format and limits: kubernetes-sigs/aws-iam-authenticator, pkg/token/token.go.
 */
export async function eksToken({ clusterName, region, credentials, now }: EksTokenRequest): Promise<string> {
  const hostname = stsHost(region);
  const signer = new SignatureV4({ service: 'sts', region, credentials, sha256: NodeSha256, applyChecksum: false });
  const signed = await signer.presign(
    {
      method: 'GET',
      protocol: 'https:',
      hostname,
      path: '/',
      query: { Action: 'GetCallerIdentity', Version: '2011-06-15' },
      headers: { host: hostname, 'x-k8s-aws-id': clusterName },
    },
    { expiresIn: EXPIRES_SECONDS, signingDate: new Date(now) },
  );
  const query = Object.entries(signed.query ?? {}).map(([name, value]) => `${encodeStrictly(name)}=${encodeStrictly(String(value))}`);
  const token = `k8s-aws-v1.${Buffer.from(`https://${hostname}/?${query.join('&')}`).toString('base64url')}`;
  if (token.length > MAX_TOKEN_BYTES) {
    throw new BadInputError(
      `cannot sign a token for cluster ${clusterName}: it would have ${token.length} bytes, EKS accepts ${MAX_TOKEN_BYTES}`,
      {
        hint: 'the session token is too long: assume a role with fewer session tags',
      },
    );
  }
  return token;
}

function stsHost(region: string): string {
  if (!/^[a-z]{2,4}(-[a-z]+)+-\d+$/.test(region))
    throw new BadInputError(`cannot sign an EKS token: ${JSON.stringify(region)} is not an AWS region`, {
      hint: 'name a region such as eu-central-1',
    });
  const domain = PARTITION_DOMAINS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
  return `sts.${region}.${domain}`;
}
