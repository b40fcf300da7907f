import { type Fields, listAt, textAt } from '../../kubernetes/fields.ts';
import { fullName } from './full-name.ts';
import { withoutTag } from './image-id.ts';

/** What the new version is known by. */
export interface ExpectedImage {
  /**
   * `sha256:...`, any of which proves it: an image for several platforms has the digest of its index and one for each platform, and nodes name
   * the one or the other.
   */
  readonly digests: readonly string[];
  /** The container that runs it; unless told, those whose image is of `repository`, or the only container. */
  readonly container?: string;
  /** Without tag and digest; with its registry, where that is not Docker Hub. */
  readonly repository?: string;
}

/** The names of the containers of a pod that have to run it; several may, none is a mistake of the caller. */
export function containersFor(expected: ExpectedImage, pod: Fields): readonly string[] {
  const containers = listAt(pod, 'spec', 'containers').map((container) => ({
    name: textAt(container, 'name') ?? '',
    repository: fullName(withoutTag((textAt(container, 'image') ?? '').split('@')[0] ?? '')),
  }));
  const { container } = expected;
  const repository = expected.repository && fullName(expected.repository);
  const chosen = containers.filter((each) =>
    container === undefined ? repository === undefined || each.repository === repository : each.name === container,
  );
  return container === undefined && repository === undefined && containers.length > 1 ? [] : chosen.map(({ name }) => name);
}
