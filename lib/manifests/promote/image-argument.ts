import { BadInputError } from '../../platform/errors.ts';
import { isDigest, isTag } from './image-name.ts';

/** What a kustomization's image is to have; `keep` leaves it as it is, `none` takes it away. */
export type Wanted = { readonly to: string } | 'keep' | 'none';

/** An image argument of `kustomize edit set image`, understood. */
export interface ImageArgument {
  /** The entry's `name`. */
  readonly name: string;
  readonly newName: Wanted;
  readonly newTag: Wanted;
  readonly digest: Wanted;
}

const KEEP = '*';

/**
 * Reads `name=new:tag`, `name=new@digest`, `name=*:tag`, `name:tag@digest` and their like; `*` keeps what is there.
 * A new tag takes the digest away and a digest the tag, unless both are given; without `=`, the new name stays.
 * @throws BadInputError
 */
export function parseImageArgument(text: string): ImageArgument {
  const [name = '', image, more] = text.split('=');
  if (more !== undefined || /\s/.test(text)) throw bad(text, 'it is no image');
  const whole = image ?? name;
  const { newName, newTag, digest } = partsOf(text, whole);
  if (image === undefined) {
    if (newTag === undefined && digest === undefined) throw bad(text, 'it names neither a tag nor a digest');
    return argument(newName, 'keep', newTag, digest);
  }
  if (name === '' || newName === '') throw bad(text, 'a name is missing');
  return argument(name, newName === KEEP ? 'keep' : { to: newName }, newTag, digest);
}

interface Parts {
  readonly newName: string;
  readonly newTag: string | undefined;
  readonly digest: string | undefined;
}

function partsOf(text: string, image: string): Parts {
  const [rest = '', digest, more] = image.split('@');
  const [, newName = rest, newTag] = /^(.*):([^/]*)$/.exec(rest) ?? [];
  if (more !== undefined || newName === '' || (newName.includes(KEEP) && newName !== KEEP)) throw bad(text, 'its name cannot be');
  if (newTag !== undefined && newTag !== KEEP && !isTag(newTag)) throw bad(text, `${JSON.stringify(newTag)} is no tag`);
  if (digest !== undefined && digest !== KEEP && !isDigest(digest)) throw bad(text, `${JSON.stringify(digest)} is no digest`);
  return { newName, newTag, digest };
}

function argument(name: string, newName: Wanted, tag: string | undefined, digest: string | undefined): ImageArgument {
  // Nothing that is named changes: neither does what is not named.
  if ((tag ?? KEEP) === KEEP && (digest ?? KEEP) === KEEP) return { name, newName, newTag: 'keep', digest: 'keep' };
  return { name, newName, newTag: wanted(tag), digest: wanted(digest) };
}

function wanted(text: string | undefined): Wanted {
  if (text === undefined) return 'none';
  return text === KEEP ? 'keep' : { to: text };
}

function bad(text: string, why: string): BadInputError {
  return new BadInputError(`${JSON.stringify(text)} is no image argument: ${why}`, {
    hint: 'write it as in web=registry.example.com/web:v2, web=*:v2, web:v2@sha256:... or web=*@sha256:...',
  });
}
