import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { TlsSettings } from '../../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, get, http, limits } from '../support/probing.ts';
import { CA, certs, SERVER_TLS, secureWebServer, tcpServer } from '../support/servers.ts';

const pinOf = (pem: string): string => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();
const PIN = pinOf(SERVER_TLS.cert);

const server = (name = 'server') =>
  secureWebServer((_, response) => response.end('ok'), { cert: certs(`${name}.pem`), key: certs(`${name}.key`) });

describe('a server over TLS', () => {
  it('is not trusted by the default authorities, and nothing is sent to it', async () => {
    let requests = 0;
    const { url } = await secureWebServer((_, response) => {
      requests++;
      response.end();
    });

    expect(await failureOf(aProber().run(get(url), limits()))).toMatchObject({
      failure: 'tls',
      message: expect.stringContaining('not signed by a trusted authority'),
    });
    expect(requests).toBe(0);
  });

  it.each<readonly [string, string, Partial<TlsSettings>, string]>([
    ['of another authority', 'server', { ca: certs('other-ca.pem') }, 'trusted authority'],
    ['expired', 'expired', { ca: CA }, 'has expired'],
    ['of another name', 'other-host', { ca: CA }, 'other names'],
    ['not of the server name given', 'server', { ca: CA, serverName: 'other.example' }, 'other names'],
    ['not the pinned one', 'server', { ca: CA, pin: '0'.repeat(64) }, 'another certificate than the pinned one'],
    ['not the pinned one, in spite of insecure', 'server', { insecure: true, pin: '0'.repeat(64) }, 'pinned'],
    ['pinned and yet of no known authority', 'server', { pin: PIN }, 'trusted authority'],
  ])('is refused with a certificate %s', async (_, name, tls, why) => {
    const { url } = await server(name);

    const result = await failureOf(aProber().run(get(url, { tls: { insecure: false, ...tls } }), limits()));

    expect(result).toMatchObject({ failure: 'tls', message: expect.stringContaining(why) });
  });

  it.each<readonly [string, string, Partial<TlsSettings>]>([
    ['of the authority given', 'server', { ca: CA }],
    ['of the server name given', 'other-host', { ca: CA, serverName: 'other.example' }],
    ['pinned', 'server', { ca: CA, pin: PIN }],
    ['pinned and not judged', 'server', { insecure: true, pin: PIN }],
    ['expired and not judged', 'expired', { insecure: true }],
  ])('is spoken to with a certificate %s', async (_, name, tls) => {
    const { url } = await server(name);

    expect((await http(get(url, { tls: { insecure: false, ...tls } }))).body.toString()).toBe('ok');
  });

  it('shows its certificate, also on a kept connection', async () => {
    const { url, connections } = await server();
    const prober = aProber();
    const probe = get(url, { tls: { insecure: false, ca: CA } });

    const subjects = [await http(probe, { prober }), await http(probe, { prober })];

    const leaf = new X509Certificate(SERVER_TLS.cert);
    for (const { certificate } of subjects) {
      expect(certificate).toMatchObject({
        names: ['localhost', '127.0.0.1', '0:0:0:0:0:0:0:1'],
        validFrom: Date.parse(leaf.validFrom),
        validTo: Date.parse(leaf.validTo),
        fingerprint: PIN,
        trusted: true,
      });
      expect(certificate?.subject).toContain('CN=');
      expect(certificate?.chain[0]).toBe(certificate?.subject);
      expect(certificate?.chain.at(-1)).toBe(certificate?.issuer);
    }
    expect(connections()).toBe(1);
  });

  it('is shown the client certificate, and refuses who has none', async () => {
    const { url } = await secureWebServer((_, response) => response.end('ok'), {
      ...SERVER_TLS,
      ca: CA,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const own = { cert: certs('client.pem'), key: certs('client.key') };

    expect((await http(get(url, { tls: { insecure: false, ca: CA, ...own } }))).status).toBe(200);
    expect(await failureOf(aProber().run(get(url, { tls: { insecure: false, ca: CA } }), limits()))).toMatchObject({ failure: 'tls' });
  });

  it('that is not trusted is left at once', async () => {
    const { url, server: listening } = await server();
    const closed = new Promise((resolve) => listening.on('connection', (socket) => socket.on('close', resolve)));

    await failureOf(aProber().run(get(url), limits()));

    await closed;
  });

  it('never shares a connection between checks that trust differently', async () => {
    const { url } = await server();
    const prober = aProber();

    await http(get(url, { tls: { insecure: true } }), { prober });

    expect(await failureOf(prober.run(get(url), limits()))).toMatchObject({ failure: 'tls' });
    expect(await failureOf(prober.run(get(url, { tls: { insecure: true, pin: '1'.repeat(64) } }), limits()))).toMatchObject({
      failure: 'tls',
    });
  });

  it('with a certificate or key of ours that cannot be used is not asked', async () => {
    const { url } = await server();
    const bad = [
      { ca: CA, cert: 'no PEM', key: 'no PEM' },
      { ca: CA, cert: certs('client.pem'), key: SERVER_TLS.key },
    ];

    for (const tls of bad) {
      expect(await failureOf(aProber().run(get(url, { tls: { insecure: false, ...tls } }), limits()))).toMatchObject({
        failure: 'tls',
        message: expect.stringContaining('cannot be used'),
      });
    }
  });

  it('that hangs up in the handshake is told of', async () => {
    const port = await tcpServer((socket) => socket.once('data', () => socket.end()));

    expect(await failureOf(aProber().run(get(`https://127.0.0.1:${port}`), limits()))).toMatchObject({
      failure: 'tls',
      message: expect.stringContaining('closed in the TLS handshake'),
    });
  });
});
