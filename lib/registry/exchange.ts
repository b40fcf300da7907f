import { lookup as systemLookup } from 'node:dns';
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { RegistryError } from './registry-error.ts';

/** Judges addresses; that of the smoke tests fits. */
export interface AddressGuard {
  /** Why it may not be spoken to; `undefined` when it may. */
  refusal(address: string): string | undefined;
}

export interface Wire {
  /** Certificates, in PEM, trusted beside those of the system. */
  readonly ca?: readonly string[];
  readonly addresses?: AddressGuard;
  /** For one exchange, in milliseconds. */
  readonly timeoutMs: number;
}

export interface RegistryRequest {
  readonly method: 'GET' | 'HEAD';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** A longer body ends the exchange. */
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

export interface RegistryAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** One request and its answer, whatever its status. @throws RegistryError `unreachable`, `refused` or `bad-answer`; the signal's reason */
export async function exchange(request: RegistryRequest, wire: Wire): Promise<RegistryAnswer> {
  request.signal?.throwIfAborted();
  const { host, hostname } = request.url;
  const limit = AbortSignal.timeout(wire.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, limit]) : limit;
  try {
    const literal = hostname.replace(/^\[|\]$/g, '');
    if (isIP(literal)) assertPermitted(literal, host, wire.addresses);
    return await send(request, wire, signal);
  } catch (error) {
    if (request.signal?.aborted) throw request.signal.reason;
    throw error instanceof RegistryError ? error : unreachable(host, error, limit.aborted ? wire.timeoutMs : undefined);
  }
}

function send({ method, url, headers, maxBytes }: RegistryRequest, wire: Wire, signal: AbortSignal): Promise<RegistryAnswer> {
  const options: RequestOptions & { ca?: string[] } = {
    method,
    headers: { 'user-agent': 'nightshift', ...headers },
    signal,
    // A connection of its own: two or three requests are made, and nothing is left open.
    agent: false,
    lookup: guardedLookup(url.host, wire.addresses),
    ...(wire.ca && { ca: [...wire.ca] }),
  };
  return new Promise((resolve, reject) => {
    const sent = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (answer) => {
      collect(answer, maxBytes, url.host).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }),
        (error: unknown) => {
          sent.destroy();
          reject(error);
        },
      );
    });
    sent.once('error', reject);
    sent.end();
  });
}

async function collect(answer: IncomingMessage, maxBytes: number, registry: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) {
      throw new RegistryError(`${registry} could not be understood: its answer has more than ${maxBytes} bytes`, {
        registry,
        trouble: 'bad-answer',
        hint: 'check that this is a registry',
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The addresses that were judged are those that are connected to: the name is asked once. */
function guardedLookup(registry: string, guard: AddressGuard | undefined): LookupFunction {
  return (hostname, options, done) => {
    systemLookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const permitted = guard ? found.filter(({ address }) => guard.refusal(address) === undefined) : found;
      const [first] = permitted;
      if (!first) return done(refusedAddress(found[0]?.address ?? hostname, registry, guard), '');
      return options.all ? done(null, permitted) : done(null, first.address, first.family);
    });
  };
}

function assertPermitted(address: string, registry: string, guard: AddressGuard | undefined): void {
  if (guard?.refusal(address) !== undefined) throw refusedAddress(address, registry, guard);
}

function refusedAddress(address: string, registry: string, guard: AddressGuard | undefined): RegistryError {
  return new RegistryError(`${registry} was not asked: ${guard?.refusal(address) ?? 'its name has no address'}`, {
    registry,
    trouble: 'refused',
    hint: 'allow this address if a registry is meant to be there',
  });
}

/** Of the error only its code is told: all else may quote the request. */
function unreachable(registry: string, error: unknown, timedOutAfterMs: number | undefined): RegistryError {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'the connection broke';
  const tls = /CERT|^ERR_TLS|^ERR_SSL|^EPROTO$|UNABLE_TO_/.test(code);
  return new RegistryError(
    `${registry} could not be reached: ${timedOutAfterMs === undefined ? code : `no answer in ${timedOutAfterMs} ms`}`,
    {
      registry,
      trouble: 'unreachable',
      retryable: !tls,
      hint: tls
        ? 'if its certificate is from a private authority, name that in NODE_EXTRA_CA_CERTS'
        : 'check the name of the registry and the network path to it',
    },
  );
}
