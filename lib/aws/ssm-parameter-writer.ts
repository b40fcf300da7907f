import { GetParametersCommand, PutParameterCommand, type SSMClient } from '@aws-sdk/client-ssm';
import type { ParameterWriter, StoredParameter } from '../platform/parameter-writer.ts';
import { awsError } from './aws-error.ts';
import { ssmClient } from './ssm-client.ts';

/** GetParameters takes no more names. */
const NAMES_PER_CALL = 10;
/** For one call, all attempts of the SDK together. */
const TOTAL_TIMEOUT_MS = 15_000;

/** Writes parameters of one region with the credentials of the process, encrypted ones with the key of the account (`alias/aws/ssm`). */
export function ssmParameterWriter(region: string, client: SSMClient = ssmClient({ region })): ParameterWriter {
  return {
    async read(names, signal) {
      const found = new Map<string, StoredParameter>();
      for (let at = 0; at < names.length; at += NAMES_PER_CALL) {
        const Names = names.slice(at, at + NAMES_PER_CALL);
        const call = { permission: 'ssm:GetParameters', resource: Names.join(', '), region };
        const answer = await calling(call, signal, (abortSignal) =>
          client.send(new GetParametersCommand({ Names, WithDecryption: true }), { abortSignal }),
        );
        for (const { Name = '', Type = '', Value = '' } of answer.Parameters ?? []) found.set(Name, { type: Type, value: Value });
      }
      return found;
    },
    async write({ name, type, value }, signal) {
      const call = { permission: 'ssm:PutParameter', resource: name, region };
      const command = new PutParameterCommand({ Name: name, Type: type, Value: value, Overwrite: true });
      await calling(call, signal, (abortSignal) => client.send(command, { abortSignal }));
    },
  };
}

async function calling<T>(
  call: Parameters<typeof awsError>[1],
  signal: AbortSignal | undefined,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(TOTAL_TIMEOUT_MS);
  try {
    return await send(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    throw awsError(error, call, signal);
  }
}
