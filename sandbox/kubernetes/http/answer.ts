import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Json } from '../json.ts';
import { type StatusFields, statusBody } from '../status.ts';

const compress = promisify(gzip);

/** Answers shorter than this are sent as they are, as the API server does. */
const GZIP_FROM = 128 * 1024;

/** What a handler answers; a watch writes its own answer. */
export type Answer =
  | { readonly type: 'json'; readonly code: number; readonly body: Json; readonly headers?: Readonly<Record<string, string>> }
  | { readonly type: 'text'; readonly code: number; readonly body: string }
  | { readonly type: 'bytes'; readonly code: number; readonly contentType: string; readonly body: Buffer }
  | { readonly type: 'stream'; readonly start: (response: ServerResponse) => void };

export function ok(body: Json): Answer {
  return { type: 'json', code: 200, body };
}

export function created(body: Json): Answer {
  return { type: 'json', code: 201, body };
}

export function text(code: number, body: string): Answer {
  return { type: 'text', code, body };
}

export function refusal(fields: StatusFields): Answer {
  return { type: 'json', code: fields.code, body: statusBody(fields), ...(fields.headers ? { headers: fields.headers } : {}) };
}

/** @param drop cuts the connection instead of the answer (`after`), or in the middle of it (`body`). */
export async function send(response: ServerResponse, answer: Answer, acceptsGzip: boolean, drop?: 'after' | 'body'): Promise<void> {
  if (drop === 'after') {
    response.destroy();
    return;
  }
  if (answer.type === 'stream') {
    answer.start(response);
    if (drop === 'body') response.destroy();
    return;
  }
  const isJson = answer.type === 'json';
  const plain = isJson ? Buffer.from(`${JSON.stringify(answer.body)}\n`) : Buffer.from(answer.body);
  const zipped = isJson && acceptsGzip && plain.length >= GZIP_FROM;
  const bytes = zipped ? await compress(plain, { level: 1 }) : plain;
  response.writeHead(answer.code, {
    ...(isJson ? answer.headers : {}),
    'Content-Type': isJson ? 'application/json' : answer.type === 'bytes' ? answer.contentType : 'text/plain; charset=utf-8',
    'Content-Length': bytes.length,
    ...(zipped ? { 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' } : {}),
    'Cache-Control': 'no-cache, private',
  });
  if (drop === 'body') {
    response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
    return;
  }
  response.end(bytes);
}
