import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { impersonationHeaders } from '../../../lib/kubernetes/impersonation.ts';
import { connectKubeconfig } from '../../../lib/kubernetes/kubeconfig-connection.ts';
import { createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { BadInputError } from '../../../lib/platform/errors.ts';
import { folderWith } from '../cli/temp-folder.ts';
import { certPath } from './support/certs.ts';
import { deployments, testClock } from './support/fakes.ts';
import { json, startTlsServer } from './support/tls-server.ts';

const impersonation = {
  as: 'jane',
  'as-uid': 'u-1',
  'as-groups': ['developers', 'system:masters', 'Köche'],
  'as-user-extra': { 'acme.com/Scope': ['view', 'edit'], reason: ['on call'] },
};

/** The impersonation headers as an API server gets them, names and values in turn, for a kubeconfig with this user. */
async function sentBy(user: object): Promise<readonly string[]> {
  let raw: readonly string[] = [];
  const server = await startTlsServer((response, request) => {
    raw = request.rawHeaders;
    json(response, 200, {});
  });
  onTestFinished(() => server.stop());
  const folder = await folderWith({
    config: JSON.stringify({
      'current-context': 'dev',
      clusters: [{ name: 'dev', cluster: { server: server.url.href, 'certificate-authority': certPath('ca.pem') } }],
      users: [{ name: 'me', user }],
      contexts: [{ name: 'dev', context: { cluster: 'dev', user: 'me' } }],
    }),
  });
  const connection = await connectKubeconfig({ env: {}, clock: testClock(), file: join(folder, 'config') });
  const client = createKubernetesClient({ cluster: 'dev', connection, clock: testClock() });
  onTestFinished(() => client.close());
  await client.get(deployments, { namespace: 'dev', name: 'web' });
  return raw.flatMap((name, i) => (i % 2 === 0 && name.toLowerCase().startsWith('impersonate-') ? [`${name}: ${raw[i + 1]}`] : []));
}

const asKubectlSends = [
  'impersonate-user: jane',
  'impersonate-uid: u-1',
  'impersonate-group: developers',
  'impersonate-group: system:masters',
  `impersonate-group: ${Buffer.from('Köche').toString('latin1')}`,
  'impersonate-extra-acme.com%2fscope: view',
  'impersonate-extra-acme.com%2fscope: edit',
  'impersonate-extra-reason: on call',
];

describe('who a kubeconfig acts as', () => {
  it('is said to the server in full: user, uid, each group, each extra field', async () => {
    expect(await sentBy({ token: 't', ...impersonation })).toEqual(asKubectlSends);
  });

  it('is said also when the credentials come from a plugin', async () => {
    const credential = { kind: 'ExecCredential', apiVersion: 'client.authentication.k8s.io/v1', status: { token: 't' } };
    const exec = { apiVersion: credential.apiVersion, command: 'echo', args: [JSON.stringify(credential)] };

    expect([...(await sentBy({ exec, ...impersonation }))].sort()).toEqual([...asKubectlSends].sort());
  });

  it('is nobody else unless the file says so', async () => {
    expect(await sentBy({ token: 't' })).toEqual([]);
  });

  it.each([
    ['a uid', { 'as-uid': 'u-1' }],
    ['groups', { 'as-groups': ['developers'] }],
    ['extra fields', { 'as-user-extra': { reason: ['on call'] } }],
  ])('cannot be %s without a user, as with kubectl', async (_, user) => {
    const error: unknown = await sentBy({ token: 't', ...user }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(BadInputError);
    expect(String(error)).toContain(
      'cannot use user me of the kubeconfig: it names a uid, groups or extra fields to act with, and no user',
    );
  });

  it('cannot be a name that no header can hold', () => {
    expect(() => impersonationHeaders('me', { as: 'jane\r\nimpersonate-group: system:masters' })).toThrow(BadInputError);
  });
});
