/** What is needed of `eks:DescribeCluster` to reach a cluster. */
export interface DescribedCluster {
  /** `https://….eks.amazonaws.com` */
  readonly endpoint: string;
  /** The cluster's CA certificates as PEM text (EKS delivers base64 of it). */
  readonly certificateAuthorityPem: string;
  /** `ACTIVE`, `UPDATING`, `CREATING`, `DELETING`, `FAILED`, `PENDING`. */
  readonly status: string;
  readonly arn: string;
}

/** The one question to EKS; implemented over the AWS SDK in `lib/aws/eks-clusters.ts`. */
export interface ClusterDescriber {
  /** @throws BadInputError when the account and region hold no cluster of that name, or a typed AWS error */
  describeCluster(name: string, options?: { readonly signal?: AbortSignal }): Promise<DescribedCluster>;
}
