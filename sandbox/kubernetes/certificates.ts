import { generate } from 'selfsigned';

/** PEM of a CA made for one sandbox and of the server certificate that it signed. */
export interface Certificates {
  readonly caPem: string;
  readonly certPem: string;
  readonly keyPem: string;
}

const DAY_MS = 86_400_000;

/** @param hosts names and IPv4 or IPv6 addresses that the server answers to. */
export async function makeCertificates(hosts: readonly string[], nowMs: number): Promise<Certificates> {
  // A day of slack on both sides, for clocks that differ and for containers that travel.
  const validity = { notBeforeDate: new Date(nowMs - DAY_MS), notAfterDate: new Date(nowMs + 365 * DAY_MS) };
  const common = { keyType: 'ec', curve: 'P-256', algorithm: 'sha256', ...validity } as const;
  const ca = await generate([{ name: 'commonName', value: 'nightshift-sandbox-ca' }], {
    ...common,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, digitalSignature: true, critical: true },
    ],
  });
  const server = await generate([{ name: 'commonName', value: 'nightshift-sandbox' }], {
    ...common,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: hosts.map((host) => (isAddress(host) ? { type: 7, ip: host } : { type: 2, value: host })) },
    ],
  });
  return { caPem: ca.cert, certPem: server.cert, keyPem: server.private };
}

function isAddress(host: string): boolean {
  return /^[\d.]+$/.test(host) || host.includes(':');
}
