import { expect, onTestFinished } from 'vitest';
import {
  type CountingKubernetesClient,
  createKubernetesClient,
  type KubernetesClientOptions,
} from '../../../../lib/kubernetes/resource-client.ts';
import { testClock, testConnection } from './fakes.ts';
import { type Answer, startTlsServer, statusBody, type TlsServer } from './tls-server.ts';

export const web = { namespace: 'dev', name: 'web' };
export const object = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { ...web, resourceVersion: '7' } };
export const sheds = statusBody(429, 'TooManyRequests', 'too many');

/** Done when the test is over, the last first. */
export function cleanUp(...steps: readonly (() => unknown)[]): void {
  for (const step of steps) {
    onTestFinished(async () => {
      await step();
    });
  }
}

/** A client and the server that answers it as told, until the test is over. */
export async function serve(
  answer: Answer,
  options: Partial<KubernetesClientOptions> = {},
): Promise<{ client: CountingKubernetesClient; server: TlsServer }> {
  const server = await startTlsServer(answer);
  const client = createKubernetesClient({
    cluster: 'demo',
    connection: testConnection(server.url),
    clock: testClock(),
    random: () => 0,
    ...options,
  });
  cleanUp(
    () => server.stop(),
    () => client.close(),
  );
  return { client, server };
}

/** What the work is rejected with. */
export async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => expect.fail(`expected an error, got ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
}
