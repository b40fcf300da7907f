import { ecrCredentials } from '../../lib/aws/ecr-credentials.ts';
import type { RunContext } from '../../lib/platform/job-definition.ts';
import { resolveDigest } from '../../lib/registry/resolve-digest.ts';

/** Kept while the function is warm: a password of ECR is good for hours. */
const credentials = ecrCredentials();

/** The digests behind the tag of an image, asked of its registry. @throws BadInputError, RegistryError, AwsError */
export async function resolveTag(image: string, { clock, deadline }: Pick<RunContext, 'clock' | 'deadline'>): Promise<readonly string[]> {
  const { digests } = await resolveDigest(image, {
    credentials,
    clock,
    signal: deadline.signal,
    remainingMs: () => deadline.remainingMs(),
  });
  return digests;
}
