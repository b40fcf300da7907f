import type { DnsSubject, GrpcSubject, HttpSubject, PeerCertificate, TcpSubject, TlsSubject } from '../../../lib/smoke/subject.ts';

/** An answer of 200 with a JSON body, changed where a test says so. */
export function anHttpSubject({
  body = '{}',
  ...rest
}: Partial<Omit<HttpSubject, 'body'>> & { readonly body?: string | Buffer } = {}): HttpSubject {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const headers = rest.headers ?? [['content-type', 'application/json']];
  const status = rest.status ?? 200;
  const url = rest.url ?? 'https://shop.example.com/';
  return {
    kind: 'http',
    status,
    httpVersion: '1.1',
    headers,
    body: bytes,
    encodedBytes: bytes.length,
    url,
    hops: [{ url, status, headers, durationMs: 5 }],
    ...rest,
  };
}

export const NOW: number = Date.parse('2026-11-28T12:00:00Z');
const DAY_MS = 86_400_000;

export function aCertificate(rest: Partial<PeerCertificate> = {}): PeerCertificate {
  return {
    subject: 'CN=shop.example.com',
    issuer: "C=US, O=Let's Encrypt, CN=R11",
    names: ['shop.example.com', 'www.shop.example.com'],
    validFrom: NOW - 60 * DAY_MS,
    validTo: NOW + 30 * DAY_MS,
    fingerprint: 'ab'.repeat(32),
    trusted: true,
    chain: ['CN=shop.example.com', 'CN=R11', 'CN=ISRG Root X1'],
    ...rest,
  };
}

export const aTcpSubject = (received: string): TcpSubject => ({ kind: 'tcp', received: Buffer.from(received) });
export const aTlsSubject = (rest: Partial<PeerCertificate> = {}): TlsSubject => ({
  kind: 'tls',
  certificate: aCertificate(rest),
  protocol: 'TLSv1.3',
});
export const aDnsSubject = (records: readonly string[], code = 'NOERROR'): DnsSubject => ({ kind: 'dns', records, code });
export const aGrpcSubject = (serving: string, code = 0, message = ''): GrpcSubject => ({ kind: 'grpc', serving, code, message });
