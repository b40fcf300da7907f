import { describe, expect, it, vi } from 'vitest';
import type { ProbeResult } from '../../../../lib/smoke/probe.ts';
import type { TlsSettings } from '../../../../lib/smoke/suite/probe-kinds.ts';
import { aProber, failureOf, limits, subjectOf } from './support/probing.ts';
import { CA, certs, tcpServer, tlsServer, webServer } from './support/servers.ts';

async function probed(name: string, tls: Partial<TlsSettings> = {}): Promise<ProbeResult> {
  const port = await tlsServer(() => {}, { cert: certs(`${name}.pem`), key: certs(`${name}.key`) });
  return aProber().run({ kind: 'tls', host: 'localhost', port, tls: { insecure: false, ...tls } }, limits());
}

describe('a TLS probe', () => {
  it('shows a certificate that is trusted', async () => {
    expect(subjectOf(await probed('server', { ca: CA }))).toMatchObject({
      kind: 'tls',
      protocol: 'TLSv1.3',
      certificate: { trusted: true },
    });
  });

  it.each<readonly [string, string, Partial<TlsSettings>, string]>([
    ['expired', 'expired', { ca: CA }, 'has expired'],
    ['of an unknown authority', 'server', {}, 'not signed by a trusted authority'],
    ['of another name', 'other-host', { ca: CA }, 'made out to other names'],
    ['of another server name than given', 'server', { ca: CA, serverName: 'shop.example' }, 'made out to other names'],
  ])('shows a certificate that is %s, and says why it is not trusted', async (_, name, tls, why) => {
    const subject = subjectOf(await probed(name, tls));

    expect(subject).toMatchObject({
      certificate: { trusted: false, untrustedReason: expect.stringContaining(why), fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('knows when an expired certificate ended', async () => {
    const subject = subjectOf(await probed('expired'));

    expect(subject.kind === 'tls' && new Date(subject.certificate.validTo).getUTCFullYear()).toBe(2021);
  });

  it('sends the server name', async () => {
    const names: (string | false | undefined)[] = [];
    const port = await tlsServer((socket) => names.push(Reflect.get(socket, 'servername') as string), {
      cert: certs('server.pem'),
      key: certs('server.key'),
    });
    const to = (host: string, serverName?: string) =>
      aProber().run({ kind: 'tls', host, port, tls: { insecure: false, ...(serverName !== undefined && { serverName }) } }, limits());

    subjectOf(await to('localhost'));
    subjectOf(await to('127.0.0.1', 'shop.example'));
    subjectOf(await to('127.0.0.1'));

    await vi.waitFor(() => expect(names).toHaveLength(3));
    expect(names).toEqual(['localhost', 'shop.example', false]);
  });

  it('fails with another certificate than the pinned one', async () => {
    expect(await failureOf(probed('server', { ca: CA, pin: 'f'.repeat(64) }))).toMatchObject({
      failure: 'tls',
      message: expect.stringContaining('pinned'),
    });
  });

  it('fails where no TLS is spoken', async () => {
    const { port } = await webServer((_, response) => response.end());

    expect(await failureOf(aProber().run({ kind: 'tls', host: '127.0.0.1', port, tls: { insecure: false } }, limits()))).toMatchObject({
      failure: 'tls',
    });
  });

  it('ends at its limit when the handshake is not answered', async () => {
    const port = await tcpServer(() => {});

    const result = await failureOf(
      aProber().run({ kind: 'tls', host: '127.0.0.1', port, tls: { insecure: false } }, limits({ timeoutMs: 150 })),
    );

    expect(result.failure).toBe('timeout');
  });
});
