import { ecrCredentials } from '../../lib/aws/ecr-credentials.ts';
import type { RunContext } from '../../lib/platform/job-definition.ts';
import { resolveDigest } from '../../lib/registry/resolve-digest.ts';
import { addressPolicy } from '../../lib/smoke/addresses/address-policy.ts';

/** Kept while the function is warm: a password of ECR is good for hours. */
const credentials = ecrCredentials();

/**
 * The digests behind the tag of an image, asked of its registry. Which registry that is says an event or a template in the cluster, so it is held to the
 * addresses that suites are held to. @param allow see the policy document @throws BadInputError, RegistryError, AwsError
 */
export async function resolveTag(
  image: string,
  { clock, deadline }: Pick<RunContext, 'clock' | 'deadline'>,
  allow: readonly string[],
): Promise<readonly string[]> {
  const { digests } = await resolveDigest(image, {
    credentials,
    addresses: addressPolicy(allow),
    clock,
    signal: deadline.signal,
    remainingMs: () => deadline.remainingMs(),
  });
  return digests;
}
