/** What of an image reference is promoted. An absent part is not written. */
export interface ImageVersion {
  readonly tag?: string;
  /** `sha256:` and so on. */
  readonly digest?: string;
}

export interface ImageReference extends ImageVersion {
  /** With registry and path, as in `registry.example.com:5000/shop/web`. */
  readonly name: string;
}

const NAME = /^[a-zA-Z0-9][a-zA-Z0-9._:/-]*$/;
const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/;
const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{6,}$/;

/** `name`, `name:tag`, `name@digest` or `name:tag@digest`; undefined for a text that is none of them. */
export function parseImage(text: string): ImageReference | undefined {
  const [rest = '', digest, more] = text.split('@');
  // A colon before a slash belongs to the port of a registry.
  const [, name = rest, tag] = /^(.*):([^/]*)$/.exec(rest) ?? [];
  if (more !== undefined || !NAME.test(name) || (tag !== undefined && !isTag(tag)) || (digest !== undefined && !isDigest(digest)))
    return undefined;
  return { name, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) };
}

export function imageText({ name, tag, digest }: ImageReference): string {
  return `${name}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** `:tag@digest`, for people. */
export function imageVersionText(version: ImageVersion): string {
  return imageText({ name: '', ...version });
}

export function isTag(text: string): boolean {
  return TAG.test(text);
}

export function isDigest(text: string): boolean {
  return DIGEST.test(text);
}
