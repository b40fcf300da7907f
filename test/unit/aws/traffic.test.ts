import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { s3Client } from '../../../lib/aws/s3-client.ts';
import { tellingTraffic } from '../../../lib/platform/traffic.ts';
import { type AwsSandbox, startAwsSandbox } from '../../../sandbox/aws/server.ts';
import { recordingLog } from '../../support/recorders.ts';

let aws: AwsSandbox;
let client: S3Client;

beforeAll(async () => {
  aws = await startAwsSandbox({ buckets: ['state'] });
  for (const [name, value] of Object.entries(aws.env())) vi.stubEnv(name, value);
  client = s3Client({ region: aws.region });
});
afterEach(() => aws.faults.clear());
afterAll(async () => {
  vi.unstubAllEnvs();
  await aws.close();
});

const put = () => client.send(new PutObjectCommand({ Bucket: 'state', Key: 'a', Body: 'planted-body' }));

it('tells the log of the run of each request, retries included', async () => {
  const { log, lines } = recordingLog({ writesDebug: true });
  aws.faults.add({ service: 's3', operation: 'PutObject', times: 1, effect: { kind: 'error', code: 'SlowDown' } });

  await tellingTraffic(log, put);

  const request = { call: 'S3:PutObject', path: '/state/a', durationMs: expect.any(Number) };
  expect(lines).toEqual([
    { level: 'debug', message: 'aws request', fields: { ...request, attempt: 1, status: 503, reason: 'SlowDown' } },
    { level: 'debug', message: 'aws request', fields: { ...request, attempt: 2, status: 200 } },
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/planted|Signature|Credential/);
});

it('tells why a request failed', async () => {
  const { log, lines } = recordingLog({ writesDebug: true });

  await tellingTraffic(log, () => client.send(new GetObjectCommand({ Bucket: 'state', Key: 'nowhere' })).catch(() => {}));

  expect(lines).toMatchObject([{ fields: { call: 'S3:GetObject', status: 404, reason: 'NoSuchKey' } }]);
});

it('tells each of two runs that share a client of its own requests only', async () => {
  const [one, two] = [recordingLog({ writesDebug: true }), recordingLog({ writesDebug: true })];

  await Promise.all([
    tellingTraffic(one.log, put),
    tellingTraffic(two.log, async () => {
      await put();
      await put();
    }),
  ]);

  expect([one.lines.length, two.lines.length]).toEqual([1, 2]);
});

it('tells nothing to a log that would not write it, nor outside of a run', async () => {
  const { log, lines } = recordingLog();

  await tellingTraffic(log, put);
  await put();

  expect(lines).toEqual([]);
});
