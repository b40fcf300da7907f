import type { Json } from '../../manifests/json.ts';
import type { HttpAuth, HttpBody, HttpProbe, MultipartPart, Pairs, ProbeTemplate, TcpProbe, TlsSettings } from './probe-kinds.ts';
import type { CheckInput, HttpInput, SuiteInput } from './schema.ts';

export type Defaults = NonNullable<SuiteInput['defaults']>;
type TlsInput = NonNullable<Defaults['tls']>;

/** The probe of a check, with the suite's defaults in it. `reads`: whether something is asked of what a TCP server sends. */
export function toProbe(check: CheckInput, defaults: Defaults, reads: boolean): ProbeTemplate {
  const { http, tcp, tls, dns, grpc } = check;
  if (http) return httpProbe(http, defaults);
  if (tcp) return tcpProbe(tcp, reads);
  if (tls) {
    const { host, port = 443, ...settings } = tls;
    return { kind: 'tls', host, port, tls: tlsSettings(settings, defaults.tls) };
  }
  if (dns) return { kind: 'dns', name: dns.name, type: dns.type ?? 'A', ...(dns.server !== undefined && { server: dns.server }) };
  if (grpc) return grpcProbe(grpc, defaults);
  throw new TypeError('a check without a probe');
}

export function httpProbe(input: HttpInput, defaults: Defaults): HttpProbe {
  const body = bodyOf(input);
  const auth = authOf(input.auth);
  return {
    kind: 'http',
    method: input.method ?? (body ? 'POST' : 'GET'),
    url: input.url,
    headers: overridden(pairs(defaults.headers), pairs(input.headers)),
    query: pairs(input.query),
    ...(body && { body }),
    ...(auth && { auth }),
    followRedirects: input.followRedirects ?? 0,
    tls: tlsSettings(input.tls, defaults.tls),
    ...(input.connectTo !== undefined && { connectTo: input.connectTo }),
    decompress: input.decompress ?? true,
  };
}

function tcpProbe({ host, port, send, sendBase64, receive }: NonNullable<CheckInput['tcp']>, reads: boolean): TcpProbe<number | string> {
  return {
    kind: 'tcp',
    host,
    port,
    ...(send !== undefined && { send: { kind: 'text', text: send } }),
    ...(sendBase64 !== undefined && { send: { kind: 'base64', base64: sendBase64 } }),
    receive: typeof receive === 'object' ? { kind: 'until', text: receive.until } : { kind: receive ?? (reads ? 'first' : 'nothing') },
  };
}

function grpcProbe({ host, port, service = '', tls, metadata }: NonNullable<CheckInput['grpc']>, defaults: Defaults): ProbeTemplate {
  const settings = tls === true ? {} : tls;
  return {
    kind: 'grpc',
    host,
    port,
    service,
    ...(settings && { tls: tlsSettings(settings, defaults.tls) }),
    metadata: pairs(metadata),
  };
}

type NamedTexts = HttpInput['query'];

export function pairs(input: NamedTexts): Pairs {
  return Object.entries(input ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): readonly [string, string] => [name, each]),
  );
}

/** A header of the check takes the place of all of that name, in whatever case it is written. */
function overridden(before: Pairs, own: Pairs): Pairs {
  const names = new Set(own.map(([name]) => name.toLowerCase()));
  return [...before.filter(([name]) => !names.has(name.toLowerCase())), ...own];
}

function tlsSettings(own: TlsInput | undefined, before: TlsInput | undefined): TlsSettings {
  const { insecure = false, pin, ...texts } = { ...before, ...own };
  const known = Object.entries(texts).filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(known), insecure, ...(pin !== undefined && { pin: pinOf(pin) }) };
}

function pinOf(pin: string): string {
  return pin.includes('{{') ? pin : pin.replaceAll(':', '').toLowerCase();
}

function authOf(input: HttpInput['auth']): HttpAuth | undefined {
  if (input?.basic) return { kind: 'basic', ...input.basic };
  if (input?.bearer !== undefined) return { kind: 'bearer', token: input.bearer };
  return input?.sigv4 && { kind: 'sigv4', ...input.sigv4 };
}

function bodyOf(input: HttpInput): HttpBody | undefined {
  const { body, bodyBase64, json, form, multipart, graphql } = input;
  if (body !== undefined) return { kind: 'text', text: body };
  if (bodyBase64 !== undefined) return { kind: 'base64', base64: bodyBase64 };
  if (json !== undefined) return { kind: 'json', value: json as Json };
  if (form) return { kind: 'form', fields: pairs(form) };
  if (multipart) return { kind: 'multipart', parts: multipart.map(partOf) };
  if (!graphql) return undefined;
  const { query, variables } = graphql;
  return { kind: 'graphql', query, ...(variables !== undefined && { variables: variables as Json }) };
}

function partOf({ name, value, base64, filename, contentType }: NonNullable<HttpInput['multipart']>[number]): MultipartPart {
  return {
    name,
    content: base64 === undefined ? { kind: 'text', text: value ?? '' } : { kind: 'base64', base64 },
    ...(filename !== undefined && { filename }),
    ...(contentType !== undefined && { contentType }),
  };
}
