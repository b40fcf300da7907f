import { describe, expect, it } from 'vitest';
import { addressPolicy } from '../../../../lib/smoke/addresses/address-policy.ts';
import type { Probe } from '../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, get, http, limits } from './support/probing.ts';
import { tcpServer, webServer } from './support/servers.ts';

const tls = { insecure: false };

function probesTo(host: string, port: number): readonly Probe[] {
  const urlHost = host.includes(':') ? `[${host}]` : host;
  return [
    get(`http://${urlHost}:${port}`),
    get(`https://${urlHost}:${port}`),
    get('http://shop.example', { connectTo: `${urlHost}:${port}` }),
    { kind: 'tcp', host, port, receive: { kind: 'nothing' } },
    { kind: 'tls', host, port, tls },
    { kind: 'grpc', host, port, service: '', metadata: [] },
    { kind: 'grpc', host, port, service: '', metadata: [], tls },
    { kind: 'dns', name: 'shop.example', type: 'A', server: `${urlHost}:${port}` },
  ];
}

describe('every kind of probe', () => {
  const notations = ['127.0.0.1', '::1', '::ffff:127.0.0.1', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '0.0.0.0'];

  it.each(notations)('refuses a loopback address written as %s, and opens no connection', async (host) => {
    let connections = 0;
    const port = await tcpServer(() => connections++);

    for (const probe of probesTo(host, port)) {
      expect(await failureOf(aProber({ allow: [] }).run(probe, limits())), JSON.stringify(probe)).toMatchObject({ failure: 'refused' });
    }

    expect(connections).toBe(0);
  });

  it('refuses a name that resolves to one, by the system or otherwise', async () => {
    let connections = 0;
    const port = await tcpServer(() => connections++);
    const byName = probesTo('localhost', port).filter(({ kind }) => kind !== 'dns');

    for (const probe of byName)
      expect(await failureOf(aProber({ allow: [] }).run(probe, limits())), JSON.stringify(probe)).toMatchObject({ failure: 'refused' });

    expect(connections).toBe(0);
  });

  it.each(['169.254.169.254', '169.254.170.2', 'fd00:ec2::254'])(
    'refuses the metadata address %s also where its range is named',
    async (host) => {
      for (const probe of probesTo(host, 80)) {
        const prober = aProber({ allow: ['169.254.0.0/16', 'fd00::/8', '0.0.0.0/0', '::/0'] });

        expect(await failureOf(prober.run(probe, limits())), JSON.stringify(probe)).toMatchObject({ failure: 'refused' });
      }
    },
  );
});

describe('a name whose answer changes', () => {
  it('is asked once, and what was judged is what is connected to', async () => {
    const { port } = await webServer((_, response) => response.end('inside'));
    const answers = ['127.0.0.2', '127.0.0.1'];
    let asked = 0;
    const lookup = async () => [{ address: answers[asked++] ?? '127.0.0.1', family: 4 }];
    const prober = aProber({ allow: ['127.0.0.2'], lookup });

    // Nothing listens at the address that was judged: the connection fails there, and does not reach 127.0.0.1.
    const result = await failureOf(prober.run(get(`http://rebind.example:${port}`), limits()));

    expect(result).toMatchObject({ failure: 'connect' });
    expect(asked).toBe(1);
  });

  it('is judged anew with each connection', async () => {
    const { port } = await webServer((_, response) => response.end('inside'));
    const answers = ['127.0.0.1', '127.0.0.3'];
    let asked = 0;
    const prober = aProber({ allow: ['127.0.0.1'], lookup: async () => [{ address: answers[asked++] ?? '', family: 4 }] });
    const probe = get(`http://rebind.example:${port}`);

    expect((await http(probe, { prober, fresh: true })).body.toString()).toBe('inside');
    expect(await failureOf(prober.run(probe, limits({ fresh: true })))).toMatchObject({ failure: 'refused' });
  });

  it('is judged again at a redirect to the same name', async () => {
    const { port } = await webServer((_, response) => response.writeHead(302, { connection: 'close', location: '/again' }).end());
    const answers = ['127.0.0.1', '127.0.0.3'];
    let asked = 0;
    const prober = aProber({ allow: ['127.0.0.1'], lookup: async () => [{ address: answers[asked++] ?? '', family: 4 }] });

    const result = await failureOf(prober.run(get(`http://rebind.example:${port}`, { followRedirects: 3 }), limits()));

    expect(result).toMatchObject({ failure: 'refused', message: expect.stringContaining('127.0.0.3') });
  });
});

describe('of several addresses', () => {
  it('only those that may be spoken to are tried', async () => {
    const { port } = await webServer((_, response) => response.end('inside'));
    const lookup = async () => [
      { address: '::1', family: 6 },
      { address: '127.0.0.3', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];

    const subject = await http(get(`http://many.example:${port}`), { prober: aProber({ allow: ['127.0.0.1'], lookup }) });

    expect(subject.hops[0]?.remoteAddress).toBe('127.0.0.1');
  });

  it('the first one is preferred', async () => {
    const { port } = await webServer((_, response) => response.end('inside'), '0.0.0.0');
    const lookup = async () => ['127.0.0.2', '127.0.0.1'].map((address) => ({ address, family: 4 }));

    const subject = await http(get(`http://many.example:${port}`), { prober: aProber({ lookup }) });

    expect(subject.hops[0]?.remoteAddress).toBe('127.0.0.2');
  });

  it('the next one is tried when nothing listens at the first', async () => {
    const { port } = await webServer((_, response) => response.end('inside'));
    const lookup = async () => [
      { address: '127.0.0.9', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];

    const subject = await http(get(`http://many.example:${port}`), { prober: aProber({ lookup }) });

    expect(subject.hops[0]?.remoteAddress).toBe('127.0.0.1');
  });
});

it('a peer at another address than was judged is given up before anything is sent', async () => {
  let received = 0;
  const port = await tcpServer((socket) => socket.on('data', () => received++));
  const policy = addressPolicy(['127.0.0.1']);
  let asked = 0;
  // Stands for whatever might connect elsewhere than it was told to.
  const addresses = { refusal: (address: string) => (asked++ === 0 ? policy.refusal(address) : `${address} is a surprise`) };

  const result = await failureOf(aProber({ addresses }).run(get(`http://127.0.0.1:${port}`), limits()));

  expect(result).toMatchObject({ failure: 'refused', message: expect.stringContaining('is a surprise') });
  expect(received).toBe(0);
});

it('proxies of the environment are not used', async () => {
  let proxied = 0;
  const proxy = await tcpServer(() => proxied++);
  const { url } = await webServer((_, response) => response.end('direct'));
  const before = { ...process.env };
  Object.assign(process.env, { HTTP_PROXY: `http://127.0.0.1:${proxy}`, http_proxy: `http://127.0.0.1:${proxy}`, NODE_USE_ENV_PROXY: '1' });

  const subject = await http(get(url)).finally(() => {
    process.env = before;
  });

  expect(subject.body.toString()).toBe('direct');
  expect(proxied).toBe(0);
});
