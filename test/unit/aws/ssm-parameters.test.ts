import { inspect } from 'node:util';
import { SSMClient } from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, it } from 'vitest';
import { ssmParameters } from '../../../lib/aws/ssm-parameters.ts';
import { ParameterError } from '../../../lib/platform/parameter-error.ts';
import type { ParameterSource } from '../../../lib/platform/parameters.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';

let receiver: HttpReceiver | undefined;

afterEach(async () => {
  await receiver?.close();
  receiver = undefined;
});

interface Answer {
  readonly status?: number;
  readonly body?: object;
}

/** Parameters of an SSM that answers like this; `undefined` leaves the request without an answer. */
async function ssm(
  answer: (n: number) => Answer | undefined,
  requestTimeout = 5_000,
): Promise<{ parameters: ParameterSource; requests: HttpReceiver['requests'] }> {
  receiver = await httpReceiver((response, n) => {
    const { status = 200, body = {} } = answer(n) ?? {};
    if (answer(n)) response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  });
  const client = new SSMClient({
    region: 'eu-west-1',
    endpoint: receiver.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    maxAttempts: 1,
    requestHandler: { requestTimeout, throwOnRequestTimeout: true },
  });
  return { parameters: ssmParameters('eu-west-1', client), requests: receiver.requests };
}

const parameter = (Type: string, Value: string): Answer => ({ body: { Parameter: { Name: '/nightshift/p', Type, Value } } });

describe('ssmParameters', () => {
  it('reads a plain parameter without asking for decryption', async () => {
    const { parameters, requests } = await ssm(() => parameter('String', '{"version":1}'));

    expect(await parameters.get('/nightshift/p')).toBe('{"version":1}');
    expect(requests[0]?.headers['x-amz-target']).toBe('AmazonSSM.GetParameter');
    expect(JSON.parse(requests[0]!.body)).toEqual({ Name: '/nightshift/p', WithDecryption: false });
  });

  it('reads a secret decrypted, into something that does not show', async () => {
    const { parameters, requests } = await ssm(() => parameter('SecureString', 'planted'));

    const secret = await parameters.secret('/nightshift/p');

    expect(secret.reveal()).toBe('planted');
    expect(inspect({ secret })).not.toContain('planted');
    expect(JSON.parse(requests[0]!.body)).toMatchObject({ WithDecryption: true });
  });

  it('does not take the ciphertext of a SecureString for a plain value', async () => {
    const { parameters } = await ssm(() => parameter('SecureString', 'AQICAHplanted'));

    const error = await parameters.get('/nightshift/p').catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ code: 'parameter', retryable: false, message: expect.stringContaining('it is a SecureString') });
    expect(inspect(error)).not.toContain('planted');
  });

  it.each([
    ['ParameterNotFound', 400, 'it does not exist in eu-west-1', false, 'create it there'],
    ['AccessDeniedException', 400, 'AccessDeniedException', false, 'allow ssm:GetParameter on /nightshift/p'],
    ['ThrottlingException', 400, 'ThrottlingException', true, 'slow down'],
    ['InternalServerError', 500, 'InternalServerError', true, 'try again'],
  ])('tells %s from the others', async (name, status, why, retryable, hint) => {
    const { parameters } = await ssm(() => ({ status, body: { __type: name, message: 'planted' } }));

    const error = await parameters.get('/nightshift/p').catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ParameterError);
    expect(error).toMatchObject({
      parameter: '/nightshift/p',
      message: `parameter /nightshift/p could not be read: ${why}`,
      retryable,
      hint: expect.stringContaining(hint),
    });
  });

  it('names the permission on the key as well when a secret may not be read', async () => {
    const { parameters } = await ssm(() => ({ status: 400, body: { __type: 'AccessDeniedException' } }));

    await expect(parameters.secret('/nightshift/p')).rejects.toMatchObject({
      hint: expect.stringMatching(/ssm:GetParameter on \/nightshift\/p.*, and kms:Decrypt on the key/),
    });
  });

  it('fails, instead of hanging, when SSM does not answer', async () => {
    const { parameters } = await ssm(() => undefined, 40);

    await expect(parameters.get('/nightshift/p')).rejects.toMatchObject({ code: 'parameter', retryable: true });
  });

  it('ends with the reason of its caller when the caller gives up', async () => {
    const { parameters } = await ssm(() => undefined);

    await expect(parameters.get('/nightshift/p', AbortSignal.abort(new Error('out of time')))).rejects.toThrow('out of time');
  });
});
