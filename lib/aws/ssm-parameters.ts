import { GetParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import { NightshiftError } from '../platform/errors.ts';
import { ParameterError } from '../platform/parameter-error.ts';
import type { ParameterSource } from '../platform/parameters.ts';
import { Secret } from '../platform/secret.ts';
import { hintFor } from './aws-error.ts';
import { failureOf } from './failure.ts';
import { ssmClient } from './ssm-client.ts';

const PERMISSION = 'ssm:GetParameter';
/** A kubeconfig or policy is never waited for longer than this, all attempts of the SDK together. */
const TOTAL_TIMEOUT_MS = 15_000;

/** Parameters of one region, read with the credentials of the process. Wrap in `cachedParameters`: nothing is remembered here. */
export function ssmParameters(region: string, client: SSMClient = ssmClient({ region })): ParameterSource {
  const read = async (name: string, decrypt: boolean, signal: AbortSignal | undefined): Promise<string> => {
    const limit = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
    try {
      const command = new GetParameterCommand({ Name: name, WithDecryption: decrypt });
      const answer = await client.send(command, { abortSignal: signal ? AbortSignal.any([signal, limit]) : limit });
      const value = answer.Parameter?.Value;
      if (value !== undefined && (decrypt || answer.Parameter?.Type !== 'SecureString')) return value;
      throw unusable(name, value === undefined);
    } catch (error) {
      throw parameterError(error, { name, decrypt, region, signal });
    }
  };
  return {
    get: (name, signal) => read(name, false, signal),
    secret: async (name, signal) => new Secret(await read(name, true, signal)),
  };
}

/** Without decryption a SecureString is answered as ciphertext, which must not pass for a value. */
function unusable(name: string, empty: boolean): ParameterError {
  const why = empty ? 'it has no value' : 'it is a SecureString, and a plain value is expected';
  return new ParameterError(`parameter ${name} could not be used: ${why}`, {
    parameter: name,
    retryable: false,
    hint: empty ? 'store a value under this name' : 'store it as a String parameter, or refer to it where a secret is expected',
  });
}

function parameterError(
  error: unknown,
  {
    name,
    decrypt,
    region,
    signal,
  }: { readonly name: string; readonly decrypt: boolean; readonly region: string; readonly signal: AbortSignal | undefined },
): unknown {
  if (error instanceof NightshiftError) return error;
  if (signal?.aborted) return signal.reason;
  const failure = failureOf(error);
  if (failure.name === 'ParameterNotFound' || failure.name === 'ParameterVersionNotFound') {
    return new ParameterError(`parameter ${name} could not be read: it does not exist in ${region}`, {
      parameter: name,
      retryable: false,
      cause: error,
      hint: 'create it there, or correct the name or the region',
    });
  }
  const timedOut = failure.name === 'AbortError';
  // KMS refuses with the same error code.
  const key =
    decrypt && failure.kind === 'access-denied' && !failure.denied?.permission.startsWith('kms:')
      ? ', and kms:Decrypt on the key that encrypts it'
      : '';
  return new ParameterError(`parameter ${name} could not be read: ${timedOut ? `no answer in ${TOTAL_TIMEOUT_MS} ms` : failure.name}`, {
    parameter: name,
    retryable: failure.retryable || timedOut,
    cause: error,
    hint: timedOut
      ? `check the network path to SSM in ${region} (VPC endpoint or NAT)`
      : hintFor(failure, { permission: PERMISSION, resource: name, region }) + key,
  });
}
