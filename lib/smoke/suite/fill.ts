import { define, isJsonObject, type Json, type JsonObject } from '../../manifests/json.ts';
import type { Assertion, Predicate } from './assertion.ts';
import { FillError } from './fill-error.ts';
import { fillUrl } from './fill-url.ts';
import { parseHostPort } from './host-port.ts';
import type { HttpAuth, HttpBody, HttpProbe, Pairs, Probe, ProbeTemplate, TcpProbe, TlsSettings } from './probe-kinds.ts';
import { fillText, type Values } from './template.ts';

/**
 * A probe with every `{{name}}` replaced. A value stays a value: it is never read as YAML or JSON, ends no text and adds no header.
 * @throws FillError for a name without a value, or a value that cannot stand at its place
 */
export function fillProbe(probe: ProbeTemplate, values: Values): Probe {
  switch (probe.kind) {
    case 'http':
      return fillHttp(probe, values);
    case 'tcp':
      return fillTcp(probe, values);
    case 'tls':
      return { kind: 'tls', host: fillHost(probe.host, values), port: fillPort(probe.port, values), tls: fillTls(probe.tls, values) };
    case 'dns':
      return {
        ...probe,
        name: fillHost(probe.name, values),
        ...(probe.server !== undefined && { server: fillHostPort(probe.server, values) }),
      };
    case 'grpc': {
      const { tls, ...rest } = probe;
      return {
        ...rest,
        host: fillHost(probe.host, values),
        port: fillPort(probe.port, values),
        service: fillText(probe.service, values, oneLine),
        metadata: fillPairs(probe.metadata, values, oneLine),
        ...(tls && { tls: fillTls(tls, values) }),
      };
    }
    default:
      return probe satisfies never;
  }
}

/** Assertions with every `{{name}}` of their expected values replaced; in a regular expression a value stands for itself. */
export function fillAssertions(assertions: readonly Assertion[], values: Values): readonly Assertion[] {
  return assertions.map((assertion) => {
    const predicate = fillPredicate(assertion, values);
    return predicate === assertion.predicate ? assertion : { ...assertion, predicate };
  });
}

function fillPredicate({ source, predicate }: Assertion, values: Values): Predicate {
  if ('values' in predicate) return { ...predicate, values: predicate.values.map((value) => fillJson(value, values)) };
  if (predicate.operator === 'matches') return { ...predicate, text: fillText(predicate.text, values, escapeForPattern) };
  if ('text' in predicate) return { ...predicate, text: fillText(predicate.text, values) };
  if (!('value' in predicate)) return predicate;
  const value = fillJson(predicate.value, values);
  if (value === predicate.value && source.kind !== 'sha256') return predicate;
  return { ...predicate, value: source.kind === 'sha256' && typeof value === 'string' ? value.toLowerCase() : value } as Predicate;
}

function fillHttp(probe: HttpProbe, values: Values): HttpProbe {
  const { headers, query, body, auth, connectTo } = probe;
  const url = fillUrl(probe.url, values);
  const tls = fillTls(probe.tls, values);
  const isPlain = headers.length + query.length === 0 && (body ?? auth ?? connectTo) === undefined;
  if (isPlain && url === probe.url && tls === probe.tls) return probe;
  return {
    ...probe,
    url,
    headers: fillPairs(headers, values, oneLine),
    query: fillPairs(query, values),
    tls,
    ...(body && { body: fillBody(body, values) }),
    ...(auth && { auth: fillAuth(auth, values) }),
    ...(connectTo !== undefined && { connectTo: fillHostPort(connectTo, values) }),
  };
}

function fillTcp(probe: TcpProbe<number | string>, values: Values): TcpProbe {
  const { send, receive } = probe;
  return {
    kind: 'tcp',
    host: fillHost(probe.host, values),
    port: fillPort(probe.port, values),
    ...(send && { send: send.kind === 'text' ? { kind: 'text', text: fillText(send.text, values) } : send }),
    receive: receive.kind === 'until' ? { kind: 'until', text: fillText(receive.text, values) } : receive,
  };
}

