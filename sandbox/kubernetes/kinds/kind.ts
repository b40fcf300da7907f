import type { Resource } from '../../../lib/kubernetes/client.ts';
import type { ApiObject } from '../api-object.ts';
import type { FieldCause } from '../status.ts';

export type NameRule = 'subdomain' | 'label' | 'service' | 'path';

/** When metadata.generation grows: never, with the spec, or (Deployments only) with the annotations too. */
export type GenerationRule = 'none' | 'spec' | 'spec-and-annotations';

/** One resource of the API: how it is served and what the server does to its objects on the way in. */
export interface Kind extends Resource {
  /** `group/plural`, unique. */
  readonly id: string;
  readonly apiVersion: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly hasStatus: boolean;
  readonly hasScale: boolean;
  readonly generation: GenerationRule;
  /** A custom resource: known to the server only while the cluster holds one, as if its definition came and went with the first and the last. */
  readonly custom: boolean;
  readonly nameRule: NameRule;
  readonly maxNameLength: number;
  /** What `DELETE` does to dependents when the caller does not say. */
  readonly propagation: 'Background' | 'Orphan';
  /** Fills what the API server fills; may change the object. */
  readonly defaults: (object: ApiObject) => void;
  /** Problems of the object; `previous` is given on an update, for what must not change. */
  readonly validate: (object: ApiObject, previous?: ApiObject) => FieldCause[];
}
