import { listAt, textAt } from '../../kubernetes/fields.ts';
import { fullName } from '../identity/full-name.ts';

/** The images of a workload's pod template, init containers included. */
export function templateImages(object: unknown): readonly string[] {
  return ['initContainers', 'containers'].flatMap((list) =>
    listAt(object, 'spec', 'template', 'spec', list).flatMap((container) => textAt(container, 'image') ?? []),
  );
}

/** Whether one of the images is the wanted one, or is it more exactly: `web:2` is met by `docker.io/library/web:2@sha256:...`. */
export function holdsImage(images: readonly string[], wanted: string): boolean {
  const asked = partsOf(wanted);
  return images
    .map(partsOf)
    .some(
      (image) =>
        (asked.name === '' || image.name === asked.name) &&
        (asked.digest === undefined ? image.tag === (asked.tag ?? 'latest') : image.digest === asked.digest),
    );
}

interface Parts {
  /** With registry and path; empty when only a digest is given. */
  readonly name: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

function partsOf(image: string): Parts {
  if (/^sha256:[0-9a-f]{64}$/.test(image)) return { name: '', tag: undefined, digest: image };
  const [rest = '', digest] = image.split('@');
  // A colon before a slash belongs to the port of a registry.
  const [, name = rest, tag] = /^(.*):([^/:]*)$/.exec(rest) ?? [];
  return { name: fullName(name), tag: tag ?? (digest === undefined ? 'latest' : undefined), digest };
}
