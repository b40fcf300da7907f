import type { Json } from '../../manifests/json.ts';
import type { HttpSubject } from '../subject.ts';
import { headerOf } from './headers.ts';
import { cut } from './show.ts';
import type { Markup } from './xpath.ts';

export type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

/** A body in the forms that assertions ask for; each is made once. */
export interface BodyView {
  readonly text: () => string;
  readonly json: () => Read<Json>;
  readonly markup: () => Read<Markup>;
}

/** @param parseMarkup of the engine for XPath, which is loaded only where it is needed */
export function bodyView(subject: HttpSubject, parseMarkup: (text: string, contentType: string | undefined) => Markup): BodyView {
  const contentType = headerOf(subject.headers, 'content-type');
  const text = once(() => decoded(subject.body, contentType));
  return {
    text,
    json: once(() => read('JSON', text(), (body) => JSON.parse(body) as Json)),
    markup: once(() => read('XML or HTML', text(), (body) => parseMarkup(body, contentType))),
  };
}

function read<T>(format: string, body: string, parse: (body: string) => T): Read<T> {
  if (body.trim() === '') return { ok: false, why: 'the body is empty' };
  try {
    return { ok: true, value: parse(body) };
  } catch (error) {
    const why = error instanceof Error && format !== 'JSON' ? error.message : `it begins with ${cut(JSON.stringify(body.slice(0, 60)))}`;
    return { ok: false, why: `the body is no ${format}: ${why}` };
  }
}

const utf8 = new TextDecoder();

/** By the charset of the content type, UTF-8 unless it says one that is known. A byte order mark is taken off. */
function decoded(body: Buffer, contentType = ''): string {
  const [, label] = /;\s*charset\s*=\s*"?([\w-]{1,40})/i.exec(contentType) ?? [];
  if (label === undefined) return utf8.decode(body);
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return utf8.decode(body);
  }
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
