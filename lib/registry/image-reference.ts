import { BadInputError } from '../platform/errors.ts';

/** An image as people write it, with everything that Docker takes for granted filled in. */
export interface ImageReference {
  /** `docker.io`, `ghcr.io`, `registry.example.com:5000`: lower case. */
  readonly registry: string;
  /** `library/nginx` */
  readonly repository: string;
  /** `latest` where neither tag nor digest was written. A digest beside it is what counts. */
  readonly tag?: string;
  readonly digest?: string;
}

const LONGEST_NAME = 255;

/** https://github.com/distribution/reference/blob/main/regexp.go, which Docker, containerd and Kubernetes read references by. */
const component = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const domain =
  /^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[a-fA-F0-9:]+\])(?::\d+)?$/;
const tagWord = /^\w[\w.-]{0,127}$/;
const digestText = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
/** A hash alone names an image of the machine and not of a registry. */
const identifier = /^[a-f0-9]{64}$/;
/** Algorithms whose length is known; sha512 is the other one that OCI registers. */
const hexLengths: Readonly<Record<string, number>> = { sha256: 64, sha512: 128 };

/**
 * Reads `[registry/]repository[:tag][@digest]` by Docker's rules: the first part is a registry when it has a dot, a colon or a capital letter or is
 * `localhost`; otherwise the registry is docker.io, where a name without a slash is below `library/`.
 * @throws BadInputError
 */
export function parseImageReference(text: string): ImageReference {
  const [named = '', digest, ...more] = text.split('@');
  if (more.length > 0) throw unreadable(text, 'it has more than one @');
  if (digest !== undefined && !isDigest(digest)) throw unreadable(text, 'what follows the @ is no digest');
  const { name, tag } = splitTag(named);
  if (identifier.test(name)) throw unreadable(text, 'it is the id of an image, and names no repository');
  if (tag !== undefined && !tagWord.test(tag)) throw unreadable(text, `${JSON.stringify(tag)} is no tag`);
  const { registry, repository } = splitRegistry(name);
  if (!domain.test(registry)) throw unreadable(text, `${JSON.stringify(registry)} is no registry`);
  const wrong = repository.split('/').find((part) => !component.test(part));
  if (wrong !== undefined) throw unreadable(text, wrongComponent(wrong));
  if (`${registry}/${repository}`.length > LONGEST_NAME) throw unreadable(text, `its name has more than ${LONGEST_NAME} characters`);
  const shownTag = tag ?? (digest === undefined ? 'latest' : undefined);
  return {
    registry: registry.toLowerCase(),
    repository,
    ...(shownTag !== undefined && { tag: shownTag }),
    ...(digest !== undefined && { digest }),
  };
}

/** The reference in full: `docker.io/library/nginx:1.29`. */
export function imageText({ registry, repository, tag, digest }: ImageReference): string {
  return `${registry}/${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}

/** `algorithm:hex`; of the algorithms that OCI registers, in their length and in lower case. */
export function isDigest(text: string): boolean {
  if (!digestText.test(text)) return false;
  const [algorithm = '', hex = ''] = text.split(':');
  const length = hexLengths[algorithm];
  return length === undefined || (hex.length === length && !/[A-F]/.test(hex));
}

/** A colon before a slash is a port's. */
function splitTag(named: string): { readonly name: string; readonly tag?: string } {
  const colon = named.lastIndexOf(':');
  return colon > named.lastIndexOf('/') && colon !== -1 ? { name: named.slice(0, colon), tag: named.slice(colon + 1) } : { name: named };
}

function splitRegistry(name: string): Pick<ImageReference, 'registry' | 'repository'> {
  const slash = name.indexOf('/');
  const first = slash === -1 ? '' : name.slice(0, slash);
  const isRegistry = first === 'localhost' || /[.:A-Z]/.test(first);
  const registry = isRegistry && first !== 'index.docker.io' ? first : 'docker.io';
  const repository = isRegistry ? name.slice(slash + 1) : name;
  return { registry, repository: registry === 'docker.io' && !repository.includes('/') ? `library/${repository}` : repository };
}

function wrongComponent(part: string): string {
  if (part === '') return 'a part of its name is empty';
  return /[A-Z]/.test(part) ? 'repository names are in lower case' : `${JSON.stringify(part)} is no part of a repository name`;
}

function unreadable(text: string, why: string): BadInputError {
  const shown = text.length > 300 ? `${text.slice(0, 300)}…` : text;
  return new BadInputError(`image ${JSON.stringify(shown)} cannot be read: ${why}`, {
    hint: 'write it as registry.example.com/team/app:tag or …@sha256:digest',
  });
}
