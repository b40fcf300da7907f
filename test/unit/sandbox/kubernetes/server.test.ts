import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:https';
import { connect } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import { KubeConfig } from '@kubernetes/client-node';
import { describe, expect, it, vi } from 'vitest';
import { startKubernetesSandbox } from '../../../../sandbox/kubernetes/server.ts';
import { openWatch } from '../../../support/watch-stream.ts';
import { aConfigMap, aDeployment, aSandbox, DEPLOYMENTS, MAPS } from './sandbox.ts';

describe('the sandbox', () => {
  it('proves itself with a certificate of its own CA', async () => {
    const { sandbox } = await aSandbox();
    const { port } = new URL(sandbox.url);

    const socket = connect({ host: '127.0.0.1', port: Number(port), ca: sandbox.caPem, servername: 'localhost' });
    await once(socket, 'secureConnect');
    const peer = socket.getPeerX509Certificate();
    socket.destroy();

    expect(new X509Certificate(sandbox.caPem).ca).toBe(true);
    expect(peer?.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(peer?.verify(new X509Certificate(sandbox.caPem).publicKey)).toBe(true);
  });

  it('gives a kubeconfig for any token', async () => {
    const { sandbox } = await aSandbox({ name: 'dev' });
    const config = new KubeConfig();

    config.loadFromString(sandbox.kubeconfig('secret'));

    expect(config.getCurrentCluster()).toMatchObject({ name: 'dev', server: sandbox.url });
    expect(config.getCurrentUser()).toMatchObject({ token: 'secret' });
    expect(config.getCurrentContext()).toBe('dev');
  });

  it('counts and remembers what it was asked', async () => {
    const { sandbox, ask } = await aSandbox({ objects: [aConfigMap('x')] });

    await ask('GET', MAPS);
    await ask('GET', `${MAPS}/none`);
    await ask('PATCH', `${MAPS}/x?fieldManager=t`, { data: { a: 'b' } });

    expect(sandbox.requests).toMatchObject({ total: 3, byVerb: { list: 1, get: 1, patch: 1 }, connections: 3 });
    expect(sandbox.requests.log.at(-1)).toEqual({
      verb: 'patch',
      method: 'PATCH',
      path: `${MAPS}/x?fieldManager=t`,
      resource: 'configmaps',
      user: 'sandbox-admin',
      status: 200,
    });
    sandbox.requests.reset();
    expect(sandbox.requests).toMatchObject({ total: 0, byVerb: {}, log: [] });
  });

  it('lets a person change things past the network, under the same rules', async () => {
    const { sandbox, ask } = await aSandbox({ objects: [aDeployment('web')], controllers: false });

    const put = sandbox.byHand.put(aDeployment('web', { replicas: 5 }));
    expect(put).toMatchObject({ spec: { replicas: 5 }, metadata: { generation: 2 } });
    expect(sandbox.byHand.get('apps/v1', 'Deployment', 'default', 'web')).toEqual(put);
    expect(() => sandbox.byHand.put(aDeployment('web', { replicas: -1 }))).toThrow('must be greater than or equal to 0');

    sandbox.byHand.remove('apps/v1', 'Deployment', 'default', 'web');
    expect((await ask('GET', `${DEPLOYMENTS}/web`)).status).toBe(404);
    expect(() => sandbox.byHand.put({ apiVersion: 'x/v1', kind: 'Odd', metadata: { name: 'x' } })).toThrow(
      'the sandbox does not serve x/v1 Odd',
    );
  });

  it('hands out copies that change nothing', async () => {
    const { sandbox } = await aSandbox({ objects: [aConfigMap('x', { a: '1' })] });

    const copy = sandbox.snapshot().find((object) => object.kind === 'ConfigMap') as { data: Record<string, string> };
    copy.data.a = '2';

    expect(sandbox.byHand.get('v1', 'ConfigMap', 'default', 'x')).toMatchObject({ data: { a: '1' } });
  });

  it('answers 410 once its history is gone, with a token to go on from', async () => {
    const objects = Array.from({ length: 5 }, (_, index) => aConfigMap(`m${index}`));
    const { ask } = await aSandbox({ objects, compactAfter: 10 });
    const first = (await ask('GET', `${MAPS}?limit=2`)).body as { metadata: { continue: string; remainingItemCount: number } };
    for (let index = 0; index < 80; index++) await ask('PATCH', `${MAPS}/m0`, { data: { n: String(index) } });

    const gone = await ask('GET', `${MAPS}?limit=2&continue=${first.metadata.continue}`);
    const { metadata } = gone.body as { metadata: { continue: string } };
    const rest = await ask('GET', `${MAPS}?continue=${metadata.continue}`);

    expect(first.metadata.remainingItemCount).toBe(3);
    expect(gone).toMatchObject({
      status: 410,
      body: { reason: 'Expired', message: expect.stringContaining('continue parameter is too old') },
    });
    expect((rest.body as { items: { metadata: { name: string } }[] }).items.map((item) => item.metadata.name)).toEqual(['m2', 'm3', 'm4']);
  });

  it('refuses a body over 3 MiB, and compresses long answers', async () => {
    const { sandbox, ask } = await aSandbox({ objects: [aConfigMap('x', { big: 'x'.repeat(200_000) })] });

    const tooLarge = await ask('POST', MAPS, { ...aConfigMap('y'), data: { a: 'x'.repeat(3 * 1024 * 1024) } });
    const zipped = await new Promise<Buffer>((resolve, reject) => {
      const headers = { authorization: `Bearer ${sandbox.adminToken}`, 'accept-encoding': 'gzip' };
      request(new URL(MAPS, sandbox.url), { ca: sandbox.caPem, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
      })
        .on('error', reject)
        .end();
    });

    expect(tooLarge).toMatchObject({ status: 413, body: { reason: 'RequestEntityTooLarge' } });
    expect(zipped.length).toBeLessThan(10_000);
    expect(JSON.parse(gunzipSync(zipped).toString())).toMatchObject({ kind: 'ConfigMapList' });
  });

  it('ends watches and connections when it closes', async () => {
    const sandbox = await startKubernetesSandbox();
    const watch = openWatch({ url: sandbox.url, caPem: sandbox.caPem, token: sandbox.adminToken }, `${MAPS}?watch=1`);
    await vi.waitFor(() => expect(sandbox.requests.total).toBe(1));

    await sandbox.close();

    await expect(
      Promise.race([watch.ended.catch(() => {}), new Promise((resolve) => setTimeout(resolve, 2000, 'open'))]),
    ).resolves.toBeUndefined();
  });

  it('shows tables, metadata only, and refuses what it does not speak', async () => {
    const { ask } = await aSandbox({ objects: [aDeployment('web')], controllers: false });
    const as = (kind: string) => ({ accept: `application/json;as=${kind};v=v1;g=meta.k8s.io` });

    const table = await ask('GET', `${DEPLOYMENTS}/web`, undefined, as('Table'));
    const partial = await ask('GET', DEPLOYMENTS, undefined, as('PartialObjectMetadataList'));
    const odd = await ask('GET', DEPLOYMENTS, undefined, { accept: 'text/html' });

    expect(table).toMatchObject({
      body: {
        kind: 'Table',
        columnDefinitions: [
          { name: 'Name', format: 'name' },
          { name: 'Ready' },
          { name: 'Up-to-date' },
          { name: 'Available' },
          { name: 'Age' },
          {},
          {},
          {},
        ],
        rows: [
          {
            cells: ['web', '0/1', 0, 0, expect.stringMatching(/^\d+s$/), 'main', 'example/main:1', 'app=web'],
            object: { kind: 'PartialObjectMetadata' },
          },
        ],
      },
    });
    expect(partial).toMatchObject({ body: { kind: 'PartialObjectMetadataList', items: [{ metadata: { name: 'web' } }] } });
    expect((partial.body as { items: object[] }).items[0]).not.toHaveProperty('spec');
    expect(odd.status).toBe(406);
  });

  it('takes no patch of a type that is none, and no protobuf that it would misread', async () => {
    const { ask } = await aSandbox({ objects: [aConfigMap('x')] });

    expect(await ask('PATCH', `${MAPS}/x`, {}, { contentType: 'application/json' })).toMatchObject({
      status: 415,
      body: { reason: 'UnsupportedMediaType' },
    });
    expect(await ask('POST', MAPS, 'k8s', { contentType: 'application/vnd.kubernetes.protobuf' })).toMatchObject({ status: 415 });
    expect(await ask('POST', MAPS, '{', {})).toMatchObject({ status: 400 });
    expect(await ask('PUT', MAPS, {})).toMatchObject({ status: 405, body: { reason: 'MethodNotAllowed' } });
  });
});
