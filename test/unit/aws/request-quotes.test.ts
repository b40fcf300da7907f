import { S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, it } from 'vitest';
import { s3StateStore } from '../../../lib/aws/s3-state-store.ts';
import { createLog } from '../../../lib/platform/logger.ts';
import { type HttpReceiver, httpReceiver } from '../../support/http-receiver.ts';
import { recordingStream } from '../../support/recorders.ts';

let receiver: HttpReceiver | undefined;
afterEach(() => receiver?.close());

const sessionToken = 'planted-session-token';
const hexCodes = (text: string): string => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');

it('shows nothing of a request that S3 quotes when its signature does not match', async () => {
  receiver = await httpReceiver((response, _n, { headers }) => {
    const canonical = Object.entries(headers)
      .map(([name, value]) => `${name}:${value}`)
      .join('\n');
    const quotes = {
      StringToSign: `AWS4-HMAC-SHA256\n${canonical}`,
      SignatureProvided: 'planted-signature',
      CanonicalRequest: canonical,
      CanonicalRequestBytes: hexCodes(canonical),
    };
    const fields = Object.entries(quotes).map(([name, text]) => `<${name}>${text}</${name}>`);
    const body = `<Error><Code>SignatureDoesNotMatch</Code><Message>check your key</Message>${fields.join('')}</Error>`;
    response.writeHead(403, { 'content-type': 'application/xml' }).end(body);
  });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'planted-secret', sessionToken };
  const client = new S3Client({ region: 'eu-west-1', endpoint: receiver.url, forcePathStyle: true, maxAttempts: 1, credentials });
  const { stream, text } = recordingStream();

  const error = await s3StateStore({ client, bucket: 'state' })
    .putIfAbsent('a', '{}')
    .catch((thrown: unknown) => thrown);
  createLog({ job: 'a-job', stream }).error('run failed', { error });

  expect(error).toMatchObject({ name: 'StateStoreError', message: 'write state a in s3://state failed: SignatureDoesNotMatch' });
  expect(text()).toContain('SignatureDoesNotMatch');
  expect(text()).not.toContain('planted');
  expect(text()).not.toContain(hexCodes(sessionToken));
});
