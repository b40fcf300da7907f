import { at, type Fields, isFields, listAt, textAt } from '../../kubernetes/fields.ts';

/** One address behind a Service. */
export interface Endpoint {
  readonly service: string;
  readonly address: string;
  /** The pod behind it; absent for an address that somebody wrote down by hand. */
  readonly pod?: string;
  /** It gets requests: it is ready, or it is on its way out and everybody is. */
  readonly serving: boolean;
  readonly terminating: boolean;
}

const SERVICE_NAME = 'kubernetes.io/service-name';

/** All addresses of EndpointSlices. What a slice does not say of an endpoint reads as the API defines it: ready, serving, not terminating. */
export function endpointsOf(slices: readonly unknown[]): readonly Endpoint[] {
  return slices.filter(isFields).flatMap((slice) => listAt(slice, 'endpoints').map((endpoint) => endpointOf(slice, endpoint)));
}

function endpointOf(slice: Fields, endpoint: Fields): Endpoint {
  const ready = at(endpoint, 'conditions', 'ready') !== false;
  const serving = at(endpoint, 'conditions', 'serving');
  const addresses = at(endpoint, 'addresses');
  const isPod = textAt(endpoint, 'targetRef', 'kind') === 'Pod';
  const pod = isPod ? textAt(endpoint, 'targetRef', 'name') : undefined;
  return {
    service: textAt(slice, 'metadata', 'labels', SERVICE_NAME) ?? textAt(slice, 'metadata', 'name') ?? '',
    address: Array.isArray(addresses) && typeof addresses[0] === 'string' ? addresses[0] : '',
    ...(pod !== undefined && { pod }),
    serving: ready || serving === true,
    terminating: at(endpoint, 'conditions', 'terminating') === true,
  };
}
