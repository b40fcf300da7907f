import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { ScaleConfig } from '../../../functions/scale-dev-nightly/config.ts';
import { scaleDevNightly } from '../../../functions/scale-dev-nightly/job.ts';
import { slackWebhook } from '../../../lib/notify/slack-webhook.ts';
import { lambdaHandler } from '../../../lib/platform/lambda-handler.ts';
import { createLog } from '../../../lib/platform/logger.ts';
import { Secret } from '../../../lib/platform/secret.ts';
import { recordingMetrics, recordingStream } from '../../support/recorders.ts';
import { FunctionWorld } from './function-world.ts';

const AVAILABLE_MS = 1_200;

let world: FunctionWorld;
/** Takes every connection and never says a word. */
let silence: Server;
let silenceUrl: string;
const open = new Set<Socket>();

beforeAll(async () => {
  world = await FunctionWorld.start();
  world.putDeployments('web');
  silence = createServer((socket) => void open.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => silence.listen(0, '127.0.0.1', resolve));
  silenceUrl = `127.0.0.1:${(silence.address() as AddressInfo).port}`;
  const env = {
    AWS_ENDPOINT_URL: `http://${silenceUrl}`,
    AWS_REGION: 'eu-north-1',
    AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'x',
  };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
});
afterEach(() => {
  for (const socket of open) socket.destroy();
  open.clear();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  silence.close();
  await world.stop();
});

const silentS3 = { state: { via: 's3', bucket: 'state' } };
const silentCluster = (): object => {
  const kubeconfig = world.sandbox.kubeconfig().replace(/server: .*/, `server: https://${silenceUrl}`);
  return { clusters: [{ via: 'kubeconfig', name: 'dev', path: world.kubeconfig(kubeconfig, 'silent') }] };
};

/** Invokes with a real clock, as Lambda counts it, and a Slack that never answers. */
async function invoke(config: ScaleConfig) {
  const { stream, json } = recordingStream();
  const { metrics, published } = recordingMetrics();
  const notify = slackWebhook(new Secret(`http://${silenceUrl}/services/planted`));
  const handler = lambdaHandler(scaleDevNightly, { config, metrics, notify, log: createLog({ job: 'scale-dev-nightly', stream }) });
  const started = performance.now();
  const left = (): number => AVAILABLE_MS - (performance.now() - started);
  const ended: unknown = await handler({ action: 'sleep' }, { getRemainingTimeInMillis: left }).catch((error: unknown) => error);
  return { ended, left: left(), lines: json(), published };
}

describe('a function whose world has gone silent is heard before Lambda ends it', () => {
  test('when the state bucket does not answer: nothing sleeps', async () => {
    const { left, lines } = await invoke(world.config({ ...silentS3, policy: { gracePeriodSeconds: 0 } }));

    expect(left).toBeGreaterThan(0);
    expect(world.sizes()).toEqual({ web: 3 });
    expect(lines.filter(({ report }) => report !== undefined)).toHaveLength(1);
  });

  test('when cluster, bucket and Slack do not answer', async () => {
    const { ended, left, lines, published } = await invoke(world.config({ ...silentS3, ...silentCluster() }));

    expect(left).toBeGreaterThan(0);
    expect(ended).toMatchObject({ name: 'RunFailedError' });
    expect(published).toHaveLength(1);
    expect(published[0]).not.toHaveProperty('Success');
    expect(lines.map(({ message }) => message).sort()).toEqual([
      'failure notification was not delivered',
      'report could not be stored',
      'run failed',
    ]);
    expect(JSON.stringify(lines)).not.toContain('planted');
  });
});
