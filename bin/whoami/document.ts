import type { CredentialSource } from '../../lib/aws/credential-source.ts';
import type { AwsIdentity } from '../../lib/aws/identity.ts';
import type { KnownRegion } from '../../lib/aws/known-region.ts';
import type { ClusterAnswer } from './clusters.ts';

/** What `nightshift whoami -o json` prints. */
export interface WhoamiDocument extends Pick<AwsIdentity, 'account' | 'arn' | 'userId'> {
  readonly region?: string;
  readonly regionFrom?: RegionFrom;
  readonly credentials: CredentialSource & {
    readonly expires?: string /** ARN of the role that they assumed, by --role-arn. */;
    readonly role?: string;
  };
  readonly clusters?: readonly ClusterAnswer[];
}

export type RegionFrom = KnownRegion['from'] | '--region';

interface Parts {
  readonly identity: AwsIdentity;
  readonly region: { readonly name: string; readonly from: RegionFrom } | undefined;
  readonly role: string | undefined;
  readonly clusters: readonly ClusterAnswer[];
}

export function whoamiDocument({ identity, region, role, clusters }: Parts): WhoamiDocument {
  const { account, arn, userId, source, expires } = identity;
  return {
    account,
    arn,
    userId,
    ...(region && { region: region.name, regionFrom: region.from }),
    credentials: { ...source, ...(role !== undefined && { role }), ...(expires !== undefined && { expires }) },
    ...(clusters.length > 0 && { clusters }),
  };
}
