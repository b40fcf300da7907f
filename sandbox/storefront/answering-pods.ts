import type { KubernetesObject, V1EndpointSlice, V1Pod } from '@kubernetes/client-node';

export interface AnsweringPod {
  readonly name: string;
  /** The tag of its image. */
  readonly version: string;
}

/** The pods that get requests for a Service, by its EndpointSlices. */
export function answeringPods(
  objects: readonly KubernetesObject[],
  service: { readonly namespace: string; readonly name: string },
): readonly AnsweringPod[] {
  const slices = objects.filter(
    (object): object is V1EndpointSlice =>
      object.kind === 'EndpointSlice' &&
      object.metadata?.namespace === service.namespace &&
      object.metadata.labels?.['kubernetes.io/service-name'] === service.name,
  );
  const names = new Set(
    slices.flatMap(({ endpoints }) => endpoints ?? []).flatMap(({ conditions, targetRef }) => (conditions?.ready ? [targetRef?.name] : [])),
  );
  return objects
    .filter((object): object is V1Pod => object.kind === 'Pod' && object.metadata?.namespace === service.namespace)
    .filter(({ metadata }) => names.has(metadata?.name))
    .map(({ metadata, spec }) => ({ name: metadata?.name ?? '', version: tagOf(spec?.containers[0]?.image ?? '') }));
}

function tagOf(image: string): string {
  return /:([^/:@]+)(?:@|$)/.exec(image)?.[1] ?? 'none';
}
