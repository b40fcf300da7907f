import type { Secret } from './secret.ts';

/**
 * Named values kept outside of the environment: SSM parameters on AWS.
 * Both methods reject with a ParameterError that names the parameter and never holds its value.
 */
export interface ParameterSource {
  /** A plain parameter: a policy, a list. */
  get(name: string, signal?: AbortSignal): Promise<string>;
  /** A SecureString, or a Secrets Manager secret by its name under `/aws/reference/secretsmanager/`. */
  secret(name: string, signal?: AbortSignal): Promise<Secret>;
}
