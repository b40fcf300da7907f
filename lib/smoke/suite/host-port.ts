import { isIPv6 } from 'node:net';

export interface HostPort {
  /** A name, or an address without brackets. */
  readonly host: string;
  readonly port?: number;
}

const BRACKETED = /^\[([0-9A-Fa-f:.]+(?:%[\w.-]+)?)\](?::(\d{1,5}))?$/;
const PLAIN = /^([A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_.])?)(?::(\d{1,5}))?$/;

/** `shop.example.com`, `10.0.0.5:8443`, `[::1]:8443`, `::1`; `undefined` for what is none of them. */
export function parseHostPort(text: string): HostPort | undefined {
  if (isIPv6(text)) return { host: text };
  const [, host, port] = BRACKETED.exec(text) ?? PLAIN.exec(text) ?? [];
  if (host === undefined || (text.startsWith('[') && !isIPv6(host))) return undefined;
  if (port === undefined) return { host };
  return Number(port) >= 1 && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined;
}