function fillBody(body: HttpBody, values: Values): HttpBody {
  switch (body.kind) {
    case 'text':
      return { kind: 'text', text: fillText(body.text, values) };
    case 'base64':
      return body;
    case 'json':
      return { kind: 'json', value: fillJson(body.value, values) };
    case 'form':
      return { kind: 'form', fields: fillPairs(body.fields, values) };
    case 'multipart':
      return {
        kind: 'multipart',
        parts: body.parts.map(({ content, filename, ...part }) => ({
          ...part,
          content: content.kind === 'text' ? { kind: 'text', text: fillText(content.text, values) } : content,
          ...(filename !== undefined && { filename: fillText(filename, values, oneLine) }),
        })),
      };
    case 'graphql':
      return { ...body, ...(body.variables !== undefined && { variables: fillJson(body.variables, values) }) };
    default:
      return body satisfies never;
  }
}

function fillAuth(auth: HttpAuth, values: Values): HttpAuth {
  switch (auth.kind) {
    case 'basic':
      return {
        kind: 'basic',
        username: fillText(auth.username, values, userName),
        password: fillText(auth.password, values, oneLine),
      };
    case 'bearer':
      return { kind: 'bearer', token: fillText(auth.token, values, oneLine) };
    case 'sigv4':
      return auth;
    default:
      return auth satisfies never;
  }
}

function fillTls(tls: TlsSettings, values: Values): TlsSettings {
  const { insecure, pin, ...texts } = tls;
  if (!mayHoldName(pin) && !Object.values(texts).some(mayHoldName)) return tls;
  const filled = Object.entries(texts).map(([word, text]) => [word, fillText(text, values)] as const);
  return { ...Object.fromEntries(filled), insecure, ...(pin !== undefined && { pin: fillText(pin, values, fingerprint) }) };
}

function mayHoldName(text: string | undefined): boolean {
  return text?.includes('{{') === true;
}

function fillPairs(pairs: Pairs, values: Values, write?: (value: string, name: string) => string): Pairs {
  return pairs.map(([name, text]) => [name, fillText(text, values, write)]);
}

/** Texts in a value; a value of a name never becomes structure, nor a number. */
export function fillJson(value: Json, values: Values): Json {
  if (typeof value === 'string') return fillText(value, values);
  if (Array.isArray(value)) return value.map((item) => fillJson(item, values));
  if (!isJsonObject(value)) return value;
  const filled: JsonObject = {};
  for (const [name, field] of Object.entries(value)) if (field !== undefined) define(filled, name, fillJson(field, values));
  return filled;
}

function fillHost(text: string, values: Values): string {
  return fillText(text, values, (value, name) => {
    const parsed = parseHostPort(value);
    if (parsed === undefined || parsed.port !== undefined)
      throw new FillError(name, `{{${name}}} is no host: a name or an address is wanted`);
    return parsed.host;
  });
}

function fillHostPort(text: string, values: Values): string {
  return fillText(text, values, (value, name) => {
    if (parseHostPort(value) === undefined)
      throw new FillError(name, `{{${name}}} is no host: a name or an address is wanted, with :port or without`);
    return value;
  });
}

function fillPort(port: number | string, values: Values): number {
  if (typeof port === 'number') return port;
  return Number(
    fillText(port, values, (value, name) => {
      if (!/^\d{1,5}$/.test(value) || Number(value) < 1 || Number(value) > 65_535)
        throw new FillError(name, `{{${name}}} is no port: 1 to 65535`);
      return value;
    }),
  );
}

/** A line break would begin another header. One at the end, as files have it, says so in the message. */
function oneLine(value: string, name: string): string {
  if (/[\r\n\0]/.test(value))
    throw new FillError(name, `{{${name}}} has a line break in it, which cannot stand here; keep it without one, at its end too`);
  return value;
}

/** RFC 7617, section 2: the first colon ends the name. */
function userName(value: string, name: string): string {
  if (value.includes(':')) throw new FillError(name, `{{${name}}} has a colon in it, which the name of a user may not`);
  return oneLine(value, name);
}

function fingerprint(value: string, name: string): string {
  const digits = value.replaceAll(':', '').toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(digits)) throw new FillError(name, `{{${name}}} is no SHA-256: 64 hexadecimal digits are wanted`);
  return digits;
}

function escapeForPattern(value: string): string {
  return value.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
