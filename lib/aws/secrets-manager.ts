import { GetSecretValueCommand, type GetSecretValueCommandOutput, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NightshiftError } from '../platform/errors.ts';
import { Secret } from '../platform/secret.ts';
import { SecretError, type SecretTrouble } from '../platform/secret-error.ts';
import type { SecretReference, SecretSource } from '../platform/secret-source.ts';
import { hintFor } from './aws-error.ts';
import { type AwsFailure, failureOf } from './failure.ts';
import { secretsManagerClient } from './secrets-manager-client.ts';

const PERMISSION = 'secretsmanager:GetSecretValue';
/** No secret is waited for longer than this, all attempts of the SDK together. */
const TOTAL_TIMEOUT_MS = 15_000;

/** Secrets of one region, read with the credentials of the process. Nothing is remembered here. */
export function secretsManagerSecrets(region: string, client: SecretsManagerClient = secretsManagerClient({ region })): SecretSource {
  return {
    async secret(reference, signal) {
      signal?.throwIfAborted();
      const limit = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
      const command = new GetSecretValueCommand({ SecretId: reference.name, VersionStage: reference.stage });
      try {
        const answer = await client.send(command, { abortSignal: signal ? AbortSignal.any([signal, limit]) : limit });
        return new Secret(valueIn(answer, reference));
      } catch (error) {
        if (signal?.aborted) throw signal.reason;
        throw error instanceof NightshiftError ? error : secretError(error, { reference, region, timedOut: limit.aborted });
      }
    },
  };
}

/** @throws SecretError; what the parser says of a text that is no JSON quotes it, and is left out */
function valueIn({ SecretString: text }: GetSecretValueCommandOutput, { name, jsonKey }: SecretReference): string {
  if (text === undefined) throw unusable(name, 'it is binary', 'store it as text');
  if (jsonKey === undefined) return text;
  const hint = `store a JSON object with the field ${jsonKey}, or refer to the whole secret`;
  const document = objectIn(text);
  if (!document) throw unusable(name, `it is no JSON object, and the field ${jsonKey} is asked for`, hint);
  const value = Object.hasOwn(document, jsonKey) ? document[jsonKey] : undefined;
  if (value === undefined) throw unusable(name, `it has no field ${jsonKey}`, hint);
  if (typeof value === 'object') throw unusable(name, `its field ${jsonKey} is neither text nor number`, hint);
  return String(value);
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
}

function unusable(secret: string, why: string, hint: string): SecretError {
  return new SecretError(`secret ${secret} could not be used: ${why}`, { secret, trouble: 'unusable', hint });
}

interface Failed {
  readonly reference: SecretReference;
  readonly region: string;
  readonly timedOut: boolean;
}

function secretError(error: unknown, { reference, region, timedOut }: Failed): SecretError {
  const failure = failureOf(error);
  const trouble = timedOut ? 'unavailable' : troubleOf(failure, error);
  return new SecretError(`secret ${reference.name} could not be read: ${whyOf(failure, trouble, { reference, region, timedOut })}`, {
    secret: reference.name,
    trouble,
    cause: error,
    retryable: failure.retryable || timedOut,
    hint: hintOf(failure, trouble, { reference, region, timedOut }),
  });
}

/** Secrets Manager refuses in the name of KMS with the code for its own refusals; only the words differ. */
function troubleOf({ kind, name }: AwsFailure, error: unknown): SecretTrouble {
  if (name === 'ResourceNotFoundException') return 'missing';
  if (name === 'DecryptionFailure') return 'key';
  if (name === 'InvalidRequestException') return 'unusable';
  if (kind !== 'access-denied') return 'unavailable';
  return error instanceof Error && /\bKMS\b|\bkms:/.test(error.message) ? 'key' : 'denied';
}

function whyOf({ name }: AwsFailure, trouble: SecretTrouble, { reference, region, timedOut }: Failed): string {
  if (timedOut) return `no answer in ${TOTAL_TIMEOUT_MS} ms`;
  if (trouble === 'missing') return `it${reference.stage ? `, or its version ${reference.stage},` : ''} does not exist in ${region}`;
  if (trouble === 'unusable') return 'it is marked for deletion, or managed by another service';
  return trouble === 'key' ? `the key that encrypts it could not be used (${name})` : name;
}

function hintOf(failure: AwsFailure, trouble: SecretTrouble, { reference, region, timedOut }: Failed): string {
  if (timedOut) return `check the network path to Secrets Manager in ${region} (VPC endpoint or NAT)`;
  if (trouble === 'missing') return `create it there, or correct the name${reference.stage ? ', the staging label' : ''} or the region`;
  if (trouble === 'unusable') return 'restore the secret, or refer to another one';
  if (trouble === 'key') return 'allow kms:Decrypt on the key that encrypts it, and check that the key is enabled';
  return hintFor(failure, { permission: PERMISSION, resource: `the secret ${reference.name}`, region });
}
