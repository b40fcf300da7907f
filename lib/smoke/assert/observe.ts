import { createHash } from 'node:crypto';
import type { Hop, HttpSubject, PeerCertificate, Subject } from '../subject.ts';
import type { CertificateField, HopField, Source } from '../suite/assertion.ts';
import type { BodyView } from './body-view.ts';
import type { Engines } from './engines.ts';
import { cookieOf, headerLines } from './headers.ts';
import { nothing, type Observed, oneNumber, oneText, unreadable } from './observed.ts';

export interface EvaluationContext {
  /** Epoch milliseconds: what `daysLeft` counts from. */
  readonly now: number;
  /** Of the attempt: what `latency` is. */
  readonly durationMs: number;
}

export interface Sight extends EvaluationContext {
  readonly subject: Subject;
  readonly engines: Engines;
  /** Of an http subject alone. */
  readonly body?: BodyView;
}

const DAY_MS = 86_400_000;
/** More matches than anybody counts. */
const MOST_MATCHES = 100_000;

/** What the answer has where a source looks. May throw what the engines throw, and take as long as they take. */
export function observe(source: Source, sight: Sight): Observed {
  const { subject } = sight;
  switch (source.kind) {
    case 'latency':
      return oneNumber(sight.durationMs, 'ms');
    case 'regex':
      return matchesOf(source.pattern, subject.kind === 'tcp' ? subject.received.toString('utf8') : (sight.body?.text() ?? ''));
    case 'certificate':
      return certificateOf(source.field, subject, sight.now);
    case 'received':
      return subject.kind === 'tcp' ? oneText(subject.received.toString('utf8')) : notThere(source, subject);
    case 'records':
      return subject.kind === 'dns' ? { kind: 'texts', texts: subject.records } : notThere(source, subject);
    case 'code':
      if (subject.kind === 'dns') return oneText(subject.code);
      return subject.kind === 'grpc' ? oneNumber(subject.code) : notThere(source, subject);
    case 'serving':
    case 'message':
      return subject.kind === 'grpc' ? oneText(subject[source.kind]) : notThere(source, subject);
    case 'protocol':
      return subject.kind === 'tls' ? oneText(subject.protocol) : notThere(source, subject);
    default:
      return subject.kind === 'http' && sight.body ? observeHttp(source, subject, sight.body, sight.engines) : notThere(source, subject);
  }
}

type HttpSource = Exclude<
  Source,
  { kind: 'latency' | 'regex' | 'certificate' | 'received' | 'records' | 'code' | 'serving' | 'message' | 'protocol' }
>;

function observeHttp(source: HttpSource, subject: HttpSubject, body: BodyView, engines: Engines): Observed {
  switch (source.kind) {
    case 'status':
      return oneNumber(subject.status);
    case 'header':
      return linesOf(headerLines(subject.headers, source.name), `header ${source.name}`);
    case 'cookie':
      return cookieText(subject, source.name, source.attribute);
    case 'jsonPath':
      return jsonOf(source.path, body, engines);
    case 'xpath':
      return markupOf(source.expression, body, engines);
    case 'body':
      return oneText(body.text());
    case 'sha256':
      return oneText(createHash('sha256').update(subject.body).digest('hex'));
    case 'size':
      return oneNumber(subject.body.length, 'bytes');
    case 'url':
      return oneText(subject.url);
    case 'httpVersion':
      return oneText(subject.httpVersion);
    case 'redirects':
      return oneNumber(Math.max(0, subject.hops.length - 1));
    case 'hop':
      return hopOf(source.index, source.field, subject.hops);
    default:
      return source satisfies never;
  }
}

function linesOf(lines: readonly string[], what: string): Observed {
  return lines.length === 0 ? nothing(`no ${what}`) : { kind: 'text', text: lines.join(', '), count: lines.length };
}

function cookieText(subject: HttpSubject, name: string, attribute: string | undefined): Observed {
  const cookie = cookieOf(subject.headers, name);
  if (!cookie) return nothing(`no cookie ${name}`);
  if (attribute === undefined) return oneText(cookie.value);
  const value = cookie.attributes.get(attribute.toLowerCase());
  return value === undefined ? nothing(`no ${attribute} of the cookie ${name}`) : oneText(value);
}

function jsonOf(path: string, body: BodyView, engines: Engines): Observed {
  const parsed = engines.jsonPath(path);
  const json = body.json();
  if (!json.ok) return unreadable(json.why);
  const values = parsed.find(json.value);
  if (!parsed.singular) return { kind: 'several', values, noun: 'result' };
  const [value] = values;
  return value === undefined ? nothing('nothing at this path') : { kind: 'json', value };
}

function markupOf(expression: string, body: BodyView, engines: Engines): Observed {
  const parsed = engines.xpath(expression);
  const markup = body.markup();
  if (!markup.ok) return unreadable(markup.why);
  const value = parsed.evaluate(markup.value);
  switch (value.kind) {
    case 'nodes':
      return { kind: 'several', values: value.texts, noun: 'node' };
    case 'text':
      return oneText(value.text);
    case 'number':
      return oneNumber(value.value);
    case 'boolean':
      return { kind: 'boolean', value: value.value };
    default:
      return value satisfies never;
  }
}

function matchesOf(pattern: string, text: string): Observed {
  let first: string | undefined;
  let count = 0;
  for (const match of text.matchAll(new RegExp(pattern, 'g'))) {
    first ??= match[1] ?? match[0];
    if (++count >= MOST_MATCHES) break;
  }
  return first === undefined ? nothing('no match') : { kind: 'text', text: first, count };
}

function hopOf(index: number, field: HopField, hops: readonly Hop[]): Observed {
  const hop = hops.at(index);
  if (!hop) return nothing(`no answer ${index} of ${hops.length}`);
  switch (field.kind) {
    case 'status':
      return oneNumber(hop.status);
    case 'url':
      return oneText(hop.url);
    case 'header':
      return linesOf(headerLines(hop.headers, field.name), `header ${field.name}`);
    default:
      return field satisfies never;
  }
}

function certificateOf(field: CertificateField, subject: Subject, now: number): Observed {
  const certificate = subject.kind === 'tls' || subject.kind === 'http' ? subject.certificate : undefined;
  if (!certificate) return unreadable('there is no certificate: the connection is not encrypted');
  switch (field) {
    case 'daysLeft':
      return oneNumber((certificate.validTo - now) / DAY_MS, 'days');
    case 'trusted':
      return trusted(certificate);
    case 'names':
    case 'chain':
      return { kind: 'texts', texts: certificate[field] };
    case 'subject':
    case 'issuer':
    case 'fingerprint':
      return oneText(certificate[field]);
    default:
      return field satisfies never;
  }
}

function trusted({ trusted: value, untrustedReason: why }: PeerCertificate): Observed {
  return { kind: 'boolean', value, ...(why !== undefined && { why }) };
}

function notThere(source: Source, subject: Subject): Observed {
  return unreadable(`an answer of ${subject.kind} has no ${source.kind}`);
}
