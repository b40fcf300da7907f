import { messageOf } from '../../platform/errors.ts';
import type { Release } from '../../records/releases.ts';
import type { ExpectedImage } from '../../rollout/identity/expected-image.ts';
import { withoutTag } from '../../rollout/identity/image-id.ts';
import type { Claim } from './proof.ts';

/** What a caller says of the release. */
export interface Asked {
  readonly app?: string | undefined;
  readonly version?: string | undefined;
  readonly digest?: string | undefined;
  /** With a tag or a digest, as in a pod's template. */
  readonly image?: string | undefined;
}

/** Where digests are known. Absent ones are not asked. */
export interface DigestSources {
  readonly release?: (app: string, version: string) => Promise<Release | undefined>;
  /** The digests behind a tag: that of the index, and those of its platforms. */
  readonly resolveTag?: (image: string) => Promise<readonly string[]>;
}

/** What the pods of the new version are to run, and what checks may ask for by the names `expected.version` and `expected.digest`. */
export interface ExpectedRelease extends Pick<Claim, 'version' | 'digest'> {
  /** Empty when no digest is known. */
  readonly images: readonly ExpectedImage[];
  readonly warnings: readonly string[];
  /** Why this release must not be what answers. */
  readonly objection?: string;
}

/**
 * The digest that a release is known by: the one given, else that of the image given, else that of the release record, else what the registry says
 * of the tag. A source that fails is a warning and the next is asked, because a proof by less is worth more than none; that no digest is known at
 * all is a warning too.
 */
export async function expectedRelease(asked: Asked, sources: DigestSources): Promise<ExpectedRelease> {
  const { app, digest, image } = asked;
  const version = asked.version ?? tagOf(image);
  const repository = image === undefined ? undefined : withoutTag(image.split('@')[0] ?? '');
  const expecting = (digests: readonly string[], more: Partial<ExpectedImage> = {}, warnings: readonly string[] = []): ExpectedRelease => ({
    ...(version !== undefined && { version }),
    ...(digests[0] !== undefined && { digest: digests[0] }),
    images: digests.length === 0 ? [] : [{ digests, ...(repository !== undefined && { repository }), ...more }],
    warnings,
  });
  const given = digest ?? image?.split('@')[1];
  if (given !== undefined) return expecting([given]);
  const warnings: string[] = [];
  if (app !== undefined && asked.version !== undefined) {
    const release = await tried(() => sources.release?.(app, asked.version ?? '') ?? Promise.resolve(undefined), warnings);
    if (release !== undefined) {
      const objection = release.status === 'quarantined' ? `${app} ${release.version} is quarantined in the records` : undefined;
      return { ...expecting([release.digest], repositoryOf(release), warnings), ...(objection !== undefined && { objection }) };
    }
    if (sources.release && warnings.length === 0) warnings.push(`no release of ${app} ${asked.version} is recorded`);
  }
  if (image !== undefined && sources.resolveTag) {
    const digests = await tried(() => sources.resolveTag?.(image) ?? Promise.resolve([]), warnings);
    if (digests !== undefined && digests.length > 0) return expecting(digests, {}, warnings);
  }
  return expecting([], {}, warnings);
}

async function tried<T>(ask: () => Promise<T>, warnings: string[]): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    warnings.push(messageOf(error));
    return undefined;
  }
}

/** `latest` and its like are no versions. */
function tagOf(image: string | undefined): string | undefined {
  const tag = /:([^/:@]+)(?:@|$)/.exec(image ?? '')?.[1];
  return tag !== undefined && /\d/.test(tag) ? tag : undefined;
}

/** Where the image of a release is; a file in a bucket is none. */
function repositoryOf({ uri }: Release): Partial<ExpectedImage> {
  return /^[a-z][a-z0-9+.-]*:\/\//.test(uri) ? {} : { repository: withoutTag(uri.split('@')[0] ?? '') };
}
