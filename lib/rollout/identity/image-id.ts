/** What a node says that a container runs, from `status.containerStatuses[].imageID`. */
export interface ImageId {
  /** `sha256:...` */
  readonly digest: string;
  /** With its registry; absent when the runtime names no repository. */
  readonly repository?: string;
}

/**
 * Runtimes write `docker-pullable://repo@sha256:...`, `repo@sha256:...` or, of an image that came from no registry, a plain `sha256:...` or
 * `docker://sha256:...`: the digest of its configuration. Undefined for anything else; an image that was not pulled yet has none.
 */
export function parseImageId(text: string): ImageId | undefined {
  const [, repository, digest] = /^(?:[a-z-]+:\/\/)?(?:([^@\s]+)@)?(sha256:[0-9a-f]{64})$/.exec(text) ?? [];
  if (digest === undefined) return undefined;
  return { digest, ...(repository !== undefined && { repository: withoutTag(repository) }) };
}

/** A colon before a slash belongs to the port of a registry. */
export function withoutTag(reference: string): string {
  return reference.replace(/:[^/:]*$/, '');
}
