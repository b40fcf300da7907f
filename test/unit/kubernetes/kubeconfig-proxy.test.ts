import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { connectKubeconfig } from '../../../lib/kubernetes/kubeconfig-connection.ts';
import { createKubernetesClient } from '../../../lib/kubernetes/resource-client.ts';
import { certPath } from './support/certs.ts';
import { deployments, testClock } from './support/fakes.ts';
import { json, startTlsServer } from './support/tls-server.ts';

it('goes through the proxy that the kubeconfig names, and keeps the tunnel', async () => {
  const api = await startTlsServer((response, { headers }) => json(response, 200, { authorization: headers.authorization }));
  const tunnels: string[] = [];
  const open: Socket[] = [];
  const proxy = createServer().on('connect', (request, client: Socket) => {
    tunnels.push(request.url ?? '');
    const upstream = connect(Number(api.url.port), '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    open.push(client, upstream);
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const dir = await mkdtemp(join(tmpdir(), 'nightshift-proxy-'));
  const file = join(dir, 'config');
  const cluster = {
    server: api.url.origin,
    'certificate-authority': certPath('ca.pem'),
    'proxy-url': `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  };
  await writeFile(
    file,
    JSON.stringify({
      'current-context': 'c',
      clusters: [{ name: 'c', cluster }],
      users: [{ name: 'u', user: { token: 't' } }],
      contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
    }),
  );
  const client = createKubernetesClient({
    cluster: 'c',
    connection: await connectKubeconfig({ env: {}, clock: testClock(), file }),
    clock: testClock(),
  });

  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await client.get(deployments, { namespace: 'dev', name: 'web' }));

  expect(answers).toEqual(Array.from({ length: 3 }, () => ({ authorization: 'Bearer t' })));
  expect(tunnels).toEqual([api.url.host]);
  client.close();
  for (const socket of open) socket.destroy();
  proxy.close();
  await api.stop();
  await rm(dir, { recursive: true });
});
