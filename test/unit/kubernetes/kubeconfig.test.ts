import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { connectKubeconfig } from '../../../lib/kubernetes/kubeconfig-connection.ts';
import { cert } from './support/certs.ts';
import { testClock } from './support/fakes.ts';
import { KubeconfigFolder, kubeconfig } from './support/kubeconfig-folder.ts';

const folder = KubeconfigFolder.forEachTest();

describe('which file', () => {
  it('reads ~/.kube/config when nothing is said', async () => {
    await mkdir(join(folder.path, '.kube'));
    await folder.write('.kube/config', kubeconfig());

    expect(await connectKubeconfig({ env: { HOME: folder.path }, clock: testClock() })).toMatchObject({
      context: 'dev',
      clusterName: 'dev-cluster',
      namespace: 'team-a',
    });
  });

  it('merges the files of KUBECONFIG as kubectl does: the first that names a thing wins, missing files are passed over', async () => {
    const first = await folder.write('one', { 'current-context': 'dev', users: [{ name: 'me', user: { token: 'from-one' } }] });
    const second = await folder.write('two', kubeconfig({ 'current-context': 'other', user: { token: 'from-two' } }));
    const env = { KUBECONFIG: [join(folder.path, 'missing'), first, second].join(delimiter) };

    const connection = await connectKubeconfig({ env, clock: testClock() });

    expect(connection.context).toBe('dev');
    expect((await connection.access()).headers).toEqual({ authorization: 'Bearer from-one' });
  });

  it('takes an empty file among several for one that adds nothing, as kubectl does', async () => {
    const empty = await folder.write('empty', '');
    const comment = await folder.write('comment', '# nothing here yet\n');
    const full = await folder.write('full', kubeconfig());

    const connection = await connectKubeconfig({ env: { KUBECONFIG: [empty, comment, full].join(delimiter) }, clock: testClock() });

    expect(connection.context).toBe('dev');
  });

  it('says so when all of several files are empty', async () => {
    const files = [await folder.write('one', ''), await folder.write('two', '{}')];

    await expect(connectKubeconfig({ env: { KUBECONFIG: files.join(delimiter) }, clock: testClock() })).rejects.toThrow(
      `cannot use the kubeconfig ${files.join(', ')}: it is empty`,
    );
  });

  it('reads paths in a file as relative to that file', async () => {
    await mkdir(join(folder.path, 'pki'));
    await folder.write('pki/ca.pem', cert('ca.pem'));
    await folder.write('token', 'relative-token\n');

    const connection = await folder.connect(
      kubeconfig({ cluster: { 'certificate-authority': 'pki/ca.pem' }, user: { tokenFile: 'token' } }),
    );

    expect(await connection.access()).toMatchObject({
      tls: { ca: Buffer.from(cert('ca.pem')) },
      headers: { authorization: 'Bearer relative-token' },
    });
  });
});

describe('what is wrong with it', () => {
  it('names the file that does not exist', async () => {
    const file = join(folder.path, 'nowhere');

    await expect(connectKubeconfig({ env: {}, clock: testClock(), file })).rejects.toThrow(
      `cannot read the kubeconfig: ${file} does not exist`,
    );
  });

  it('names the line that is not YAML, and quotes nothing of it', async () => {
    const error = await folder.refusal('apiVersion: v1\nusers:\n- name: me\n  user: {token: secret-token\nclusters: []\n');

    expect(error.message).toMatch(/config: it is not YAML \(line \d+: [A-Z_]+\)$/);
    expect(`${error.message} ${error.hint}`).not.toContain('secret-token');
  });

  it.each([
    ['an empty file', '', 'it is empty'],
    ['a list', '- a', 'it is not a mapping'],
    ['clusters that are no list', { clusters: {} }, 'clusters is not a list'],
    ['a user without a name', kubeconfig({ users: [{}] }), 'users[0] has no name'],
    ['no current-context', kubeconfig({ 'current-context': '' }), 'it has no current-context'],
    ['no such context', kubeconfig({ 'current-context': 'prod' }), 'it has no context "prod"'],
    ['a context without its cluster', kubeconfig({ clusters: [] }), 'context dev points to cluster "dev-cluster", which it does not hold'],
    ['a context without its user', kubeconfig({ users: [] }), 'context dev points to user "me", which it does not hold'],
    ['no server', kubeconfig({ cluster: { server: '' } }), 'cluster dev-cluster: it has no server'],
    ['a server that is no URL', kubeconfig({ cluster: { server: 'somewhere' } }), 'its server "somewhere" is not a URL'],
    ['plain http by accident', kubeconfig({ cluster: { server: 'http://10.0.0.1' } }), 'its server is plain http'],
    [
      'a missing CA file',
      kubeconfig({ cluster: { 'certificate-authority': '/nowhere/ca.pem' } }),
      'certificate-authority /nowhere/ca.pem cannot be read',
    ],
    [
      'a broken CA',
      kubeconfig({ cluster: { 'certificate-authority-data': 'bm9wZQ==' } }),
      'certificate-authority-data is not a base64 PEM',
    ],
    ['a missing key file', kubeconfig({ user: { 'client-key': '/nowhere/key' } }), 'client-key /nowhere/key cannot be read'],
  ])('tells %s', async (_, content, why) => {
    expect((await folder.refusal(content)).message).toContain(why);
  });

  it('lists the contexts there are to choose from', async () => {
    const error = await folder.refusal(kubeconfig(), { context: 'prod' });

    expect(error).toMatchObject({ message: expect.stringContaining('it has no context "prod"'), hint: 'contexts: dev' });
  });
});
