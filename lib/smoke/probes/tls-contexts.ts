import * as tls from 'node:tls';
import type { TlsSettings } from '../suite/probe-kinds.ts';
import { codeOf } from './network-failure.ts';
import { ProbeFailure } from './probe-failure.ts';

/** Suites have a few; more means that certificates come out of captures. */
const MOST_KEPT = 32;

/** Contexts by their PEM texts: reading 150 root certificates takes tens of milliseconds, so each combination is read once. */
export class TlsContexts {
  readonly #contexts = new Map<string, tls.SecureContext>();

  /** @throws ProbeFailure of class `tls` when a PEM text cannot be used */
  contextFor(settings: TlsSettings): tls.SecureContext {
    const key = tlsMaterial(settings);
    const known = this.#contexts.get(key);
    if (known) return known;
    const context = createContext(settings);
    if (this.#contexts.size >= MOST_KEPT) this.#contexts.clear();
    this.#contexts.set(key, context);
    return context;
  }
}

/** Equal for settings that make equal contexts. */
export function tlsMaterial({ ca = '', cert = '', key = '' }: TlsSettings): string {
  return `${ca}|${cert}|${key}`;
}

function createContext({ ca, cert, key }: TlsSettings): tls.SecureContext {
  try {
    return tls.createSecureContext({
      ...(ca !== undefined && { ca: [...defaultAuthorities(), ca] }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    });
  } catch (error) {
    throw new ProbeFailure(
      'tls',
      `\`ca\`, \`cert\` or \`key\` cannot be used (${codeOf(error)})`,
      'give PEM texts, and the key of that very certificate',
    );
  }
}

/** Node 22.15 knows those of NODE_EXTRA_CA_CERTS too; before, only the bundled ones can be had. */
function defaultAuthorities(): readonly string[] {
  return typeof tls.getCACertificates === 'function' ? tls.getCACertificates('default') : tls.rootCertificates;
}
