import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createKubernetesClient, type KubernetesClientOptions } from '../../../lib/kubernetes/resource-client.ts';
import { certPath } from './support/certs.ts';
import { deployments, testClock } from './support/fakes.ts';
import { KubeconfigFolder, kubeconfig } from './support/kubeconfig-folder.ts';
import { failure, web } from './support/served-client.ts';
import { json, startTlsServer, type TlsServer } from './support/tls-server.ts';

const folder = KubeconfigFolder.forEachTest();

async function api(): Promise<TlsServer> {
  const server = await startTlsServer((response, { headers }) => json(response, 200, { authorization: headers.authorization }));
  onTestFinished(() => server.stop());
  return server;
}

/** A client that reaches `server` through `proxy`, as a kubeconfig says. */
async function clientThrough(proxy: string, server: URL, options: Partial<KubernetesClientOptions> = {}, user: object = { token: 't' }) {
  const cluster = { server: server.origin, 'certificate-authority': certPath('ca.pem'), 'proxy-url': proxy };
  const client = createKubernetesClient({
    cluster: 'c',
    connection: await folder.connect(kubeconfig({ cluster, user })),
    clock: testClock(),
    random: () => 0,
    ...options,
  });
  onTestFinished(() => client.close());
  return client;
}

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => open.add(socket));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A port on which nobody listens. */
async function deadHost(): Promise<string> {
  const server = createTcpServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

/** An HTTP proxy, and where its tunnels led. */
async function tunnelling(): Promise<{ readonly host: string; readonly tunnels: string[] }> {
  const tunnels: string[] = [];
  const proxy = createServer().on('connect', (request, client: Socket) => {
    tunnels.push(request.url ?? '');
    const [host, port] = (request.url ?? '').split(':');
    const upstream = connect(Number(port), host, () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    client.pipe(upstream).pipe(client);
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
    onTestFinished(() => void upstream.destroy());
  });
  return { host: await listening(proxy), tunnels };
}

/** An HTTP proxy that answers every wish for a tunnel with a status. */
async function refusing(status: number): Promise<{ readonly host: string; readonly asked: () => number }> {
  let asked = 0;
  const proxy = createServer().on('connect', (_, client: Socket) => {
    asked++;
    client.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  return { host: await listening(proxy), asked: () => asked };
}

it('goes through the proxy that the kubeconfig names, and keeps the tunnel', async () => {
  const server = await api();
  const { host, tunnels } = await tunnelling();
  const client = await clientThrough(`http://${host}`, server.url);

  const answers = [];
  for (let i = 0; i < 3; i++) answers.push(await client.get(deployments, web));

  expect(answers).toEqual(Array.from({ length: 3 }, () => ({ authorization: 'Bearer t' })));
  expect(tunnels).toEqual([server.url.host]);
});

it('takes the token of a plugin through the proxy as well', async () => {
  const server = await api();
  const { host } = await tunnelling();
  const exec = { apiVersion: 'v1', command: '/bin/echo', args: ['{"status":{"token":"of-a-plugin"}}'] };
  const client = await clientThrough(`http://${host}`, server.url, {}, { exec });

  expect(await client.get(deployments, web)).toEqual({ authorization: 'Bearer of-a-plugin' });
});

describe('a proxy at fault is named, and not the cluster', () => {
  it.each(['http', 'socks5'])('when nothing listens at the address of an %s proxy', async (scheme) => {
    const host = await deadHost();
    const client = await clientThrough(`${scheme}://me:planted@${host}`, (await api()).url);

    const error = await failure(client.get(deployments, web));

    expect(error).toMatchObject({
      name: 'UnreachableError',
      failure: 'proxy',
      retryable: true,
      message: `cannot get deployments dev/web on cluster c: the proxy ${host} does not let us through: the connection was refused`,
      hint: expect.stringContaining('proxy-url'),
    });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('planted');
  });

  it('when it wants credentials, at once', async () => {
    const { host, asked } = await refusing(407);
    const client = await clientThrough(`http://${host}`, (await api()).url);

    expect(await failure(client.get(deployments, web))).toMatchObject({
      failure: 'proxy',
      retryable: false,
      message: expect.stringContaining(`the proxy ${host} does not let us through: it wants credentials (407)`),
    });
    expect(asked()).toBe(1);
  });

  it('when it forbids the way, at once', async () => {
    const { host, asked } = await refusing(403);

    expect(await failure((await clientThrough(`http://${host}`, (await api()).url)).get(deployments, web))).toMatchObject({
      failure: 'proxy',
      message: expect.stringContaining('it answered 403'),
    });
    expect(asked()).toBe(1);
  });

  it('when it does not reach the server, after further tries', async () => {
    const { host, asked } = await refusing(502);

    expect(await failure((await clientThrough(`http://${host}`, (await api()).url)).get(deployments, web))).toMatchObject({
      failure: 'proxy',
      retryable: true,
      message: expect.stringContaining('it answered 502'),
    });
    expect(asked()).toBe(6);
  });

  it('when it takes the connection and says nothing', async () => {
    const host = await listening(createTcpServer());
    const once = { attempts: 1, baseMs: 1, capMs: 1 };
    const client = await clientThrough(`http://${host}`, (await api()).url, { connectTimeoutMs: 60, retryPolicy: once });

    expect(await failure(client.get(deployments, web))).toMatchObject({
      failure: 'proxy',
      message: expect.stringContaining('no tunnel within 60 ms'),
    });
  });
});

it('does not blame the proxy for a server with a wrong certificate behind it', async () => {
  const server = await startTlsServer((response) => json(response, 200, {}), { identity: 'expired' });
  onTestFinished(() => server.stop());
  const { host } = await tunnelling();
  const client = await clientThrough(`http://${host}`, server.url);

  expect(await failure(client.get(deployments, web))).toMatchObject({ failure: 'tls-expired' });
});

it.each([
  ['ftp://me:planted@proxy:1', 'proxy-url has the scheme ftp:'],
  ['proxy', 'proxy-url is not a URL'],
])('refuses the proxy %s when the kubeconfig is read', async (address, why) => {
  const refusal = await folder.refusal(kubeconfig({ cluster: { 'proxy-url': address } }));

  expect(refusal.message).toContain(why);
  expect(refusal.message).not.toContain('planted');
});

it('refuses a plugin without a command when the kubeconfig is read', async () => {
  expect((await folder.refusal(kubeconfig({ user: { exec: {} } }))).message).toContain('exec names no command');
});
