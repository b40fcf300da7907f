import type { Secret } from './secret.ts';

/** A secret, or one value in it. */
export interface SecretReference {
  /** Its name or ARN. */
  readonly name: string;
  /** Staging label of the version. @default AWSCURRENT */
  readonly stage?: string;
  /** For a secret that is a JSON object: the field that is meant. */
  readonly jsonKey?: string;
}

/** Secrets of Secrets Manager. Rejects with a SecretError that names the secret and never holds its value. */
export interface SecretSource {
  secret(reference: SecretReference, signal?: AbortSignal): Promise<Secret>;
}
