import { type Fields, listAt, textAt } from '../../../kubernetes/fields.ts';

/** A container's status beside what the pod's spec says of it. */
export interface Container {
  readonly name: string;
  /** `sidecar`: an init container that keeps running. */
  readonly role: 'init' | 'sidecar' | 'main';
  readonly status: Fields;
  readonly image: string | undefined;
  readonly memoryLimit: string | undefined;
}

/** Init containers first, as they run. Containers that have no status yet are not among them. */
export function containersOf(pod: Fields): readonly Container[] {
  return [
    ...pairs(pod, 'initContainers', 'initContainerStatuses', (spec) => (textAt(spec, 'restartPolicy') === 'Always' ? 'sidecar' : 'init')),
    ...pairs(pod, 'containers', 'containerStatuses', () => 'main'),
  ];
}

function pairs(pod: Fields, specs: string, statuses: string, roleOf: (spec: Fields | undefined) => Container['role']): Container[] {
  return listAt(pod, 'status', statuses).map((status) => {
    const name = textAt(status, 'name') ?? '';
    const spec = listAt(pod, 'spec', specs).find((each) => textAt(each, 'name') === name);
    return {
      name,
      role: roleOf(spec),
      status,
      image: textAt(spec, 'image') ?? textAt(status, 'image'),
      memoryLimit: textAt(spec, 'resources', 'limits', 'memory'),
    };
  });
}
