import type { AnswerForm } from './client.ts';
import type { Access } from './connection.ts';

/** A server that knows no other form sends the whole object. */
const ACCEPT: Readonly<Record<AnswerForm, string>> = {
  object: 'application/json',
  metadata: 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json',
};

/** Pages shrink to a tenth, which any network repays; on the same machine it only costs time (measured in the decision record). */
export function acceptHeaders({ hostname }: URL, answer: AnswerForm = 'object'): Record<string, string> {
  const local = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  return { accept: ACCEPT[answer], ...(!local && { 'accept-encoding': 'gzip' }) };
}

export function contentHeaders({ body, contentType }: { readonly body?: string; readonly contentType?: string }): Record<string, string> {
  return body === undefined ? {} : { 'content-type': contentType ?? 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}

/** A server, or what stands in for it, may echo what it was sent: no credential gets from an answer into an error. */
export function redact(text: string, { headers }: Access): string {
  const [, secret] = String(headers.authorization ?? '').split(' ');
  return secret ? text.replaceAll(secret, '[redacted]') : text;
}
