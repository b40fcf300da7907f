import type { KubernetesObject } from '@kubernetes/client-node';
import type { KubernetesClient } from '../../kubernetes/client.ts';
import { listAt, textAt } from '../../kubernetes/fields.ts';
import { messageOf } from '../../platform/errors.ts';
import type { ExpectedImage } from '../../rollout/identity/expected-image.ts';
import { RESOURCES, type RolloutTarget } from '../../rollout/live/target.ts';
import type { DigestSources, ExpectedRelease } from './expected-release.ts';

/** Of one template. */
const MOST_CONTAINERS = 10;

/**
 * What a workload's own template says that its pods run, for a caller who said nothing of the release: a digest as it is, a tag by what the registry
 * says of it now. It shows whether all pods run one and the same image, and not that it is the one that somebody meant.
 */
export async function templateRelease(
  target: RolloutTarget,
  { client, sources, signal }: { readonly client: KubernetesClient; readonly sources: DigestSources; readonly signal: AbortSignal },
): Promise<Pick<ExpectedRelease, 'images' | 'warnings'>> {
  const { kind, namespace, name } = target;
  const workload = await client.get<KubernetesObject>(RESOURCES[kind], { namespace, name }, { signal });
  const containers = listAt(workload, 'spec', 'template', 'spec', 'containers').slice(0, MOST_CONTAINERS);
  const found = await Promise.all(
    containers.map((container) => imageOf(textAt(container, 'name') ?? '', textAt(container, 'image') ?? '', sources)),
  );
  return { images: found.flatMap(({ image }) => image ?? []), warnings: found.flatMap(({ warning }) => warning ?? []) };
}

interface Found {
  readonly image?: ExpectedImage;
  readonly warning?: string;
}

async function imageOf(container: string, image: string, { resolveTag }: DigestSources): Promise<Found> {
  const digest = image.split('@')[1];
  if (digest !== undefined) return { image: { digests: [digest], container } };
  if (resolveTag === undefined) return {};
  try {
    return { image: { digests: await resolveTag(image), container } };
  } catch (error) {
    return { warning: `the digest of ${image} is not known: ${messageOf(error)}` };
  }
}
