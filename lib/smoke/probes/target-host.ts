import { isIP } from 'node:net';
import { ProbeFailure } from './probe-failure.ts';

const HINT = 'write a name, an IPv4 address or an IPv6 address';

/**
 * A host in one notation: names in lower case and ASCII, addresses without brackets, and the odd notations that resolvers take
 * (`2130706433`, `0x7f.1`, `127.1`) as the address that they mean, by the rules of URLs (WHATWG, host parsing).
 * @throws ProbeFailure of class `refused`
 */
export function targetHost(text: string): string {
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  if (isIP(bare)) return bare;
  if (!/^[^\s/?#@\\:[\]%]+$/.test(bare) || !URL.canParse(`http://${bare}`)) {
    throw new ProbeFailure('refused', 'its host is neither name nor address', HINT);
  }
  return new URL(`http://${bare}`).hostname;
}

/** The host of a URL without the brackets around IPv6. */
export function hostOf(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/**
 * `10.0.0.5`, `10.0.0.5:53`, `::1`, `[::1]:53`, `name:53`.
 * @throws ProbeFailure of class `refused`
 */
export function hostAndPort(text: string): { readonly host: string; readonly port?: number } {
  if (isIP(text)) return { host: text };
  const [, host = text, port] = /^(\[[^\]]*\]|[^:]*)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (port === undefined) return { host: targetHost(host) };
  if (Number(port) < 1 || Number(port) > 65_535) throw new ProbeFailure('refused', 'its port is not one of 1 to 65535', HINT);
  return { host: targetHost(host), port: Number(port) };
}

/** As it stands in a URL or a message. */
export function hostWithPort(host: string, port: number): string {
  return `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
}
