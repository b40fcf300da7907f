import { expect, it, onTestFinished } from 'vitest';
import { clusterUser } from '../../../lib/kubernetes/cluster-user.ts';
import { createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { testClock, testConnection } from './support/fakes.ts';
import { json, startTlsServer, statusBody } from './support/tls-server.ts';

/** A client of a server that answers every review like this; what it was asked is recorded. */
async function asked(status: number, body: unknown): Promise<{ readonly answer: Promise<unknown>; readonly paths: () => string[] }> {
  const server = await startTlsServer((response) =>
    typeof body === 'string' ? response.writeHead(status).end(body) : json(response, status, body),
  );
  const client = createKubernetesClient({ cluster: 'demo', connection: testConnection(server.url), clock: testClock(), random: () => 0 });
  onTestFinished(() => {
    client.close();
    return server.stop();
  });
  return { answer: clusterUser(client), paths: () => server.seen.map(({ method, url }) => `${method} ${url}`) };
}

it('is what the cluster calls the caller, with the groups', async () => {
  const userInfo = { username: 'arn:aws:sts::1:assumed-role/dev/ada', groups: ['a', 'b'], extra: { accessKeyId: ['ASIA'] } };
  const { answer, paths } = await asked(201, { kind: 'SelfSubjectReview', status: { userInfo } });

  expect(await answer).toEqual({ known: true, user: userInfo.username, groups: ['a', 'b'] });
  expect(paths()).toEqual([expect.stringMatching(/^POST \/apis\/authentication\.k8s\.io\/v1\/selfsubjectreviews\b/)]);
});

it.each([
  [404, statusBody(404, 'NotFound', 'the server could not find the requested resource'), /older than Kubernetes 1\.28/],
  [403, statusBody(403, 'Forbidden', 'selfsubjectreviews is forbidden'), /does not let this identity ask/],
  [405, statusBody(405, 'MethodNotAllowed', 'no'), /refuses the question/],
  [201, { kind: 'SelfSubjectReview' }, /names nobody/],
])('is unknown, for a reason, after %i', async (status, body, reason) => {
  expect(await (await asked(status, body)).answer).toEqual({ known: false, reason: expect.stringMatching(reason) });
});

it('is an error for a caller that the cluster does not know', async () => {
  await expect((await asked(401, statusBody(401, 'Unauthorized', 'Unauthorized'))).answer).rejects.toMatchObject({
    code: 'kubernetes_unauthorized',
  });
});
