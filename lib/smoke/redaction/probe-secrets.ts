import type { Json } from '../../manifests/json.ts';
import { namesSecret } from '../../platform/redact.ts';
import type { HttpBody, HttpProbe, Pairs, Probe, TlsSettings } from '../suite/probe-kinds.ts';

/** What a probe, its templates filled, sends that most likely nobody may read: by its place, and by the names of fields. */
export function secretsOfProbe(probe: Probe): readonly string[] {
  return foundIn(probe).filter((secret) => secret !== '');
}

/** What it is let in with, beyond doubt. */
export function credentialsOfProbe(probe: Probe): readonly string[] {
  if (probe.kind !== 'http' || probe.auth === undefined || probe.auth.kind === 'sigv4') return [];
  return [probe.auth.kind === 'basic' ? probe.auth.password : probe.auth.token];
}

function foundIn(probe: Probe): readonly string[] {
  switch (probe.kind) {
    case 'http':
      return httpSecrets(probe);
    case 'tls':
      return tlsSecrets(probe.tls);
    case 'grpc':
      return [...headerSecrets(probe.metadata), ...(probe.tls ? tlsSecrets(probe.tls) : [])];
    case 'tcp':
    case 'dns':
      return [];
    default:
      return probe satisfies never;
  }
}

function httpSecrets({ url, headers, query, body, tls }: HttpProbe): readonly string[] {
  return [...urlSecrets(url), ...headerSecrets(headers), ...namedSecrets(query), ...(body ? bodySecrets(body) : []), ...tlsSecrets(tls)];
}

function urlSecrets(url: string): readonly string[] {
  const [, user = '', query = ''] = /^[a-z][a-z\d+.-]*:\/\/(?:([^/?#]*)@)?[^?#]*(?:\?([^#]*))?/i.exec(url) ?? [];
  // Without a password, the user of an HTTP URL is a token.
  const secret = user.includes(':') ? user.slice(user.indexOf(':') + 1) : user;
  return [decoded(secret), ...(query === '' ? [] : namedSecrets(pairsOf(query)))];
}

/** Where nothing is encoded, what stands there is what is meant. */
function pairsOf(query: string): Pairs {
  if (/[%+]|[^\0-\x7f]/.test(query)) return [...new URLSearchParams(query)];
  return query.split('&').map((part): readonly [string, string] => {
    const at = part.indexOf('=');
    return at < 0 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)];
  });
}

/** Signed URLs: what stands in these parameters lets anybody in. */
const SIGNED = /^(?:x-amz-(?:signature|credential|security-token)|x-goog-(?:signature|credential)|sig|signature|se?cret|code|key)$/i;

function namedSecrets(pairs: Pairs): readonly string[] {
  return pairs.flatMap(([name, value]) => (namesSecret(name) || SIGNED.test(name) ? [value] : []));
}

/** The scheme before a credential (`Bearer`) is none; a cookie's name is none. */
function headerSecrets(headers: Pairs): readonly string[] {
  return headers.flatMap(([name, value]) => {
    if (/^cookie$/i.test(name)) return value.split(';').map((part) => part.slice(part.indexOf('=') + 1).trim());
    if (/^(?:proxy-)?authorization$/i.test(name)) return [value.replace(/^[\w-]+\s+/, ''), ...passwordIn(value)];
    return namesSecret(name) || /key$/i.test(name) ? [value] : [];
  });
}

function passwordIn(authorization: string): readonly string[] {
  const [, encoded] = /^Basic\s+([\w+/-]+={0,2})$/i.exec(authorization) ?? [];
  if (encoded === undefined) return [];
  const text = Buffer.from(encoded, 'base64').toString();
  return text.includes(':') ? [text.slice(text.indexOf(':') + 1)] : [];
}

function bodySecrets(body: HttpBody): readonly string[] {
  switch (body.kind) {
    case 'json':
      return jsonSecrets(body.value);
    case 'graphql':
      return body.variables === undefined ? [] : jsonSecrets(body.variables);
    case 'form':
      return namedSecrets(body.fields);
    case 'multipart':
      return body.parts.flatMap(({ name, content }) => (content.kind === 'text' && namesSecret(name) ? [content.text] : []));
    case 'text':
      return textSecrets(body.text);
    case 'base64':
      return [];
    default:
      return body satisfies never;
  }
}

/** A text may be a document or a form, whatever its type says. */
function textSecrets(text: string): readonly string[] {
  try {
    return jsonSecrets(JSON.parse(text) as Json);
  } catch {
    return /^[\w.%+-]+=/.test(text) ? namedSecrets([...new URLSearchParams(text)]) : [];
  }
}

function jsonSecrets(value: Json | undefined, name = ''): readonly string[] {
  if (typeof value === 'string') return namesSecret(name) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: Json | undefined) => jsonSecrets(item, name));
  return Object.entries(value).flatMap(([key, item]) => jsonSecrets(item, key));
}

function tlsSecrets({ key }: TlsSettings): readonly string[] {
  return key === undefined ? [] : [key];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
