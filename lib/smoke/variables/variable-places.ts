import type { KubernetesClient } from '../../kubernetes/client.ts';
import type { ParameterSource } from '../../platform/parameters.ts';
import type { SecretSource } from '../../platform/secret-source.ts';

/** Where variables are read from. What is absent cannot be read from here: a suite that wants it is told so. */
export interface VariablePlaces {
  /** What the caller gives by name, `expected.version` and `expected.digest` among it. It stands above what the suite says. */
  readonly given: ReadonlyMap<string, string>;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly parameters?: ParameterSource;
  readonly secrets?: SecretSource;
  /** Opened by the first ConfigMap or Secret that is asked for. */
  readonly cluster?: () => Promise<KubernetesClient>;
}
